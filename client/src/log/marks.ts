/**
 * Tags, guiding questions and the star of a row: pressed here, shown at once, and told
 * to the server. Pure. They are added and taken away one by one, so that nobody's press
 * undoes another's.
 */
import type { FieldsOf } from "../lib/protocol.ts";

export type Mark =
  | { readonly is: "tag"; readonly tag: string }
  | { readonly is: "question"; readonly n: number }
  | { readonly is: "star" };

/** What was pressed and is not yet known to stand on the server. */
export interface Wish {
  readonly mark: Mark;
  readonly on: boolean;
  /** Counts the presses of this mark: an answer is to one of them. */
  readonly press: number;
  readonly sent: boolean;
  /** The version of the note that has it; null before the answer. */
  readonly done: number | null;
}

export type Wishes = ReadonlyMap<string, Wish>;

/** How a row is marked, as this screen shows it. */
export interface Marked {
  readonly tags: readonly string[];
  readonly questions: readonly number[];
  readonly follow_up: boolean;
}

export const UNMARKED: Marked = { tags: [], questions: [], follow_up: false };

export function nameOf(mark: Mark): string {
  if (mark.is === "tag") return `tag ${mark.tag}`;
  return mark.is === "question" ? `question ${mark.n}` : "star";
}

export function has(marked: Marked, mark: Mark): boolean {
  if (mark.is === "tag") return marked.tags.includes(mark.tag);
  return mark.is === "question" ? marked.questions.includes(mark.n) : marked.follow_up;
}

/** What the server has, and over it what was pressed here. */
export function shown(note: Marked | null, wishes: Wishes): Marked {
  let { tags, questions, follow_up } = note ?? UNMARKED;
  for (const { mark, on } of wishes.values()) {
    if (mark.is === "tag") tags = put(tags, mark.tag, on);
    else if (mark.is === "question") {
      questions = [...put(questions, mark.n, on)].sort((a, b) => a - b);
    } else follow_up = on;
  }
  return { tags, questions, follow_up };
}

function put<T>(all: readonly T[], one: T, on: boolean): readonly T[] {
  if (all.includes(one) === on) return all;
  return on ? [...all, one] : all.filter((each) => each !== one);
}

export function wished(wishes: Wishes, mark: Mark, on: boolean): Wishes {
  const name = nameOf(mark);
  const press = (wishes.get(name)?.press ?? 0) + 1;
  return new Map(wishes).set(name, { mark, on, press, sent: false, done: null });
}

/** Whether something was pressed that no answer has come to. */
export function open(wishes: Wishes): boolean {
  return [...wishes.values()].some((each) => each.done === null);
}

/** The wishes that are to be sent now as one command; none while one is on its way. */
export function due(wishes: Wishes): readonly Wish[] {
  const all = [...wishes.values()].filter((each) => each.done === null);
  if (all.some((each) => each.sent)) return [];
  const star = all.filter((each) => each.mark.is === "star");
  const others = all.filter((each) => each.mark.is !== "star");
  // the star alone can be refused as stale: it must not take the others with it
  return others.length > 0 ? others : star;
}

/** What a command says of them. */
export function fieldsOf(wishes: readonly Wish[]): Partial<FieldsOf<"note">> {
  const star = wishes.find((each) => each.mark.is === "star");
  const pick = <T>(on: boolean, of: (mark: Mark) => T | null) =>
    wishes.flatMap((each) => (each.on === on ? (of(each.mark) ?? []) : [])) as T[];
  const tag = (mark: Mark) => (mark.is === "tag" ? mark.tag : null);
  const question = (mark: Mark) => (mark.is === "question" ? mark.n : null);
  const tags = { add: pick(true, tag), drop: pick(false, tag) };
  const questions = { add: pick(true, question), drop: pick(false, question) };
  return {
    ...(tags.add.length + tags.drop.length > 0 && { tags }),
    ...(questions.add.length + questions.drop.length > 0 && { questions }),
    ...(star && { follow_up: star.on }),
  };
}

export function sending(wishes: Wishes, those: readonly Wish[]): Wishes {
  return changed(wishes, those, (each) => ({ ...each, sent: true }));
}

/** They stand, as of `version`; until the note has come they go on being shown. */
export function done(wishes: Wishes, those: readonly Wish[], version: number): Wishes {
  return changed(wishes, those, (each) => ({ ...each, done: version }));
}

/** There was no such answer: they are due again. */
export function undone(wishes: Wishes, those: readonly Wish[]): Wishes {
  return changed(wishes, those, (each) => ({ ...each, sent: false }));
}

/** Only what was not pressed again in the meantime. */
function changed(
  wishes: Wishes,
  those: readonly Wish[],
  to: (wish: Wish) => Wish,
): Wishes {
  const next = new Map(wishes);
  for (const { mark, press } of those) {
    const now = next.get(nameOf(mark));
    if (now?.press === press) next.set(nameOf(mark), to(now));
  }
  return next;
}

/** What the note says by itself from `version` on needs no wish any more. */
export function settled(wishes: Wishes, version: number): Wishes {
  const left = [...wishes].filter(
    ([, each]) => each.done === null || each.done > version,
  );
  return left.length === wishes.size ? wishes : new Map(left);
}

/** They were refused for good: the row is as the server has it. */
export function dropped(wishes: Wishes, those: readonly Wish[]): Wishes {
  const gone = new Set(
    those
      .filter((each) => wishes.get(nameOf(each.mark))?.press === each.press)
      .map((each) => nameOf(each.mark)),
  );
  return new Map([...wishes].filter(([name]) => !gone.has(name)));
}

/** The server has lost what came after `version`: what `stood` since is due again. */
export function wishedAgain(wishes: Wishes, stood: Wishes, version: number): Wishes {
  return (
    [...stood.values()]
      .filter((each) => (each.done ?? 0) > version)
      // what was pressed since then is due in any case
      .filter((each) => wishes.get(nameOf(each.mark))?.done !== null)
      .reduce((all, { mark, on }) => wished(all, mark, on), wishes)
  );
}
