/** The rows of the record: what was delivered, and who has the floor now. */
import type {
  FloorEntity,
  InterventionEntity,
  MeetingEntity,
} from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { phaseName } from "../lib/terms.ts";

export type Loss = MeetingEntity["losses"][number];

export interface Row {
  /** The intervention's id: a note hangs on it from the start of the clock on. */
  readonly id: string;
  /** Number in the record; for the one that speaks, the number it is about to have. */
  readonly n: number;
  readonly voice: InterventionEntity | FloorEntity;
  readonly segment: string;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly used_ms: number;
  readonly allotted_ms: number;
  readonly held_ms: number;
  readonly language: string;
  readonly confirmed: boolean;
  /** The first part of an intervention that goes on in another row, or the rest. */
  readonly part: "" | "returned" | "resumed";
  /** The row that it interrupted, and how deep it stands under it; 0 for none. */
  readonly over: string | null;
  readonly depth: number;
}

/** The same rows, each the same object as before where it says the same. */
export function steadied(rows: readonly Row[], before: readonly Row[]): readonly Row[] {
  const known = new Map(before.map((each) => [each.id, each]));
  return rows.map((row) => {
    const was = known.get(row.id);
    return was && same(was, row) ? was : row;
  });
}

function same(one: Row, other: Row): boolean {
  return (Object.keys(one) as (keyof Row)[]).every((key) => one[key] === other[key]);
}

/**
 * Delivered rows in the order of the record, whoever is on the floor last; each
 * interruption under the one that it interrupted. `fetched` is what the server keeps
 * beyond the few rows that come over the line; `stack` is the floor, its top first.
 */
export function rowsOf(
  fetched: ReadonlyMap<string, InterventionEntity>,
  live: ReadonlyMap<string, InterventionEntity>,
  stack: readonly FloorEntity[],
): readonly Row[] {
  const all = new Map([...fetched, ...live]);
  const delivered = [...all.values()]
    .filter((each) => each.n > 0)
    .sort((a, b) => a.n - b.n)
    .map(delivery);
  const last = delivered.at(-1)?.n ?? 0;
  const speaking = stack
    .filter((each) => each.started_at !== null && !all.has(each.id))
    .map((each, index) => onFloor(each, each.started_at ?? 0, last + index + 1));
  return nested([...delivered, ...speaking]);
}

/** Every row, each followed by those that interrupted it, in their order. */
function nested(rows: readonly Row[]): readonly Row[] {
  const known = new Set(rows.map((each) => each.id));
  const under = (parent: string | null, depth: number): readonly Row[] =>
    rows
      .filter(
        (each) => (each.over && known.has(each.over) ? each.over : null) === parent,
      )
      .flatMap((each) => [{ ...each, depth }, ...under(each.id, depth + 1)]);
  return under(null, 0);
}

/** The row of who speaks now, else the newest; where a rapporteur wants to be. */
export function currentRow(rows: readonly Row[]): Row | null {
  const speaking = rows.filter((each) => each.ended_at === null);
  const deepest = speaking.reduce<Row | null>(
    (found, each) => (found && found.depth >= each.depth ? found : each),
    null,
  );
  return (
    deepest ??
    rows.reduce<Row | null>(
      (found, each) => (found && found.n > each.n ? found : each),
      null,
    )
  );
}

function delivery(row: InterventionEntity): Row {
  const { id, n, segment, started_at, ended_at, used_ms, allotted_ms, language } = row;
  const returned = row.outcome === "returned";
  return {
    id,
    n,
    voice: row,
    segment,
    started_at,
    ended_at,
    used_ms,
    allotted_ms,
    held_ms: row.held_ms ?? 0,
    language,
    confirmed: !words(row) || (row.confirmed ?? true),
    part: returned ? "returned" : row.resume_of ? "resumed" : "",
    over: row.over,
    depth: 0,
  };
}

function onFloor(floor: FloorEntity, started_at: number, n: number): Row {
  return {
    id: floor.id,
    n,
    voice: floor,
    segment: floor.segment,
    started_at,
    ended_at: null,
    used_ms: floor.used_ms,
    allotted_ms: floor.allotted_ms,
    held_ms: 0,
    language: floor.language,
    confirmed: !words(floor) || (floor.confirmed ?? true),
    part: "",
    over: floor.over,
    depth: 0,
  };
}

/**
 * What a row stands under: its segment, and replies in rounds of their own. The chair's
 * remarks stay under what they were made in ("").
 */
export function headingOf(store: Store, row: Row): string {
  if (row.voice.kind === "chair") return "";
  const segment = store.segments.value.get(row.segment)?.title ?? "";
  const { kind, turn } = row.voice;
  if (kind !== "right_of_reply") return segment;
  return [segment, phaseName(turn > 1 ? "reply_2" : "reply_1")]
    .filter(Boolean)
    .join(" · ");
}

type HoldEntity = NonNullable<InterventionEntity["holds"]>[number];

/** How long a clock was held for each reason, in the order in which they came. */
export function heldBy(
  holds: readonly HoldEntity[],
): readonly { reason: HoldEntity["reason"]; ms: number }[] {
  const sums = new Map<HoldEntity["reason"], number>();
  for (const { reason, since, until } of holds) {
    sums.set(reason, (sums.get(reason) ?? 0) + until - since);
  }
  return [...sums].map(([reason, ms]) => ({ reason, ms }));
}

/**
 * What the server lost of its past, by the row before which it happened; after all rows
 * under "".
 */
export function lossesBefore(
  rows: readonly Row[],
  losses: readonly Loss[],
): ReadonlyMap<string, readonly Loss[]> {
  const found = new Map<string, readonly Loss[]>();
  for (const loss of losses) {
    const next = rows.find((each) => each.started_at > loss.at)?.id ?? "";
    found.set(next, [...(found.get(next) ?? []), loss]);
  }
  return found;
}

/** Numbers from 1 that the rows lack: rows to fetch, or null when all are here. */
export function missingFrom(rows: readonly Row[]): number | null {
  let expected = 1;
  for (const row of [...rows].sort((a, b) => a.n - b.n)) {
    if (row.n !== expected) return expected;
    expected += 1;
  }
  return null;
}

/** Whether there are words in it that somebody has to confirm. */
function words({ person, group_text }: Pick<FloorEntity, "person" | "group_text">) {
  return person !== null || group_text !== "";
}
