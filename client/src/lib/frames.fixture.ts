/** Frames of a server, whole; a test says what is particular of one. */

import type { Beat, Welcome } from "./protocol.ts";

export function aWelcome(over: Partial<Welcome> = {}): Welcome {
  return {
    protocol: 2,
    build: "",
    epoch: "e",
    seq: 1,
    chain: "c1",
    mode: "snapshot",
    reason: "first",
    state: { collections: {}, order: {} },
    mine: null,
    now: 0,
    you: {} as Welcome["you"],
    spread_ms: 0,
    unattended: false,
    stalled: false,
    lost: null,
    not_kept: [],
    connection: "c",
    ...over,
  };
}

export function aBeat(from: number, seq: number, over: Partial<Beat> = {}): Beat {
  return { from, seq, chain: `c${seq}`, unattended: false, stalled: false, ...over };
}
