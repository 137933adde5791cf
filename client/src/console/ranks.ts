/** Whose speaker's rank fell after they were told: their place is locked, and stays. */
import { effect } from "@preact/signals";
import type { MeetingEntity, RequestEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import type { Rank } from "../lib/terms.ts";

/** The place of each rank in the protocol, where the profile does not say another. */
const USUAL: Readonly<Record<Rank, number>> = {
  head_of_state: 0,
  vice_president: 0,
  crown_prince: 0,
  head_of_government: 0,
  deputy_prime_minister: 4,
  minister: 5,
  vice_minister: 6,
  chair_of_delegation: 7,
};

/** By request: the rank with which it was told, as this console saw it. */
export type ToldRanks = ReadonlyMap<string, Rank | null>;

/** What is known of those who are told now; a rank that is known already stays. */
export function toldRanks(
  before: ToldRanks,
  requests: Iterable<RequestEntity>,
): ToldRanks {
  return new Map(
    [...requests]
      .filter((each) => each.told)
      .map(({ id, rank }) => [id, before.has(id) ? (before.get(id) ?? null) : rank]),
  );
}

export function rankFell(
  { profile }: MeetingEntity,
  told: ToldRanks,
  { id, rank }: RequestEntity,
): boolean {
  const was = told.get(id);
  if (was === undefined) return false;
  // Nobody named stands as the chair of a delegation.
  const number = (each: Rank | null) => {
    const known = each ?? "chair_of_delegation";
    return profile?.ranks?.[known] ?? USUAL[known];
  };
  return number(rank) > number(was);
}

/** Follows the store from now on; what is returned is always the newest. */
export function watchRanks(store: Store): () => ToldRanks {
  let known: ToldRanks = new Map();
  effect(() => {
    known = toldRanks(known, store.requests.value.values());
  });
  return () => known;
}
