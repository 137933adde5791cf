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

/** What nearly every delegation is: server/rostra/web/rosters.py leaves it out. */
const USUAL = {
  tier: "member_state",
  region: "",
  may_reply: true,
  replies: null,
  may_order: true,
  address: "representative_of",
  aliases: [],
  confusable: "",
} as const;

type Sent = Partial<RosterDelegation> & Pick<RosterDelegation, "names">;

/** The roster of which `sent` says what is not usual. */
export function filledRoster(sent: {
  readonly id?: string;
  readonly delegations?: Readonly<Record<string, Sent>>;
  readonly groups?: Readonly<Record<string, Sent>>;
}): Roster {
  const filled = (code: string, entry: Sent): RosterDelegation => {
    const name = entry.names.en ?? "";
    return { ...USUAL, code, spoken: name, plate: name, ...entry };
  };
  const all = (entries: Readonly<Record<string, Sent>> = {}) =>
    Object.fromEntries(
      Object.entries(entries).map(([code, entry]) => [code, filled(code, entry)]),
    );
  return {
    ...NO_ROSTER,
    ...sent,
    delegations: all(sent.delegations),
    groups: all(sent.groups),
  };
}

/** Fetches the roster; the browser's cache keeps it. Throws if it cannot be had. */
export async function loadRoster(url: string): Promise<void> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`roster: ${answer.status}`);
  roster.value = filledRoster(await answer.json());
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
