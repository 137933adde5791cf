/**
 * The rapporteur's notes: kept while they are typed, sent when there is a pause, and
 * never lost. What is not on the server yet lies in this device's storage as well.
 */
import {
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import { read, write } from "../console/kept.ts";
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
  NONE,
  opened,
  overtaken,
  type Phase,
  phaseOf,
  type Saved,
  sending,
  typed,
} from "./draft.ts";

/** A pause in typing after which the note is sent. */
export const PAUSE_MS = 800;
/** After a failure it is tried again by itself. */
const AGAIN_MS = 5_000;

export interface Notebook {
  draftOf(intervention: string): ReadonlySignal<Draft>;
  type(intervention: string, text: string): void;
  /** Sends what is due now, without waiting for a pause. */
  settle(intervention: string): void;
  choose(intervention: string, which: "mine" | "theirs" | "both"): void;
  /** How many notes stand in each phase. */
  readonly counts: ReadonlySignal<Readonly<Record<Phase, number>>>;
  /** The server's time of the last note that was saved; null before. */
  readonly savedAt: ReadonlySignal<number | null>;
}

export interface NotebookNeeds {
  readonly notes: ReadonlySignal<ReadonlyMap<string, NoteEntity>>;
  readonly send: Commands["send"];
  readonly now: () => number;
  /** Names the place in this device's storage. */
  readonly key: string;
}

interface Kept {
  readonly base: Saved;
  readonly text: string;
}

export function createNotebook({ notes, send, now, key }: NotebookNeeds): Notebook {
  const all = signal<ReadonlyMap<string, Signal<Draft>>>(new Map());
  const savedAt = signal<number | null>(null);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const kept = parsed(read(key));

  const open = (id: string): Signal<Draft> => {
    const found = all.peek().get(id);
    if (found) return found;
    const mine = kept[id];
    const base = savedOf(notes.peek(), id);
    const fresh = mine ? arrived(opened(mine.base, mine.text), base) : opened(base);
    const draft = signal(fresh);
    all.value = new Map(all.peek()).set(id, draft);
    return draft;
  };

  const change = (id: string, next: Draft) => {
    open(id).value = next;
    keep();
  };

  const keep = () => {
    const unsaved = Object.fromEntries(
      [...all.peek()].flatMap(([id, draft]) => {
        const { base, text } = draft.peek();
        return phaseOf(draft.peek()) === "saved" ? [] : [[id, { base, text }]];
      }),
    );
    const none = Object.keys(unsaved).length === 0;
    write(key, none ? null : JSON.stringify(unsaved));
  };

  const later = (id: string, ms: number) => {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => settle(id), ms),
    );
  };

  const settle = (id: string) => {
    clearTimeout(timers.get(id));
    const what = due(open(id).peek());
    if (what) void deliver(id, what);
  };

  const deliver = async (id: string, what: Saved) => {
    change(id, sending(open(id).peek()));
    const { note, version, text } = what;
    const fields = { note, intervention: id, text, version };
    const final = await send("note", fields, { quiet: true });
    const draft = open(id).peek();
    if (final.outcome === "ok") {
      const made = final.result as { note?: string; version?: number };
      savedAt.value = now();
      change(
        id,
        accepted(draft, {
          note: made.note ?? note,
          text,
          version: made.version ?? version + 1,
        }),
      );
      if (due(open(id).peek())) later(id, PAUSE_MS);
      return;
    }
    if (final.outcome === "no" && final.code === "stale") {
      const { note: known, text: theirs, version: newer } = final.current;
      change(
        id,
        overtaken(draft, {
          note: typeof known === "string" ? known : note,
          text: String(theirs ?? ""),
          version: Number(newer ?? version + 1),
        }),
      );
      return;
    }
    const why = final.outcome === "no" ? final.message : t("Not sent yet.");
    change(id, failed(draft, why));
    later(id, AGAIN_MS);
  };

  // The others' notes arrive by the line: whoever is not writing there follows.
  effect(() => {
    const present = notes.value;
    for (const [id, draft] of all.peek()) {
      const next = arrived(draft.peek(), savedOf(present, id));
      if (next !== draft.peek()) draft.value = next;
    }
  });
  for (const id of Object.keys(kept)) {
    open(id);
    later(id, PAUSE_MS);
  }

  return {
    draftOf: open,
    type(id, text) {
      change(id, typed(open(id).peek(), text));
      later(id, PAUSE_MS);
    },
    settle,
    choose(id, which) {
      change(id, chosen(open(id).peek(), which));
      settle(id);
    },
    counts: computed(() => {
      const counts = { saved: 0, unsaved: 0, saving: 0, conflict: 0, failed: 0 };
      for (const draft of all.value.values()) counts[phaseOf(draft.value)] += 1;
      return counts;
    }),
    savedAt,
  };
}

/** The rapporteurs' note on an intervention; the first, should there be several. */
export function savedOf(notes: ReadonlyMap<string, NoteEntity>, id: string): Saved {
  const first = recordNotes(notes, id)[0];
  if (!first) return NONE;
  return { note: first.id, text: first.text, version: first.version };
}

export function recordNotes(
  notes: ReadonlyMap<string, NoteEntity>,
  id: string,
): readonly NoteEntity[] {
  return onRecord(notes, id).filter((each) => !isCorrection(each));
}

/** What a delegation, or an operator for it, corrected afterwards; nobody edits it. */
export function corrections(
  notes: ReadonlyMap<string, NoteEntity>,
  id: string,
): readonly NoteEntity[] {
  return onRecord(notes, id).filter(isCorrection);
}

function isCorrection(note: NoteEntity): boolean {
  return note.correction;
}

function onRecord(
  notes: ReadonlyMap<string, NoteEntity>,
  id: string,
): readonly NoteEntity[] {
  return [...notes.values()]
    .filter((each) => each.intervention === id && each.scope === "record")
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function parsed(text: string | null): Readonly<Record<string, Kept>> {
  try {
    return text ? (JSON.parse(text) as Record<string, Kept>) : {};
  } catch {
    return {};
  }
}
