/** The other rapporteurs: who is there, and in which row. */
import { t } from "../lib/i18n.ts";
import type { Present } from "../lib/protocol.ts";

type Here = ReadonlyMap<string, Present>;

/** The rapporteurs that are connected beside this page, the longest first. */
export function matesOf(here: Here, me: string): readonly Present[] {
  return [...here.values()]
    .filter((each) => each.role === "rapporteur" && each.id !== me)
    .sort((a, b) => a.since - b.since || (a.id < b.id ? -1 : 1));
}

/** What somebody is called: the link, and the device where two have the same link. */
export function mateName(mate: Present, mates: readonly Present[]): string {
  const name = mate.label || t("Another rapporteur");
  const alone = mates.filter((each) => each.label === mate.label).length === 1;
  return alone || !mate.device ? name : `${name} (${mate.device})`;
}

/** The names of those who work in each row. */
export function byPlace(
  mates: readonly Present[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const mate of mates) {
    if (mate.row === null) continue;
    found.set(mate.row, [...(found.get(mate.row) ?? []), mateName(mate, mates)]);
  }
  return found;
}

/**
 * Who may have written what came meanwhile: whoever is in that row, else the only other
 * one; the server does not say.
 */
export function writer(mates: readonly Present[], row: string): string {
  const there = mates.filter((each) => each.row === row);
  const only = there.length === 1 ? there[0] : mates.length === 1 ? mates[0] : null;
  return only ? mateName(only, mates) : t("Another rapporteur");
}
