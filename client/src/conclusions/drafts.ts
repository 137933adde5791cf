/**
 * What is typed into conclusions: kept on this device while it is typed, sent when there
 * is a pause, never written over what somebody else has changed. New ones are typed in a
 * place of their own under each heading and are sent by their button.
 */
import {
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import type { Commands, Final } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import {
  accepted,
  arrived,
  chosen,
  type Draft,
  due,
  failed,
  type Kept,
  NONE,
  opened,
  overtaken,
  phaseOf,
  resumed,
  type Saved,
  sending,
  typed,
  wentBack,
} from "../log/draft.ts";
import { createKeeping } from "../log/keeping.ts";
import { type Conclusions, type Heading, keyOf } from "./order.ts";

/** A pause in typing after which the text is sent. */
export const PAUSE_MS = 800;
const AGAIN_MS = 5_000;

export interface Drafts {
  draftOf(conclusion: string): ReadonlySignal<Draft>;
  type(conclusion: string, text: string): void;
  /** Sends what is due now, without waiting for a pause. */
  settle(conclusion: string): void;
  choose(conclusion: string, which: "mine" | "theirs" | "both"): void;
  /** Goes back to what the server has. */
  forget(conclusion: string): void;
  /** The text of a new one under a heading; it may be written to. */
  freshOf(heading: Heading): Signal<string>;
  typeFresh(heading: Heading, text: string): void;
  /** Draws the new one; its text goes once it is on the server. */
  draw(heading: Heading): Promise<Final | null>;
  /** How many are not on the server as they stand here. */
  readonly open: ReadonlySignal<number>;
}

export interface DraftsNeeds {
  readonly conclusions: ReadonlySignal<Conclusions>;
  readonly send: Commands["send"];
  /** Changes when the server has lost something. */
  readonly losses?: ReadonlySignal<readonly unknown[]>;
  /** Names the place in this device's storage. */
  readonly key: string;
}

interface Place {
  readonly id: string;
  /** Where it stands, for what is left of it should somebody drop it. */
  heading: Heading | null;
  readonly draft: Signal<Draft>;
}

export function createDrafts(needs: DraftsNeeds): Drafts {
  const { conclusions, send, losses } = needs;
  const keeping = createKeeping(needs.key);
  const places = new Map<string, Place>();
  const fresh = new Map<string, Signal<string>>();
  const count = signal(0);
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const savedOf = (id: string): Saved => {
    const known = conclusions.peek().get(id);
    return known ? { note: id, text: known.text, version: known.version ?? 1 } : NONE;
  };

  const open = (id: string): Place => {
    const found = places.get(id);
    if (found) return found;
    const kept = keeping.found.get(`text ${id}`);
    const base = savedOf(id);
    const draft = signal(isKept(kept) ? resumed(kept, base) : opened(base));
    const place: Place = { id, heading: headingOf(conclusions.peek(), id), draft };
    places.set(id, place);
    count.value = places.size + fresh.size;
    return place;
  };

  const change = (place: Place, next: Draft) => {
    if (next === place.draft.peek()) return;
    place.draft.value = next;
    const { base, text, sent } = next;
    const entry = phaseOf(next) === "saved" ? null : { base, text, sent };
    keeping.put(`text ${place.id}`, entry);
  };

  const later = (place: Place, ms: number) => {
    clearTimeout(timers.get(place.id));
    timers.set(
      place.id,
      setTimeout(() => settle(place), ms),
    );
  };

  const settle = (place: Place) => {
    clearTimeout(timers.get(place.id));
    const what = due(place.draft.peek());
    if (what?.text.trim()) void deliver(place, what);
  };

  const deliver = async (place: Place, { text, version }: Saved) => {
    const { id, draft } = place;
    change(place, sending(draft.peek()));
    const fields = { conclusion: id, text, version };
    const final = await send("write_conclusion", fields, { quiet: true });
    if (final.outcome === "ok") {
      const made = final.result as { version?: number };
      const saved = { note: id, text, version: made.version ?? version + 1 };
      change(place, accepted(draft.peek(), saved));
      if (due(draft.peek())) later(place, PAUSE_MS);
    } else if (final.outcome === "no" && final.code === "stale") {
      const { text: theirs, version: newer } = final.current;
      const saved = {
        note: id,
        text: String(theirs ?? ""),
        version: Number(newer ?? version + 1),
      };
      change(place, overtaken(draft.peek(), saved));
    } else if (final.outcome === "no") {
      // fixed meanwhile, or gone: it is for the person to say what becomes of the text
      change(place, failed(draft.peek(), final.message));
    } else {
      change(place, failed(draft.peek(), t("Not sent yet.")));
      later(place, AGAIN_MS);
    }
  };

  const freshOf = (heading: Heading): Signal<string> => {
    const key = keyOf(heading);
    const found = fresh.get(key);
    if (found) return found;
    const kept = keeping.found.get(`new ${key}`);
    const text = signal(typeof kept === "string" ? kept : "");
    fresh.set(key, text);
    count.value = places.size + fresh.size;
    return text;
  };

  const typeFresh = (heading: Heading, text: string) => {
    freshOf(heading).value = text;
    keeping.put(`new ${keyOf(heading)}`, text || null);
  };

  effect(() => {
    const present = conclusions.value;
    for (const place of places.values()) {
      const known = present.get(place.id);
      if (known) {
        const { text, version = 1 } = known;
        place.heading = headingOf(present, place.id);
        change(place, arrived(place.draft.peek(), { note: place.id, text, version }));
      } else if (place.heading && phaseOf(place.draft.peek()) !== "saved") {
        // dropped by somebody else: what was typed here is not lost with it
        const before = freshOf(place.heading).peek();
        const mine = place.draft.peek().text;
        typeFresh(place.heading, before ? `${before}\n${mine}` : mine);
        change(place, opened({ ...place.draft.peek().base, text: mine }));
      }
    }
  });
  effect(() => {
    if (!losses?.value.length) return;
    for (const place of places.values()) {
      const next = wentBack(place.draft.peek(), savedOf(place.id));
      if (next === place.draft.peek()) continue;
      change(place, next);
      later(place, PAUSE_MS);
    }
  });
  for (const name of keeping.found.keys()) {
    const [kind = "", id = ""] = name.split(" ");
    if (kind !== "text" || !conclusions.peek().has(id)) continue;
    const place = open(id);
    if (phaseOf(place.draft.peek()) === "saved") keeping.put(name, null);
    else later(place, PAUSE_MS);
  }

  return {
    draftOf: (id) => open(id).draft,
    type(id, text) {
      const place = open(id);
      change(place, typed(place.draft.peek(), text));
      later(place, PAUSE_MS);
    },
    settle: (id) => settle(open(id)),
    choose(id, which) {
      const place = open(id);
      change(place, chosen(place.draft.peek(), which));
      settle(place);
    },
    forget(id) {
      const place = open(id);
      clearTimeout(timers.get(id));
      change(place, opened(savedOf(id)));
    },
    freshOf,
    typeFresh,
    async draw(heading) {
      const text = freshOf(heading).peek().trim();
      if (!text) return null;
      const { segment, question } = heading;
      const under = { segment, question };
      const final = await send("write_conclusion", { under, text }, { quiet: true });
      const now = freshOf(heading).peek();
      if (final.outcome === "ok") typeFresh(heading, now.trim() === text ? "" : now);
      return final;
    },
    open: computed(() => {
      void count.value;
      const texts = [...places.values()].filter(
        (each) => phaseOf(each.draft.value) !== "saved",
      ).length;
      return texts + [...fresh.values()].filter((each) => each.value.trim()).length;
    }),
  };
}

function headingOf(conclusions: Conclusions, id: string): Heading | null {
  const known = conclusions.get(id);
  return known ? { segment: known.segment, question: known.question } : null;
}

function isKept(entry: unknown): entry is Kept {
  const kept = entry as Partial<Kept> | null | undefined;
  return typeof kept?.text === "string" && typeof kept.base?.version === "number";
}
