/** How a row read before it was corrected, in words; the row itself reads as now. */

import { commas, t } from "../lib/i18n.ts";
import { behalf, label } from "../lib/names.ts";
import type { InterventionEntity, NoteEntity } from "../lib/protocol.ts";

type Correction = NonNullable<InterventionEntity["corrections"]>[number];
export type Reading = Correction["was"];

/** A correction, with what it replaced. */
export interface Corrected {
  readonly at: number;
  readonly reason: string;
  readonly was: string;
}

/** The corrections of a row, the first one first. */
export function corrected(row: InterventionEntity): readonly Corrected[] {
  const all = row.corrections ?? [];
  return all.map(({ at, reason, was }, index) => {
    const then = all[index + 1]?.was ?? row;
    return { at, reason, was: difference(row, was, then) };
  });
}

type Said = Pick<Reading, "person" | "group" | "group_text">;

/** What stood there and does not stand in `now`. */
function difference(row: InterventionEntity, was: Said, now: Said): string {
  const changes = [
    personText(was) !== personText(now) && (personText(was) || t("nobody named")),
    capacityOf(row, was) !== capacityOf(row, now) &&
      (capacityOf(row, was) || ownCapacity(row)),
  ];
  return commas(changes);
}

export function personText({ person }: Pick<Reading, "person">): string {
  return person ? commas([person.name, person.title]) : "";
}

function capacityOf(row: InterventionEntity, { group, group_text }: Said): string {
  return behalf({ ...row, group: group ?? null, group_text: group_text ?? "" });
}

function ownCapacity(row: InterventionEntity): string {
  const { main } = label({ ...row, group: null, group_text: "", person: null });
  return t("for {name} alone", { name: main });
}

/** What a correction that was filed proposes; "" where it proposes nothing. */
export function proposal(note: NoteEntity, row: InterventionEntity): string {
  if (!note.proposed) return "";
  const { proposed } = note;
  const capacity = proposed.kind ? capacityOf(row, proposed) || ownCapacity(row) : "";
  return commas([personText(proposed), capacity]);
}
