/** Marks of all rows on their way to the server: at once, in order, never lost. */
import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Commands } from "../lib/commands.ts";
import type { Keeping } from "./keeping.ts";
import {
  done,
  dropped,
  due,
  fieldsOf,
  type Mark,
  nameOf,
  open,
  sending,
  settled,
  undone,
  type Wish,
  type Wishes,
  wished,
  wishedAgain,
} from "./marks.ts";
import { type ByRow, noteOf } from "./notes.ts";

const AGAIN_MS = 5_000;
const LOOK_MS = 200;
/** What would be refused again. */
const FINAL: ReadonlySet<string> = new Set([
  "too_long",
  "empty",
  "no_such_entity",
  "not_permitted",
  "malformed",
]);
const NO_WISHES: Wishes = new Map();
/** Apart from the names of fields. */
const NAME = "marks ";

interface Refused {
  readonly row: string;
  readonly why: string;
}

export interface Marking {
  wishesOf(row: string): ReadonlySignal<Wishes>;
  mark(row: string, mark: Mark, on: boolean): void;
  /** Why the last mark could not stand, and on which row; null again at the next. */
  readonly refused: ReadonlySignal<Refused | null>;
  /** Rows with something that is not on the server. */
  readonly unsaved: ReadonlySignal<ReadonlySet<string>>;
}

export interface MarkingNeeds {
  readonly notes: ReadonlySignal<ByRow>;
  readonly send: Commands["send"];
  readonly keeping: Keeping;
  readonly saved: () => void;
  readonly losses?: ReadonlySignal<readonly unknown[]>;
}

export function createMarking(needs: MarkingNeeds): Marking {
  const { notes, send, keeping, saved, losses } = needs;
  const all = new Map<string, Signal<Wishes>>();
  /** What was pressed here last and stood, should the server lose it. */
  const stood = new Map<string, Map<string, Wish>>();
  const unsaved = signal<ReadonlySet<string>>(new Set());
  const refused = signal<Refused | null>(null);

  const of = (row: string): Signal<Wishes> => {
    const found = all.get(row) ?? signal(NO_WISHES);
    all.set(row, found);
    return found;
  };

  const change = (row: string, next: Wishes) => {
    const wishes = of(row);
    if (next === wishes.peek()) return;
    wishes.value = next;
    const left = [...next.values()].filter((each) => each.done === null);
    const entry = left.map(({ mark, on }) => ({ mark, on }));
    keeping.put(NAME + row, entry.length > 0 ? entry : null);
    if (open(next) === unsaved.peek().has(row)) return;
    const rows = new Set(unsaved.peek());
    if (open(next)) rows.add(row);
    else rows.delete(row);
    unsaved.value = rows;
  };

  const deliver = async (row: string) => {
    const those = due(of(row).peek());
    if (those.length === 0) return;
    change(row, sending(of(row).peek(), those));
    const note = noteOf(notes.peek(), row);
    const version = note?.version ?? 0;
    const final = await send(
      "note",
      { note: note?.id ?? null, intervention: row, ...fieldsOf(those), version },
      { quiet: true },
    );
    if (final.outcome === "ok") {
      const made = (final.result as { version?: number }).version ?? version + 1;
      const now = noteOf(notes.peek(), row)?.version ?? 0;
      const rowStood = stood.get(row) ?? new Map<string, Wish>();
      for (const each of those) {
        rowStood.set(nameOf(each.mark), { ...each, done: made });
      }
      stood.set(row, rowStood);
      change(row, settled(done(of(row).peek(), those, made), now));
      saved();
      void deliver(row);
      return;
    }
    if (final.outcome === "no" && FINAL.has(final.code)) {
      change(row, dropped(of(row).peek(), those));
      refused.value = { row, why: final.message };
    } else {
      change(row, undone(of(row).peek(), those));
      const stale = final.outcome === "no" && final.code === "stale";
      await (stale ? newer(row, Number(final.current.version)) : sleep(AGAIN_MS));
    }
    void deliver(row);
  };

  /** The star was pressed elsewhere as well: the last press counts, on what is new. */
  const newer = (row: string, version: number) =>
    new Promise<void>((go) => {
      const until = Date.now() + AGAIN_MS;
      const look = () => {
        const now = noteOf(notes.peek(), row)?.version ?? 0;
        if (now >= version || Date.now() > until) go();
        else setTimeout(look, LOOK_MS);
      };
      setTimeout(look, LOOK_MS);
    });

  effect(() => {
    const present = notes.value;
    for (const [row, wishes] of all) {
      const now = noteOf(present, row);
      if (now) change(row, settled(wishes.peek(), now.version));
    }
  });
  effect(() => {
    if (!losses?.value.length) return;
    for (const [row, last] of stood) {
      const version = noteOf(notes.peek(), row)?.version ?? 0;
      change(row, wishedAgain(of(row).peek(), last, version));
      void deliver(row);
    }
  });
  for (const [name, entry] of keeping.found) {
    if (!name.startsWith(NAME) || !Array.isArray(entry)) continue;
    const row = name.slice(NAME.length);
    for (const { mark, on } of entry as Wish[]) {
      change(row, wished(of(row).peek(), mark, on));
    }
    void deliver(row);
  }

  return {
    wishesOf: of,
    refused,
    mark(row, mark, on) {
      refused.value = null;
      change(row, wished(of(row).peek(), mark, on));
      void deliver(row);
    },
    unsaved,
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
