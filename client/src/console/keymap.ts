/** Keys of the console. Letters go by what the key says, or, on a keyboard without
 * Latin letters, by where it lies. Single letters are off while somebody types. */
import { t } from "../lib/i18n.ts";

export type KeyAct =
  | "primary"
  | "next"
  | "end"
  | "pause"
  | "extend"
  | "line_lost"
  | "more"
  | "undo"
  | "find"
  | "paste"
  | "row_up"
  | "row_down"
  | "move_up"
  | "move_down"
  | "remove"
  | "give_now"
  | "edit"
  | "order"
  | "hold"
  | "limit"
  | "replies"
  | "messages"
  | "chair"
  | "raise"
  | "list_state"
  | "meeting"
  | "people"
  | "announce"
  | "conclusions"
  | "corrections"
  | "keys"
  | "escape";

export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
}

/** Where the focus is: `control` is a button or link that has its own Space, Enter. */
export type Focus = "page" | "control" | "text" | "dialog";

const LETTERS: Readonly<Record<string, KeyAct>> = {
  n: "next",
  e: "end",
  p: "pause",
  l: "line_lost",
  z: "undo",
  v: "paste",
  u: "move_up",
  d: "move_down",
  g: "give_now",
  h: "hold",
  i: "edit",
  o: "order",
  t: "limit",
  y: "replies",
  b: "messages",
  k: "chair",
  r: "raise",
  c: "list_state",
  m: "meeting",
  w: "people",
  a: "announce",
  q: "conclusions",
  x: "corrections",
};

const NAMED: Readonly<Record<string, KeyAct>> = {
  "/": "find",
  "?": "keys",
  "+": "extend",
  ".": "more",
  ArrowUp: "row_up",
  ArrowDown: "row_down",
  Delete: "remove",
  Backspace: "remove",
  Escape: "escape",
};

/** May be held down; everything else acts once for each press. */
const REPEATABLE: ReadonlySet<KeyAct> = new Set(["row_up", "row_down"]);

export function actOf(event: Pressed, focus: Focus): KeyAct | null {
  const act = find(event, focus);
  return act && event.repeat && !REPEATABLE.has(act) ? null : act;
}

function find(event: Pressed, focus: Focus): KeyAct | null {
  if (focus === "dialog" || focus === "text") return null;
  const letter = letterOf(event);
  if (event.ctrlKey || event.metaKey) {
    return letter === "z" && !event.shiftKey && !event.altKey ? "undo" : null;
  }
  if (event.altKey) {
    if (event.key === "ArrowUp") return "move_up";
    if (event.key === "ArrowDown") return "move_down";
    return null;
  }
  if (event.key === " " || event.code === "Space") {
    return focus === "control" || event.shiftKey ? null : "primary";
  }
  const named = NAMED[event.key] ?? lying(event);
  if (named) return named;
  return (letter && !event.shiftKey && LETTERS[letter]) || null;
}

function letterOf({ key, code }: Pressed): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (isLatin(key)) return null;
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? null;
}

/** Signs that a keyboard without Latin letters has elsewhere, or not at all. */
function lying({ key, code, shiftKey }: Pressed): KeyAct | null {
  if (code === "NumpadAdd" || (code === "Equal" && key === "=")) return "extend";
  if (isLatin(key) || key.length !== 1) return null;
  if (code === "Period") return "more";
  if (code === "Slash") return shiftKey ? "keys" : "find";
  return null;
}

function isLatin(key: string): boolean {
  return /^[\u0020-\u024f]$/.test(key);
}

/** The digit of a menu's line, 1 for the first; null for any other key. */
export function digitOf({ key, code }: Pressed): number | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? /^[1-9]$/.exec(key)?.[0];
  return digit === undefined ? null : Number(digit);
}

export interface KeyLine {
  readonly keys: readonly string[];
  readonly does: string;
}

/** The map as it is shown and printed. */
export function keyLines(): readonly { title: string; lines: readonly KeyLine[] }[] {
  const line = (does: string, ...keys: string[]): KeyLine => ({ keys, does });
  return [
    {
      title: t("The floor"),
      lines: [
        line(t("The filled button, whatever it says"), "Space"),
        line(t("Give the floor to the next"), "N"),
        line(t("End the intervention"), "E"),
        line(t("Pause, then the digit of the reason"), "P"),
        line(t("Add 0:30"), "+"),
        line(t("Line lost"), "L"),
        line(t("More: other times, no answer, mistakes"), "."),
        line(t("The Chair speaks, while nobody has the floor"), "K"),
        line(t("Undo the last action"), "Z", "Ctrl Z"),
      ],
    },
    {
      title: t("The list of speakers"),
      lines: [
        line(t("Search and add a delegation"), "/"),
        line(t("Paste a list"), "V"),
        line(t("Choose a row"), "↑", "↓"),
        line(t("Move the chosen row"), "U", "D", "Alt ↑ ↓"),
        line(t("Remove the chosen row"), "Del"),
        line(t("Give the floor to the chosen row now"), "G"),
        line(t("All about the chosen row: name, rank, times, marks"), "I"),
        line(t("Hold the chosen row, off the order for now"), "H"),
        line(t("Time limit"), "T"),
        line(t("Open, close, reopen the list"), "C"),
      ],
    },
    {
      title: t("Points of order, motions, replies"),
      lines: [
        line(t("Raise one for a delegation"), "R"),
        line(t("Recognise the first raised; where none is, order of the list"), "O"),
        line(t("The ruling: its digit, then Space"), "1 – 4"),
        line(t("Rights of reply"), "Y"),
      ],
    },
    {
      title: t("The meeting"),
      lines: [
        line(t("Meeting: suspend, adjourn, texts to copy"), "M"),
        line(t("Who is here, links"), "W"),
        line(t("Announcement"), "A"),
        line(t("Back-channel to the Chair and the desk"), "B"),
        line(t("Conclusions: release them, show one on the display"), "Q"),
        line(t("Corrections of the record"), "X"),
        line(t("These keys"), "?"),
        line(t("Close a window, leave the search"), "Esc"),
      ],
    },
  ];
}
