/**
 * The keyboard of the log: from a key to what it does. Single letters rest while
 * somebody types; with Alt they work there as well.
 */
import { t } from "../lib/i18n.ts";
import type { Mark } from "./marks.ts";
import type { Choice } from "./tags.ts";

export type Act =
  | { readonly do: "mark"; readonly mark: Mark }
  | { readonly do: "move"; readonly by: "up" | "down" | "first" | "last" }
  | {
      readonly do:
        | "write"
        | "leave"
        | "time"
        | "now"
        | "document"
        | "tag"
        | "correct"
        | "find"
        | "export"
        | "keys";
    };

/** Where the keyboard is: in a note, in another field, on a button, or in the page. */
export type Place = "note" | "field" | "control" | "page";

export interface Press {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Letters of the log itself; a tag of the profile that has the same one goes first. */
const LETTERS: Readonly<Record<string, Act>> = {
  f: { do: "mark", mark: { is: "star" } },
  d: { do: "document" },
  n: { do: "tag" },
  r: { do: "correct" },
  x: { do: "export" },
};

const PAGE: Readonly<Record<string, Act>> = {
  "/": { do: "find" },
  "?": { do: "keys" },
  ArrowUp: { do: "move", by: "up" },
  ArrowDown: { do: "move", by: "down" },
  Home: { do: "move", by: "first" },
  End: { do: "move", by: "last" },
  Enter: { do: "write" },
};

export function actOf(
  press: Press,
  place: Place,
  choices: readonly Choice[],
): Act | null {
  if (press.metaKey) return null;
  const letter = letterOf(press);
  if (press.ctrlKey) {
    if (press.altKey) return null;
    if (press.key === "ArrowDown") return { do: "now" };
    return letter === "t" && place === "note" ? { do: "time" } : null;
  }
  if (press.key === "Escape" && !press.altKey) return { do: "leave" };
  if (press.altKey) {
    // the key's own place: Alt changes what it types
    if (letter === "t") return place === "note" ? { do: "time" } : null;
    return place === "field" ? null : marked(letter, choices);
  }
  if (place === "note" || place === "field") return null;
  if (place === "control" && press.key === "Enter") return null;
  return PAGE[press.key] ?? marked(press.key.toLowerCase(), choices);
}

function marked(letter: string, choices: readonly Choice[]): Act | null {
  const choice = letter ? choices.find((each) => each.key === letter) : undefined;
  if (choice) return { do: "mark", mark: choice.mark };
  return LETTERS[letter] ?? null;
}

function letterOf({ code }: Press): string {
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase() ?? "";
}

/** The key of a letter of the log, "" where a tag has taken it. */
export function keyOf(letter: string, choices: readonly Choice[]): string {
  return choices.some((each) => each.key === letter) ? "" : letter;
}

export interface KeyLines {
  readonly title: string;
  readonly lines: readonly {
    readonly keys: readonly string[];
    readonly does: string;
  }[];
}

/** Everything that the keyboard does, for the sheet. */
export function keyLines(choices: readonly Choice[]): readonly KeyLines[] {
  const own = (letter: string, does: string) => {
    const key = keyOf(letter, choices);
    return key ? [{ keys: [key.toUpperCase()], does }] : [];
  };
  return [
    {
      title: t("Rows"),
      lines: [
        { keys: ["Ctrl ↓"], does: t("Go to who has the floor") },
        { keys: ["↑", "↓"], does: t("Row before, row after") },
        { keys: ["Enter"], does: t("Write in the row") },
        { keys: ["Esc"], does: t("Stop writing; then show all rows") },
        { keys: ["/"], does: t("Search") },
        ...own("x", t("Export the record")),
        { keys: ["?"], does: t("This sheet") },
      ],
    },
    {
      title: t("Marks of the row"),
      lines: [
        ...choices
          .filter((each) => each.key)
          .map((each) => ({ keys: [each.key.toUpperCase()], does: each.name })),
        ...own("f", t("Follow-up")),
        ...own("n", t("Another tag")),
        ...own("d", t("Document symbol")),
        ...own("r", t("Correct the row")),
      ],
    },
    {
      title: t("While you write"),
      lines: [
        { keys: ["Alt S"], does: t("With Alt every mark works while you write") },
        { keys: ["Alt T", "Ctrl T"], does: t("Insert the time") },
      ],
    },
  ];
}
