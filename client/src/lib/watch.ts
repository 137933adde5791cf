/** `window.rostra`: what tests may look at. Read only, and used by nothing of ours. */

import type { ReadonlySignal } from "@preact/signals";
import type { Line } from "./connection.ts";
import type { Welcome } from "./protocol.ts";
import type { Store } from "./store.ts";

type Span = readonly [from: number, seq: number];

/** What `window.rostra` offers. */
export interface Watched {
  readonly seq: number;
  readonly epoch: string;
  readonly chain: string;
  readonly phase: string;
  readonly lane: string;
  /** Mode and reason of the last welcome, and of all of them in order. */
  readonly mode: string;
  readonly reason: string | null;
  readonly welcomes: readonly { mode: string; reason: string | null; seq: number }[];
  /** The spans of seq that deltas and beats covered, newest last. */
  readonly seqs: readonly Span[];
}

declare global {
  interface Window {
    rostra?: Watched;
  }
}

const KEPT = 5_000;

export function watch(store: Store, line: ReadonlySignal<Line>) {
  const welcomes: { mode: string; reason: string | null; seq: number }[] = [];
  const seqs: Span[] = [];
  const watched: Watched = Object.freeze({
    get seq() {
      return store.position()?.seq ?? 0;
    },
    get epoch() {
      return store.position()?.epoch ?? "";
    },
    get chain() {
      return store.position()?.chain ?? "";
    },
    get phase() {
      return line.peek().phase;
    },
    get lane() {
      return line.peek().lane;
    },
    get mode() {
      return welcomes.at(-1)?.mode ?? "";
    },
    get reason() {
      return welcomes.at(-1)?.reason ?? null;
    },
    get welcomes() {
      return [...welcomes];
    },
    get seqs() {
      return [...seqs];
    },
  });
  Object.defineProperty(window, "rostra", { value: watched, configurable: true });

  return {
    welcomed({ mode, reason, seq }: Welcome) {
      welcomes.push({ mode, reason, seq });
    },
    covered(from: number, seq: number) {
      if (from === seq) return;
      seqs.push([from, seq]);
      if (seqs.length > KEPT) seqs.shift();
    },
  };
}
