/**
 * What the server has lost and this page had been shown: told once, until it is put
 * away. It happens where the journal's last seconds die with the machine that held
 * them; what is left is the truth from then on.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Pending } from "./commands.ts";
import type { Welcome } from "./protocol.ts";

/** One loss, as far as it concerns this page. */
export interface News {
  readonly epoch: string;
  /** The entries after the first up to the second; null where that is not known. */
  readonly lost: Welcome["lost"];
  /** What was pressed here, had been confirmed, and is gone. */
  readonly own: readonly Pending[];
  /** How many more of this link are gone, that were pressed elsewhere. */
  readonly others: number;
}

/** What the page knows of its own commands. */
export interface Memory {
  /** The accepted command of that id, if it was pressed here. */
  accepted(id: string): Pending | null;
  /** Whether it has no answer yet: it is sent again, and nothing of it is lost. */
  isPending(id: string): boolean;
}

const news = signal<readonly News[]>([]);

/** What was not put away yet, the oldest first. */
export const losses: ReadonlySignal<readonly News[]> = news;

/** Takes what a welcome says of a past that is no more, once for each. */
export function noteLoss(frame: Welcome, memory: Memory): void {
  if (frame.reason !== "epoch" && frame.reason !== "diverged") return;
  if (news.value.some((each) => each.epoch === frame.epoch)) return;
  const gone = frame.not_kept.filter((id) => !memory.isPending(id));
  const known = gone.flatMap((id) => memory.accepted(id) ?? []);
  // what a rapporteur typed is still here, and is sent again
  const own = known.filter((each) => each.type !== "note");
  const { epoch, lost } = frame;
  const others = gone.length - known.length;
  news.value = [...news.value, { epoch, lost, own, others }];
}

/** Puts it away. */
export function dismissLosses(): void {
  news.value = [];
}
