/** The right of reply as the console shows it: who waits, and who has had how many. */
import type { InterventionEntity, RequestEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";

/** The list of replies of the running item; "" before any runs. */
export function repliesList(store: Store): string {
  return store.runningSegment.value?.replies ?? "";
}

/** The replies that wait on the running item's list, in the order of call. */
export function waitingReplies(store: Store): readonly RequestEntity[] {
  const taken = store.floor.value?.request;
  return store.queueOf(repliesList(store)).filter((each) => each.id !== taken);
}

export function repliesWaiting(store: Store): { first: number; second: number } {
  const waiting = waitingReplies(store);
  const second = waiting.filter((each) => each.turn > 1).length;
  return { first: waiting.length - second, second };
}

export interface LedgerLine {
  readonly delegation: string;
  /** Replies that were heard, and those that are still to come. */
  readonly made: number;
  readonly asked: number;
  /** The one that waits, if any. */
  readonly request: RequestEntity | null;
  /** To whom it replies, as it was entered; the newest. */
  readonly to: string | null;
}

/** One line for each delegation that replied or asks to, in the order of asking. */
export function ledger(
  waiting: readonly RequestEntity[],
  rows: Iterable<InterventionEntity>,
  segments: ReadonlySet<string>,
): readonly LedgerLine[] {
  const lines = new Map<string, LedgerLine>();
  const line = (delegation: string): LedgerLine =>
    lines.get(delegation) ?? { delegation, made: 0, asked: 0, request: null, to: null };
  const heard = [...rows]
    .filter((row) => row.n > 0 && row.kind === "right_of_reply" && row.delegation)
    .filter((row) => segments.has(row.segment))
    .sort((a, b) => a.n - b.n);
  for (const row of heard) {
    const code = row.delegation ?? "";
    const known = line(code);
    lines.set(code, { ...known, made: known.made + 1, to: row.to ?? known.to });
  }
  for (const request of waiting) {
    const code = request.delegation ?? "";
    const known = line(code);
    lines.set(code, {
      ...known,
      asked: known.asked + 1,
      request: known.request ?? request,
      to: request.to ?? known.to,
    });
  }
  return [...lines.values()];
}

/** The segments whose replies stand on one list with those of the running one. */
export function sharing(store: Store): ReadonlySet<string> {
  const list = repliesList(store);
  return new Set(
    [...store.segments.value.values()]
      .filter((each) => each.replies === list)
      .map((each) => each.id),
  );
}
