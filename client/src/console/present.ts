/** Who attended, by category: pads, ticks at the desk, and the platform's report. */
import { type Roster, roster } from "../lib/roster.ts";
import type { Store } from "../lib/store.ts";

export interface Category {
  readonly tier: string;
  readonly all: readonly string[];
  readonly present: readonly string[];
  readonly pad: number;
  readonly tick: number;
  readonly report: number;
}

/** Invited: whoever has a link; without any links, the whole roster. */
export function invited(store: Store, from: Roster = roster.value): readonly string[] {
  const codes = new Set<string>();
  for (const link of store.links.value.values()) {
    if (link.delegation && !link.revoked) codes.add(link.delegation);
  }
  return codes.size > 0 ? [...codes] : Object.keys(from.delegations);
}

export function categories(
  store: Store,
  from: Roster = roster.value,
): readonly Category[] {
  const byTier = new Map<string, string[]>();
  const attended = [...store.attendance.value.values()].filter(
    (each) => each.sources.length > 0,
  );
  const codes = new Set([...invited(store, from), ...attended.map((each) => each.id)]);
  for (const code of codes) {
    const tier = from.delegations[code]?.tier ?? "other";
    byTier.set(tier, [...(byTier.get(tier) ?? []), code]);
  }
  const known = (code: string, source: "pad" | "tick" | "report") =>
    store.attendance.value.get(code)?.sources.includes(source) ?? false;
  return [...byTier]
    .map(([tier, all]) => ({
      tier,
      all,
      present: all.filter((code) => isPresent(store, code)),
      pad: all.filter((code) => known(code, "pad")).length,
      tick: all.filter((code) => known(code, "tick")).length,
      report: all.filter((code) => known(code, "report")).length,
    }))
    .sort((a, b) => b.all.length - a.all.length);
}

/** By any source. */
export function isPresent(store: Store, code: string): boolean {
  return (store.attendance.value.get(code)?.sources.length ?? 0) > 0;
}

/** Present for the quorum: connected now, or ticked as there. */
export function presentNow(store: Store): number {
  const codes = new Set<string>();
  for (const each of store.here.value.values()) {
    if (each.delegation) codes.add(each.delegation);
  }
  for (const each of store.attendance.value.values()) {
    if (each.sources.includes("tick") || each.checks.room) codes.add(each.id);
  }
  return codes.size;
}
