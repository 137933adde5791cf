/** The words for conclusions: their states, their headings. */
import { t } from "../lib/i18n.ts";
import type { ConclusionEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import type { Heading } from "./order.ts";

/** As long as the server takes. */
export const LONGEST = 4000;

export type ConclusionState = "draft" | "agreed" | "released";

/** What stands is a draft, agreed, or shown to everyone. */
export function stateOf({ released, agreed }: ConclusionEntity): ConclusionState {
  if (released) return "released";
  return agreed ? "agreed" : "draft";
}

export function stateName(state: ConclusionState): string {
  const names: Record<ConclusionState, string> = {
    draft: t("Draft"),
    agreed: t("Agreed"),
    released: t("Shown to everyone"),
  };
  return names[state];
}

/** "Interactive discussion · Question 2", as in a menu. */
export function headingName(store: Store, heading: Heading): string {
  const title = store.segments.value.get(heading.segment)?.title ?? "";
  if (heading.question === null) return title;
  return [title, t("Question {n}", { n: heading.question })]
    .filter(Boolean)
    .join(" · ");
}
