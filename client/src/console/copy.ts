/** Texts for the clipboard: the list, and the Journal's sentence. */
import { t, time } from "../lib/i18n.ts";
import { address, groupSpoken, label, roster, spoken } from "../lib/names.ts";
import type { InterventionEntity } from "../lib/protocol.ts";
import { serverNow } from "../lib/time.ts";
import type { Desk } from "./desk.ts";
import { journal, listText, type Spoken } from "./journal.ts";

export function copyList(desk: Desk): Promise<void> {
  return copied(desk, listAsText(desk), t("The list was copied as text."));
}

export function listAsText(desk: Desk): string {
  const segment = desk.store.segments.value.get(desk.list.value?.segment ?? "");
  const lines = desk.rows.value.map((request) => ({
    name: label(request).main,
    group: request.group ? groupSpoken(request.group) : request.group_text,
  }));
  const at = time(serverNow(), desk.store.meeting.value.zone);
  return listText(segment?.title ?? desk.store.meeting.value.title, lines, at);
}

export function journalText(rows: Iterable<InterventionEntity>): string {
  const delivered = [...rows]
    .filter((row) => row.n > 0)
    .sort((a, b) => a.started_at - b.started_at);
  return journal(delivered.map(spokenOf));
}

const BY_PERSON: ReadonlySet<string> = new Set(["programme", "introduction"]);

function spokenOf(row: InterventionEntity): Spoken {
  const tier = roster.value.delegations[row.delegation ?? ""]?.tier ?? "";
  const person = row.person;
  const byName = person !== null && (!row.delegation || BY_PERSON.has(row.kind));
  return {
    name: row.delegation ? spoken(row.delegation) : label(row).main,
    address: row.delegation ? address(row.delegation) : "",
    state: tier === "member_state",
    group: row.group ? groupSpoken(row.group) : row.group_text,
    person: byName ? { name: person.name, title: person.title || row.label } : null,
  };
}

/** Copies; where the browser has no clipboard (plain http) the text is shown. */
export async function copied(desk: Desk, text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    desk.say(done);
  } catch {
    desk.window.value = { name: "text", text };
  }
}
