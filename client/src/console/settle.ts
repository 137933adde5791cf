/** A button that changes its meaning under the finger must not take the press. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";

/** Longer than a double press, shorter than a decision. */
const SETTLE_MS = 400;

/** True for a moment after `meaning` has changed. */
export function settling(
  meaning: ReadonlySignal<string>,
  ms = SETTLE_MS,
): ReadonlySignal<boolean> {
  const fresh = signal(false);
  let last = meaning.peek();
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    if (meaning.value === last) return;
    last = meaning.value;
    fresh.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => {
      fresh.value = false;
    }, ms);
  });
  return fresh;
}
