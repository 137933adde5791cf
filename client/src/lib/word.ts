/**
 * What the server says beside the meeting: whether an operator is connected, and
 * whether it can keep what is pressed at the moment.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Beat, Welcome } from "./protocol.ts";

const unattendedNow = signal(false);
const stalledNow = signal<number | null>(null);

/** True while no operator's console is connected: the floor stays as it is. */
export const unattended: ReadonlySignal<boolean> = unattendedNow;

/**
 * Since when (by `performance.now()`) the server's journal takes nothing: what is shown
 * may be old, and what is pressed waits. Null while it does.
 */
export const stalledSince: ReadonlySignal<number | null> = stalledNow;

/** The same in letters, for a server that has not said it itself. */
export function wordNow(): string {
  return `${unattendedNow.value ? "u" : ""}${stalledNow.value === null ? "" : "s"}`;
}

/** Takes what a frame of the server says. */
export function noteWord(frame: Pick<Beat | Welcome, "unattended" | "stalled">): void {
  unattendedNow.value = frame.unattended;
  if (!frame.stalled) stalledNow.value = null;
  else stalledNow.value ??= performance.now();
}
