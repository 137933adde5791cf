/**
 * The rapporteurs' notes: kept while they are typed, sent when there is a pause, and
 * never lost. Each field goes by itself, so that two who write in one row do not meet
 * unless they write the same field.
 */
import {
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import type { Commands } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import type { NoteEntity } from "../lib/protocol.ts";
import {
  accepted,
  arrived,
  chosen,
  type Draft,
  due,
  failed,
  type Kept,
  opened,
  overtaken,
  type Phase,
  phaseOf,
  resumed,
  type Saved,
  sending,
  typed,
  wentBack,
} from "./draft.ts";
import { createKeeping } from "./keeping.ts";
import { createMarking, type Marking } from "./marking.ts";
import { type ByRow, byRow, type Field, savedOf } from "./notes.ts";

/** A pause in typing after which the note is sent. */
export const PAUSE_MS = 800;
/** After a failure it is tried again by itself. */
const AGAIN_MS = 5_000;
/** Of a row that is in several phases the gravest counts. */
const GRAVE: readonly Phase[] = ["conflict", "failed", "saving", "unsaved", "saved"];

export interface Notebook extends Omit<Marking, "unsaved"> {
  draftOf(row: string, field?: Field): ReadonlySignal<Draft>;
  type(row: string, text: string, field?: Field): void;
  /** Sends what is due now, without waiting for a pause. */
  settle(row: string, field?: Field): void;
  choose(row: string, which: "mine" | "theirs" | "both", field?: Field): void;
  /** Notes of the record by row, as the server has them. */
  readonly notes: ReadonlySignal<ByRow>;
  /** How many rows stand in each phase. */
  readonly counts: ReadonlySignal<Readonly<Record<Phase, number>>>;
  /** The first row on which somebody else's text waits for a choice. */
  readonly undecided: ReadonlySignal<string | null>;
  /** The server's time of the last field that was saved; null before. */
  readonly savedAt: ReadonlySignal<number | null>;
  /** Whether this device keeps what is not saved. */
  readonly keeps: ReadonlySignal<boolean>;
}

export interface NotebookNeeds {
  readonly notes: ReadonlySignal<ReadonlyMap<string, NoteEntity>>;
  readonly send: Commands["send"];
  readonly now: () => number;
  /** Changes when the server has lost something. */
  readonly losses?: ReadonlySignal<readonly unknown[]>;
  /** Names the place in this device's storage. */
  readonly key: string;
}

interface Place {
  readonly row: string;
  readonly field: Field;
  readonly draft: Signal<Draft>;
}

export function createNotebook(needs: NotebookNeeds): Notebook {
  const { send, now, key, losses } = needs;
  const keeping = createKeeping(key);
  const places = new Map<string, Place>();
  const opens = signal(0);
  const savedAt = signal<number | null>(null);
  const timers = new Map<Place, ReturnType<typeof setTimeout>>();
  let before: ByRow = new Map();
  const notes = computed(() => {
    before = byRow(needs.notes.value, before);
    return before;
  });
  const marking = createMarking({
    notes,
    send,
    keeping,
    saved: () => {
      savedAt.value = now();
    },
    ...(losses && { losses }),
  });

  const open = (row: string, field: Field = "text"): Place => {
    const name = `${field} ${row}`;
    const found = places.get(name);
    if (found) return found;
    const kept = keeping.found.get(name);
    const base = savedOf(notes.peek(), row, field);
    const draft = signal(isKept(kept) ? resumed(kept, base) : opened(base));
    const place = { row, field, draft };
    places.set(name, place);
    opens.value = opens.peek() + 1;
    return place;
  };

  const change = (place: Place, next: Draft) => {
    const { row, field, draft } = place;
    if (next === draft.peek()) return;
    draft.value = next;
    const { base, text, sent } = next;
    const entry = phaseOf(next) === "saved" ? null : { base, text, sent };
    keeping.put(`${field} ${row}`, entry);
  };

  const later = (place: Place, ms: number) => {
    clearTimeout(timers.get(place));
    timers.set(
      place,
      setTimeout(() => settle(place), ms),
    );
  };

  const settle = (place: Place) => {
    clearTimeout(timers.get(place));
    const what = due(place.draft.peek());
    if (what) void deliver(place, what);
  };

  const deliver = async (place: Place, what: Saved) => {
    const { row, field, draft } = place;
    change(place, sending(draft.peek()));
    const { note, version, text } = what;
    const fields = { note, intervention: row, [field]: text, version };
    const final = await send("note", fields, { quiet: true });
    if (final.outcome === "ok") {
      const made = final.result as { note?: string; version?: number };
      savedAt.value = now();
      const saved = {
        note: made.note ?? note,
        text,
        version: made.version ?? version + 1,
      };
      change(place, accepted(draft.peek(), saved));
      if (due(draft.peek())) later(place, PAUSE_MS);
      return;
    }
    if (final.outcome === "no" && final.code === "stale") {
      const { note: known, [field]: theirs, version: newer } = final.current;
      const saved = {
        note: typeof known === "string" ? known : note,
        text: String(theirs ?? ""),
        version: Number(newer ?? version + 1),
      };
      change(place, overtaken(draft.peek(), saved));
      return;
    }
    const why = final.outcome === "no" ? final.message : t("Not sent yet.");
    change(place, failed(draft.peek(), why));
    later(place, AGAIN_MS);
  };

  // The others' notes arrive by the line: whoever is not writing there follows.
  effect(() => {
    const present = notes.value;
    for (const place of places.values()) {
      const saved = savedOf(present, place.row, place.field);
      change(place, arrived(place.draft.peek(), saved));
    }
  });
  effect(() => {
    if (!losses?.value.length) return;
    const present = notes.peek();
    for (const place of places.values()) {
      const { row, field, draft } = place;
      const next = wentBack(draft.peek(), savedOf(present, row, field));
      if (next === draft.peek()) continue;
      change(place, next);
      later(place, PAUSE_MS);
    }
  });
  for (const name of keeping.found.keys()) {
    const [field = "", row = ""] = name.split(" ");
    if (field !== "text" && field !== "document") continue;
    const place = open(row, field);
    if (phaseOf(place.draft.peek()) === "saved") keeping.put(name, null);
    else later(place, PAUSE_MS);
  }

  return {
    draftOf: (row, field) => open(row, field).draft,
    type(row, text, field) {
      const place = open(row, field);
      change(place, typed(place.draft.peek(), text));
      later(place, PAUSE_MS);
    },
    settle: (row, field) => settle(open(row, field)),
    choose(row, which, field) {
      const place = open(row, field);
      change(place, chosen(place.draft.peek(), which));
      settle(place);
    },
    wishesOf: marking.wishesOf,
    mark: marking.mark,
    refused: marking.refused,
    notes,
    counts: computed(() => {
      const rows = new Map<string, Phase>();
      const count = (row: string, phase: Phase) => {
        const worst = rows.get(row) ?? "saved";
        rows.set(row, GRAVE.indexOf(phase) < GRAVE.indexOf(worst) ? phase : worst);
      };
      void opens.value;
      for (const { row, draft } of places.values()) count(row, phaseOf(draft.value));
      for (const row of marking.unsaved.value) count(row, "saving");
      const counts = { saved: 0, unsaved: 0, saving: 0, conflict: 0, failed: 0 };
      for (const phase of rows.values()) counts[phase] += 1;
      return counts;
    }),
    undecided: computed(() => {
      void opens.value;
      for (const { row, draft } of places.values()) {
        if (draft.value.theirs) return row;
      }
      return null;
    }),
    savedAt,
    keeps: keeping.works,
  };
}

function isKept(entry: unknown): entry is Kept {
  const kept = entry as Partial<Kept> | null | undefined;
  return typeof kept?.text === "string" && typeof kept.base?.version === "number";
}
