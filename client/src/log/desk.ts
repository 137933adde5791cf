/** The desk of a rapporteur: which row is worked in, which rows are shown, what is open. */
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { behalf, label, roster } from "../lib/names.ts";
import type { Present } from "../lib/protocol.ts";
import type { App } from "../lib/start.tsx";
import type { Store } from "../lib/store.ts";
import { ALL, type Facts, type Filter, isFiltering, matches } from "./filter.ts";
import { type Marked, shown as markedAs } from "./marks.ts";
import { byPlace, matesOf } from "./mates.ts";
import type { Notebook } from "./notebook.ts";
import { noteOf } from "./notes.ts";
import type { Row } from "./rows.ts";
import { type Choice, questionChoices, tagChoices, tagName } from "./tags.ts";

/** What lies over the rows. */
export type Over =
  | { readonly is: "keys" }
  | { readonly is: "export" }
  | { readonly is: "correct"; readonly row: string };

export interface Desk {
  readonly app: App;
  readonly store: Store;
  readonly book: Notebook;
  readonly rows: ReadonlySignal<readonly Row[]>;
  /** The rows that the filter lets through, and the one that is worked in. */
  readonly shown: ReadonlySignal<readonly Row[]>;
  /** The row that is worked in. */
  readonly at: Signal<string | null>;
  /** The row that was left for the search, to go back to. */
  readonly back: Signal<string | null>;
  readonly filter: Signal<Filter>;
  readonly over: Signal<Over | null>;
  /** What the page shows: the record, or the conclusions drawn from it. */
  readonly view: Signal<"record" | "conclusions">;
  readonly choices: ReadonlySignal<readonly Choice[]>;
  readonly mates: ReadonlySignal<readonly Present[]>;
  readonly places: ReadonlySignal<ReadonlyMap<string, readonly string[]>>;
  readonly mayWrite: ReadonlySignal<boolean>;
  /** Whether a finished row can be corrected; in a closed segment nobody is named. */
  mayCorrect(row: Row): boolean;
  /** How a row is marked, presses included that are on their way. */
  markedOf(row: string): Marked;
}

export function createDesk(
  app: App,
  book: Notebook,
  rows: ReadonlySignal<readonly Row[]>,
): Desk {
  const { store } = app;
  const at = signal<string | null>(null);
  const filter = signal<Filter>(ALL);
  const markedOf = (row: string) =>
    markedAs(noteOf(book.notes.value, row), book.wishesOf(row).value);

  const factsOf = (row: Row): Facts => {
    const marked = markedOf(row.id);
    const { main, sub, person } = label(row.voice);
    const gist = book.draftOf(row.id).value.text;
    return {
      marked,
      empty: gist.trim() === "",
      region: regionOf(row),
      words: [
        main,
        sub,
        person,
        behalf(row.voice),
        row.voice.delegation ?? "",
        gist,
        book.draftOf(row.id, "document").value.text,
        ...marked.tags,
        ...marked.tags.map(tagName),
      ],
    };
  };

  const mates = computed(() => matesOf(store.here.value, store.me.value));
  return {
    app,
    store,
    book,
    rows,
    at,
    back: signal<string | null>(null),
    filter,
    over: signal<Over | null>(null),
    view: signal("record"),
    shown: computed(() => {
      const wanted = filter.value;
      if (!isFiltering(wanted)) return rows.value;
      return rows.value.filter(
        (each) => each.id === at.value || matches(each, factsOf(each), wanted),
      );
    }),
    choices: computed(() => {
      const { questions, tags = [] } = store.meeting.value;
      return [...questionChoices(questions), ...tagChoices(tags, questions.length)];
    }),
    mates,
    places: computed(() => byPlace(mates.value)),
    mayWrite: computed(
      () =>
        store.you.value.role === "rapporteur" &&
        store.meeting.value.state !== "archived",
    ),
    mayCorrect(row) {
      const { commands } = store.you.value;
      const open = store.meeting.value.state !== "archived";
      const named = store.segments.value.get(row.segment)?.attributed ?? true;
      return commands.includes("correct_row") && open && named && row.ended_at !== null;
    },
    markedOf,
  };
}

/** The regional group that a row is counted with; organisations have none. */
export function regionOf(row: Row): string {
  return roster.value.delegations[row.voice.delegation ?? ""]?.region ?? "";
}
