/** The keyboard of the log: from a key to what the screen does for it. */
import { useEffect } from "preact/hooks";
import { wall } from "../lib/i18n.ts";
import { serverNow } from "../lib/time.ts";
import type { Desk } from "./desk.ts";
import { ALL, isFiltering } from "./filter.ts";
import { FIND_ID } from "./finder.tsx";
import { inserted } from "./insert.ts";
import { type Act, actOf, type Place } from "./keymap.ts";
import { has } from "./marks.ts";
import { noteId } from "./note.tsx";
import { rowId } from "./row.tsx";
import { currentRow } from "./rows.ts";

export function useKeys(desk: Desk): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector("dialog[open]")) return;
      if (desk.view.peek() !== "record") return;
      const act = actOf(event, placeOf(document.activeElement), desk.choices.peek());
      if (act && perform(desk, act)) event.preventDefault();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [desk]);
}

function placeOf(element: Element | null): Place {
  if (!element) return "page";
  if (element.matches("textarea.gist")) return "note";
  if (element.matches("input, textarea, select, [contenteditable]")) return "field";
  return element.matches("button, a, summary, [role=button]") ? "control" : "page";
}

/** Whether there was something to do. */
function perform(desk: Desk, act: Act): boolean {
  const row = desk.at.peek();
  const mayWrite = desk.mayWrite.peek();
  switch (act.do) {
    case "move":
      return move(desk, act.by);
    case "now":
      return goToNow(desk);
    case "find":
      return focus(FIND_ID);
    case "keys":
      desk.over.value = { is: "keys" };
      return true;
    case "export":
      desk.over.value = { is: "export" };
      return true;
    case "leave":
      return leave(desk);
    case "time":
      return mayWrite && insertTime(desk);
  }
  if (row === null) return false;
  if (act.do === "correct") return correct(desk, row);
  if (!mayWrite) return false;
  switch (act.do) {
    case "mark":
      desk.book.mark(row, act.mark, !has(desk.markedOf(row), act.mark));
      return true;
    case "write":
      return focus(noteId(row));
    case "document":
      return focus(`document-${row}`);
    case "tag":
      return focus(`tag-${row}`);
  }
}

function correct(desk: Desk, row: string): boolean {
  const found = desk.rows.peek().find((each) => each.id === row);
  if (!found || !desk.mayCorrect(found)) return false;
  desk.over.value = { is: "correct", row };
  return true;
}

function focus(id: string): boolean {
  const element = document.getElementById(id);
  element?.focus();
  return element !== null;
}

/** To another row; the first time to the one of who speaks. */
function move(desk: Desk, by: "up" | "down" | "first" | "last"): boolean {
  const rows = desk.shown.peek();
  const now = rows.findIndex((each) => each.id === desk.at.peek());
  if (now < 0 && (by === "up" || by === "down")) return goToNow(desk, rowId);
  const last = rows.length - 1;
  const next = { up: now - 1, down: now + 1, first: 0, last }[by];
  const row = rows[Math.max(0, Math.min(last, next))];
  return row !== undefined && goTo(row.id, rowId);
}

/** Brings the cursor to a row: to its note, or to the row itself. */
function goTo(row: string, id: (row: string) => string): boolean {
  return focus(id(row));
}

/** To the row of who speaks, or to the last; also out of a search. */
export function goToNow(desk: Desk, id: (row: string) => string = noteId): boolean {
  const row = currentRow(desk.rows.peek());
  if (!row) return false;
  if (goTo(row.id, id) || goTo(row.id, rowId)) return true;
  // a search hides it: it is shown once it is worked in
  goToRow(desk, row.id);
  return true;
}

/** To a row by its id, out of a search and out of the conclusions too. */
export function goToRow(desk: Desk, row: string): void {
  if (goTo(row, noteId)) return;
  desk.view.value = "record";
  desk.at.value = row;
  requestAnimationFrame(() => goTo(row, noteId));
}

/** One step back: from writing to the row, then from the search to all rows. */
function leave(desk: Desk): boolean {
  const row = desk.at.peek();
  const inside = document.activeElement;
  if (row !== null && inside?.closest("tr") && !inside.matches("tr")) {
    return focus(rowId(row));
  }
  const searched = inside?.closest(".finder") ?? null;
  const filtered = isFiltering(desk.filter.peek());
  desk.filter.value = ALL;
  if (searched) {
    (inside as HTMLElement).blur();
    const back = desk.back.peek();
    // once its row is there again
    if (back !== null) requestAnimationFrame(() => goTo(back, rowId));
  } else if (!filtered) {
    desk.at.value = null;
  }
  return true;
}

/** The time of the day at the meeting's place, where the cursor stands. */
function insertTime(desk: Desk): boolean {
  const field = document.activeElement;
  const row = desk.at.peek();
  if (!(field instanceof HTMLTextAreaElement) || row === null) return false;
  const { selectionStart, selectionEnd, value } = field;
  const now = wall(serverNow(), desk.store.meeting.peek().zone);
  const next = inserted(value, selectionStart, selectionEnd, `${now} `);
  field.value = next.text;
  field.setSelectionRange(next.caret, next.caret);
  desk.book.type(row, next.text);
  return true;
}
