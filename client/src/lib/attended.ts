/** Whether an operator is connected. Without one the floor stays as it is. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Beat, Welcome } from "./protocol.ts";

const unattendedNow = signal(false);

/** True while the server says that no operator's console is connected. */
export const unattended: ReadonlySignal<boolean> = unattendedNow;

/** Takes what a frame of the server says. */
export function noteAttendance(frame: Pick<Beat | Welcome, "unattended">): void {
  unattendedNow.value = frame.unattended;
}
