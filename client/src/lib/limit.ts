/** A signal that gives up after `ms`, or with `outer`. `lift` it when all is done. */
export function limited(ms: number, outer?: AbortSignal) {
  const inner = new AbortController();
  const giveUp = () => inner.abort();
  const limit = {
    signal: inner.signal,
    /** Whether the time was over, and nobody gave up. */
    over: false,
    /** Grants so much from now on. */
    again(next: number) {
      clearTimeout(timer);
      timer = setTimeout(end, next);
    },
    lift() {
      clearTimeout(timer);
      outer?.removeEventListener("abort", giveUp);
    },
  };
  const end = () => {
    limit.over = true;
    inner.abort();
  };
  let timer = setTimeout(end, ms);
  outer?.addEventListener("abort", giveUp);
  if (outer?.aborted) giveUp();
  return limit;
}
