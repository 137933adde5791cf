/** The roster of the meeting, as the server serves it, and how its letters compare. */

import { signal } from "@preact/signals";

export interface RosterDelegation {
  readonly code: string;
  readonly tier: string;
  readonly address: string;
  readonly region?: string;
  /** Whether it may exercise the right of reply, and raise a point of order. */
  readonly may_reply?: boolean;
  /** So many replies at most, where it has fewer than the rules give to all. */
  readonly replies?: number | null;
  readonly may_order?: boolean;
  readonly names: Readonly<Record<string, string>>;
  readonly sort?: Readonly<Record<string, string>>;
  readonly spoken: string;
  readonly plate: string;
  readonly aliases: readonly string[];
  readonly confusable: string;
}

export interface RosterGroup {
  readonly code: string;
  readonly names: Readonly<Record<string, string>>;
  readonly spoken: string;
  readonly aliases: readonly string[];
}

export interface Roster {
  readonly id: string;
  readonly delegations: Readonly<Record<string, RosterDelegation>>;
  /** In the order of the register. */
  readonly groups: Readonly<Record<string, RosterGroup>>;
}

const NO_ROSTER: Roster = { id: "", delegations: {}, groups: {} };

/** The roster of this meeting; empty until it is loaded. */
export const roster = signal<Roster>(NO_ROSTER);

/** Fetches the roster; the browser's cache keeps it. Throws if it cannot be had. */
export async function loadRoster(url: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`roster: ${answer.status}`);
  roster.value = { ...NO_ROSTER, ...((await answer.json()) as Partial<Roster>) };
}

/** Letters as a search compares them: no accents, no case, no Arabic vowel signs. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}|ـ/gu, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/ı/g, "i")
    .replace(/[’'`´]/g, "")
    .toLowerCase();
}
