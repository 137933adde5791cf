/** Delegations that asked to speak and were not heard, with how to reach them. */
import { t } from "../lib/i18n.ts";
import { listName } from "../lib/names.ts";
import type { Store } from "../lib/store.ts";
import { csvLine } from "./saveFile.ts";

/** What one asks to say and may at least send in writing. */
const SAID: ReadonlySet<string> = new Set([
  "statement",
  "group_statement",
  "question",
  "explanation_of_vote",
  "right_of_reply",
]);

export interface Unheard {
  readonly delegation: string;
  readonly name: string;
  readonly contact: string;
}

/** Who still waits, list by list in the order of call; each delegation once. */
export function waitingStill(store: Store): readonly string[] {
  const lists = [...store.lists.value.values()];
  const ids = lists.flatMap((list) => [
    ...(store.order.value.get(list.id) ?? []),
    ...(list.requested ?? []),
    ...(list.deferred ?? []),
    ...(list.late ?? []),
  ]);
  const codes = ids.flatMap((id) => {
    const request = store.requests.value.get(id);
    return request?.delegation && SAID.has(request.kind) ? [request.delegation] : [];
  });
  return [...new Set(codes)];
}

/** The same with names and contacts; `codes` once the meeting has risen. */
export function unheardOf(store: Store, codes: readonly string[]): readonly Unheard[] {
  return codes.map((delegation) => ({
    delegation,
    name: listName(delegation),
    contact: store.attendance.value.get(delegation)?.contact ?? "",
  }));
}

export function unheardCsv(lines: readonly Unheard[]): string {
  const head = csvLine([t("Delegation"), t("Contact")]);
  return [head, ...lines.map((each) => csvLine([each.name, each.contact]))].join(
    "\r\n",
  );
}

export function unheardText(lines: readonly Unheard[]): string {
  return lines
    .map((each) => (each.contact ? `${each.name} <${each.contact}>` : each.name))
    .join("\n");
}
