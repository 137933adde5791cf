/** Conclusions as they are read: by segment and guiding question, each at its place. */
import type {
  ConclusionEntity,
  MeetingEntity,
  SegmentEntity,
} from "../lib/protocol.ts";

export type Conclusions = ReadonlyMap<string, ConclusionEntity>;
type Segments = ReadonlyMap<string, SegmentEntity>;

export interface Heading {
  readonly segment: string;
  /** The number of a guiding question; null for the segment as a whole. */
  readonly question: number | null;
}

export interface Section extends Heading {
  readonly key: string;
  /** The segment's title. */
  readonly title: string;
  /** The guiding question; "" for the segment as a whole. */
  readonly words: string;
  readonly conclusions: readonly ConclusionEntity[];
}

/** So long before the end the conclusions are handed over. */
const AHEAD_MS = 15 * 60_000;

export function keyOf({ segment, question }: Heading): string {
  return `${segment}.${question ?? 0}`;
}

/** Every heading there is, in the order of the programme. */
export function headings(segments: Segments): readonly Heading[] {
  return [...segments.values()].flatMap(({ id, questions }) =>
    [...questions, null].map((question) => ({ segment: id, question })),
  );
}

/**
 * The conclusions of one part, what was handed over or the addendum, under their
 * headings. `also` are headings to show though nothing stands there.
 */
export function sections(
  segments: Segments,
  questions: readonly string[],
  conclusions: Conclusions,
  addendum: boolean,
  also: (heading: Heading) => boolean = () => false,
): readonly Section[] {
  const own = [...conclusions.values()].filter((each) => each.addendum === addendum);
  const known = headings(segments);
  const keys = new Set(known.map(keyOf));
  // a question that its segment no longer has keeps what stands under it
  const others = own.filter((each) => !keys.has(keyOf(each)));
  const all = [
    ...known,
    ...new Map(others.map((each) => [keyOf(each), each])).values(),
  ];
  return all.flatMap(({ segment, question }) => {
    const heading = { segment, question };
    const key = keyOf(heading);
    const found = own.filter((each) => keyOf(each) === key);
    if (found.length === 0 && !also(heading)) return [];
    return {
      ...heading,
      key,
      title: segments.get(segment)?.title ?? "",
      words: question === null ? "" : (questions[question - 1] ?? ""),
      conclusions: found.sort((a, b) => a.place - b.place),
    };
  });
}

/** The guiding questions of the segment that has them; for the programme's other ones
 * nothing is shown before something stands there. */
export function isUsual(segments: Segments): (heading: Heading) => boolean {
  const first = new Map<number, string>();
  for (const { id, kind, questions } of segments.values()) {
    for (const n of questions) {
      if (kind === "discussion" || !first.has(n)) first.set(n, id);
    }
  }
  const plain = first.size === 0 ? wholeSegment(segments) : null;
  return ({ segment, question }) =>
    question === null ? segment === plain : first.get(question) === segment;
}

/** Where a programme has no guiding questions: the discussion as a whole. */
function wholeSegment(segments: Segments): string | null {
  const all = [...segments.values()];
  const found = all.find((each) => each.kind === "discussion") ?? all[0];
  return found?.id ?? null;
}

/** All of them in the order in which they are read out, the addendum last. */
export function inOrder(
  segments: Segments,
  conclusions: Conclusions,
): readonly ConclusionEntity[] {
  return [false, true].flatMap((addendum) =>
    sections(segments, [], conclusions, addendum).flatMap((each) => each.conclusions),
  );
}

/** When they are to be handed over; null where the meeting has no end yet. */
export function dueAt({ ends_at }: MeetingEntity): number | null {
  return ends_at === null ? null : ends_at - AHEAD_MS;
}
