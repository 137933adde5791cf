/** The keyboard of the console: from a key to what the screen shows for it. */
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import type { RequestEntity } from "../lib/protocol.ts";
import type { Desk, Window } from "./desk.ts";
import { actOf, digitOf, type Focus, type KeyAct } from "./keymap.ts";
import { recogniseWhy } from "./pointCards.tsx";
import { remarks } from "./points.ts";
import * as press from "./press.ts";
import { park } from "./pressLists.ts";
import { recognise, rulings } from "./pressPoints.ts";
import { callNext } from "./primary.ts";
import { pressPrimary } from "./primaryButton.tsx";
import { giveNow, moveBy } from "./rowPresses.ts";

export function useKeys(desk: Desk, find: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const over = desk.window.value !== null || desk.asking.value !== null;
      const focus = over ? "dialog" : focusOf(document.activeElement);
      if (ruled(desk, event, focus)) {
        event.preventDefault();
        return;
      }
      const act = actOf(event, focus);
      if (!act) return;
      event.preventDefault();
      perform(desk, act, find);
    };
    // A button that was pressed with the mouse must not keep Space to itself.
    const onClick = (event: MouseEvent) => {
      const at = document.activeElement;
      const byMouse = event.detail > 0;
      if (byMouse && at instanceof HTMLButtonElement && !at.closest("dialog"))
        at.blur();
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
  if (!element) return "page";
  if (element.matches("input, textarea, select, [contenteditable]")) return "text";
  return element.matches("button, a, summary, [role=button]") ? "control" : "page";
}

/** While the ruling is asked a digit chooses it; Space then records it. */
function ruled(desk: Desk, event: KeyboardEvent, focus: Focus): boolean {
  const row = desk.scene.value.ruling;
  const typing = focus === "text" || focus === "dialog";
  if (!row || typing || event.ctrlKey || event.metaKey || event.altKey) return false;
  const ruling = rulings(row.kind)[(digitOf(event) ?? 0) - 1];
  if (ruling && !event.repeat) desk.decide({ ruling });
  return ruling !== undefined;
}

/** Acts that open a window. Those that need a speaker are in `opening`. */
const WINDOWS = {
  paste: "paste",
  limit: "limit",
  replies: "replies",
  messages: "messages",
  list_state: "list_state",
  meeting: "meeting",
  people: "people",
  announce: "announce",
  conclusions: "conclusions",
  corrections: "corrections",
  keys: "keys",
} as const satisfies Partial<Record<KeyAct, Window["name"]>>;

function perform(
  desk: Desk,
  act: KeyAct,
  find: RefObject<HTMLInputElement | null>,
): void {
  const window = opening(desk, act);
  if (window) desk.window.value = window;
  else if (act === "primary") pressPrimary(desk);
  else if (act === "row_up") choose(desk, -1);
  else if (act === "row_down") choose(desk, 1);
  else if (act === "find") {
    find.current?.focus();
    find.current?.select();
  } else if (act === "escape") {
    desk.chosen.value = null;
    desk.word.value = null;
  } else {
    const press = pressOf(desk, act);
    if (press) desk.press(press);
  }
}

function opening(desk: Desk, act: KeyAct): Window | null {
  const { floor, points, ruling } = desk.scene.value;
  const row = chosenRow(desk);
  if (act === "order" && points.length === 0) return { name: "order" };
  if (act === "raise") return { name: "raise", delegation: row?.delegation ?? null };
  if (act === "more" && ruling) return { name: "ruling" };
  if (ruling && (act === "pause" || act === "more")) return null;
  if (act in WINDOWS) return { name: WINDOWS[act as keyof typeof WINDOWS] };
  if (act === "pause" && floor?.phase === "speaking") return { name: "pause" };
  if (act === "more") return { name: "more" };
  if (act === "edit" && row) return { name: "row", request: row.id };
  return null;
}

/** What a key sends now, as the screen shows it; null where it does nothing. */
export function pressOf(desk: Desk, act: KeyAct): press.Press | null {
  const { floor, points, ruling } = desk.scene.value;
  const [point] = points;
  const row = chosenRow(desk);
  if (ruling && ON_THE_CLOCK.has(act)) return null;
  switch (act) {
    case "order":
      return point && !desk.arriving.value && recogniseWhy(desk, point) === null
        ? recognise(point, floor)
        : null;
    case "chair":
      return remarks(desk.scene.value);
    case "hold":
      return row && row.status === "queued" && desk.store.meeting.value.rules.park
        ? park(row)
        : null;
    case "next":
      return callNext(desk.scene.value);
    case "end":
      return floor && floor.phase !== "called" ? press.end(floor) : null;
    case "extend":
      return floor && press.extend(floor, 30);
    case "line_lost":
      return floor?.phase === "speaking" ? press.lineLost(floor) : null;
    case "undo":
      return press.undo(desk.store.meeting.value);
    case "move_up":
      return row && moveBy(desk, row, -1);
    case "move_down":
      return row && moveBy(desk, row, 1);
    case "remove":
      return row && press.withdraw(row);
    case "give_now":
      return row && giveNow(desk, row);
    default:
      return null;
  }
}

/** These wait until the ruling is recorded. */
const ON_THE_CLOCK: ReadonlySet<KeyAct> = new Set<KeyAct>([
  "end",
  "extend",
  "line_lost",
  "next",
]);

function chosenRow(desk: Desk): RequestEntity | null {
  return desk.rows.value.find((each) => each.id === desk.chosen.value) ?? null;
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
