/**
 * What this delegation said last, to be corrected. The line brings the last few rows of
 * everyone only; an older one is fetched when somebody looks for it.
 */

import { signal } from "@preact/signals";
import { boot } from "../lib/boot.ts";
import type { InterventionEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";

const fetched = signal<readonly InterventionEntity[]>([]);

/** One's own last row of the record, as far as it is known here. */
export function ownRow(store: Store): InterventionEntity | null {
  return ownRows(store).at(-1) ?? null;
}

/** All of one's own rows that are known here, the first one first. */
export function ownRows(store: Store): readonly InterventionEntity[] {
  const delegation = store.you.value.delegation;
  const all = [...fetched.value, ...store.interventions.value.values()].filter(
    (each) => each.delegation === delegation && each.n > 0,
  );
  const known = new Map(all.map((each) => [each.id, each]));
  return [...known.values()].sort((a, b) => a.n - b.n);
}

/** Asks the server for the rows that the line did not bring. */
export async function lookForOwnRow(
  store: Store,
  get: typeof fetch = fetch,
): Promise<void> {
  if (ownRow(store) || store.interventions.value.size === 0) return;
  const query = new URLSearchParams({ as: boot.link });
  const answer = await get(`/api/v1/meetings/${boot.meeting}/log?${query}`).catch(
    () => null,
  );
  if (!answer?.ok) return;
  const body = (await answer.json()) as { rows: readonly InterventionEntity[] };
  const own = store.you.value.delegation;
  fetched.value = body.rows.filter((each) => each.delegation === own);
}
