/** The notes that came over the line, by the row that they belong to. */
import type { NoteEntity } from "../lib/protocol.ts";
import { NONE, type Saved } from "./draft.ts";

/** What is written as a whole; the rest of a note are marks. */
export type Field = "text" | "document";

export type Notes = ReadonlyMap<string, NoteEntity>;
/** Notes of the record, the first one first. */
export type ByRow = ReadonlyMap<string, readonly NoteEntity[]>;

/** Sorts notes by row. What has not changed since `before` stays the same object. */
export function byRow(notes: Notes, before: ByRow = new Map()): ByRow {
  const found = new Map<string, NoteEntity[]>();
  for (const each of notes.values()) {
    if (each.scope !== "record" || each.intervention === null) continue;
    const there = found.get(each.intervention);
    if (there) there.push(each);
    else found.set(each.intervention, [each]);
  }
  const next = new Map<string, readonly NoteEntity[]>();
  for (const [row, all] of found) {
    all.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    const was = before.get(row);
    next.set(row, was && same(was, all) ? was : all);
  }
  return next;
}

function same(one: readonly NoteEntity[], other: readonly NoteEntity[]): boolean {
  return one.length === other.length && one.every((each, i) => each === other[i]);
}

/** The note that rapporteurs share on a row; the first, should there be several. */
export function noteOf(notes: ByRow, row: string): NoteEntity | null {
  return notes.get(row)?.find((each) => !each.correction) ?? null;
}

/** A field of that note as the server has it. */
export function savedOf(notes: ByRow, row: string, field: Field = "text"): Saved {
  const note = noteOf(notes, row);
  if (!note) return NONE;
  return { note: note.id, text: note[field], version: note.version };
}

/** What stands on a row beside the shared note: from before notes were shared. */
export function otherNotes(all: readonly NoteEntity[]): readonly NoteEntity[] {
  return all.filter((each) => !each.correction).slice(1);
}

/** What a delegation, or an operator for it, corrected afterwards; nobody edits it. */
export function corrections(all: readonly NoteEntity[]): readonly NoteEntity[] {
  return all.filter((each) => each.correction);
}
