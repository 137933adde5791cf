/** The keyboard of the console: from a key to what the screen shows for it. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { Desk } from "./desk.ts";
import { actOf, type Focus, type KeyAct } from "./keymap.ts";
import * as press from "./press.ts";
import { callNext } from "./primary.ts";
import { pressPrimary } from "./primaryButton.tsx";
import { giveNow, moveBy } from "./rowPresses.ts";

export function useKeys(desk: Desk, find: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const act = actOf(event, focusOf(document.activeElement));
      if (!act) return;
      event.preventDefault();
      perform(desk, act, find);
    };
    // A button that was pressed with the mouse must not keep Space to itself.
    const onClick = (event: MouseEvent) => {
      const at = document.activeElement;
      const byMouse = event.detail > 0;
      if (byMouse && at instanceof HTMLButtonElement && !at.closest("dialog")) at.blur();
    };
    document.addEventListener("keydown", onKeyDown);
    document.addEventListener("click", onClick);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
      document.removeEventListener("click", onClick);
    };
  }, [desk, find]);
}

export function focusOf(element: Element | null): Focus {
  if (document.querySelector("dialog[open]")) return "dialog";
  if (!element) return "page";
  if (element.matches("input, textarea, select, [contenteditable]")) return "text";
  return element.matches("button, a, summary, [role=button]") ? "control" : "page";
}

function perform(desk: Desk, act: KeyAct, find: RefObject<HTMLInputElement | null>): void {
  const { scene, store } = desk;
  const floor = store.floor.value;
  const row = desk.rows.value.find((each) => each.id === desk.chosen.value) ?? null;
  const push = (what: press.Press | null) => {
    if (what) desk.press(what);
  };
  const open = (name: "meeting" | "people" | "announce" | "order" | "list_state") => {
    desk.window.value = { name };
  };
  switch (act) {
    case "primary":
      return pressPrimary(desk);
    case "next":
      return push(callNext(scene.value));
    case "end":
      return push(floor && floor.phase !== "called" ? press.end(floor) : null);
    case "pause":
      if (floor?.phase === "speaking") desk.window.value = { name: "pause" };
      return;
    case "extend":
      return push(floor && press.extend(floor, 30));
    case "line_lost":
      return push(floor?.phase === "speaking" ? press.lineLost(floor) : null);
    case "more":
      if (floor) desk.window.value = { name: "more" };
      return;
    case "undo":
      return push(press.undo(store.meeting.value));
    case "find":
      find.current?.focus();
      find.current?.select();
      return;
    case "paste":
      desk.window.value = { name: "paste" };
      return;
    case "row_up":
      return choose(desk, -1);
    case "row_down":
      return choose(desk, 1);
    case "move_up":
      return push(row && moveBy(desk, row, -1));
    case "move_down":
      return push(row && moveBy(desk, row, 1));
    case "remove":
      return push(row && press.withdraw(row));
    case "give_now":
      return push(row && giveNow(desk, row));
    case "edit":
      if (row) desk.window.value = { name: "row", request: row.id };
      return;
    case "order":
    case "list_state":
    case "meeting":
    case "people":
    case "announce":
      return open(act);
    case "keys":
      desk.window.value = { name: "keys" };
      return;
    case "escape":
      desk.chosen.value = null;
      desk.word.value = null;
      return;
  }
}

/** The row above or below; from nothing chosen to the first. */
function choose(desk: Desk, by: -1 | 1): void {
  const rows = desk.rows.value;
  const at = rows.findIndex((each) => each.id === desk.chosen.value);
  const next = rows[at < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, at + by))];
  if (!next) return;
  desk.chosen.value = next.id;
  const row = document.querySelector(`[data-row="${CSS.escape(next.id)}"]`);
  if (row instanceof HTMLElement) row.focus();
}
