/** The rows of the record: what was delivered, and who has the floor now. */
import type { FloorEntity, InterventionEntity } from "../lib/protocol.ts";

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
}

/**
 * Delivered rows in the order of the record, the present speaker last. `fetched` is
 * what the server keeps beyond the few rows that come over the line.
 */
export function rowsOf(
  fetched: ReadonlyMap<string, InterventionEntity>,
  live: ReadonlyMap<string, InterventionEntity>,
  floor: FloorEntity | null,
): readonly Row[] {
  const all = new Map([...fetched, ...live]);
  const delivered = [...all.values()]
    .filter((each) => each.n > 0)
    .sort((a, b) => a.n - b.n)
    .map(delivery);
  const last = delivered.at(-1)?.n ?? 0;
  if (!floor || floor.started_at === null || all.has(floor.id)) return delivered;
  return [...delivered, speaking(floor, floor.started_at, last + 1)];
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
  };
}

function speaking(floor: FloorEntity, started_at: number, n: number): Row {
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
  };
}

/** Numbers from 1 that the rows lack: rows to fetch, or null when all are here. */
export function missingFrom(rows: readonly Row[]): number | null {
  let expected = 1;
  for (const row of rows) {
    if (row.n !== expected) return expected;
    expected += 1;
  }
  return null;
}

/** Whether there are words in it that somebody has to confirm. */
function words({ person, group_text }: Pick<FloorEntity, "person" | "group_text">) {
  return person !== null || group_text !== "";
}
