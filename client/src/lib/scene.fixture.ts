/** A store as one audience would have it, from the few things that a test is about. */

import { aMeeting, aSegment, NOW } from "../console/scene.fixture.ts";
import type {
  ConclusionEntity,
  FloorEntity,
  InterventionEntity,
  ListEntity,
  MeetingEntity,
  Mine,
  NoteEntity,
  RequestEntity,
  SegmentEntity,
  Welcome,
} from "./protocol.ts";
import { roster } from "./roster.ts";
import { createStore, type Store } from "./store.ts";

export interface Parts {
  readonly meeting?: Partial<MeetingEntity>;
  readonly segments?: readonly SegmentEntity[];
  readonly lists?: readonly ListEntity[];
  /** In the order of their lists. */
  readonly requests?: readonly RequestEntity[];
  readonly floor?: readonly FloorEntity[];
  readonly rows?: readonly InterventionEntity[];
  readonly conclusions?: readonly ConclusionEntity[];
  readonly notes?: readonly NoteEntity[];
  readonly mine?: Partial<Mine>;
  /** What this link may send. */
  readonly commands?: readonly string[];
  readonly delegation?: string;
}

export function storeOf(parts: Parts): Store {
  const store = createStore({ state: null });
  const byId = <T extends { readonly id: string }>(all: readonly T[] = []) =>
    Object.fromEntries(all.map((each) => [each.id, each]));
  const order: Record<string, string[]> = {};
  for (const each of parts.requests ?? []) {
    order[each.list] = [...(order[each.list] ?? []), each.id];
  }
  store.welcome({
    epoch: "e",
    seq: 1,
    chain: "c",
    state: {
      collections: {
        meeting: { meeting: aMeeting(parts.meeting) },
        segments: byId(parts.segments ?? [aSegment()]),
        lists: byId(parts.lists),
        requests: byId(parts.requests),
        floor: byId(parts.floor),
        interventions: byId(parts.rows),
        conclusions: byId(parts.conclusions),
        notes: byId(parts.notes),
      },
      order,
    },
    mine: parts.mine ? aMine(parts.mine) : null,
    you: { delegation: parts.delegation ?? null, commands: parts.commands ?? [] },
  } as unknown as Welcome);
  return store;
}

export function aMine(over: Partial<Mine> = {}): Mine {
  return {
    delegation: "XAD",
    requests: {},
    places: {},
    floor: null,
    signals: [],
    ended: null,
    swaps: [],
    replies: {},
    flag: null,
    corrections: [],
    ...over,
  };
}

export function aConclusion(
  id: string,
  over: Partial<ConclusionEntity> = {},
): ConclusionEntity {
  return {
    id,
    segment: "s1.2",
    question: null,
    place: 0,
    text: `Text of ${id}`,
    addendum: false,
    released: false,
    agreed: false,
    interventions: [],
    at: NOW,
    version: 1,
    ...over,
  };
}

/** A roster of Member States by code; `more` says what is particular of one. */
export function rosterOf(
  names: Readonly<Record<string, string>>,
  more: Readonly<Record<string, object>> = {},
): void {
  const one = (code: string, name: string) => ({
    code,
    tier: "member_state",
    address: "representative_of",
    may_order: true,
    may_reply: true,
    names: { en: name },
    spoken: name,
    plate: name,
    aliases: [],
    confusable: "",
    ...more[code],
  });
  roster.value = {
    id: "test",
    delegations: Object.fromEntries(
      Object.entries(names).map(([code, name]) => [code, one(code, name)]),
    ),
    groups: {},
  };
}
