/** Who has spoken how often and how long; for rapporteurs and operators only. */
import type { Row } from "./rows.ts";

export interface Total {
  readonly key: string;
  readonly times: number;
  readonly spoken_ms: number;
}

/** What counts as an intervention: not the programme, nor answers and introductions. */
const COUNTED: ReadonlySet<string> = new Set([
  "statement",
  "group_statement",
  "question",
  "explanation_of_vote",
]);

/**
 * Adds rows up under the key that `keyOf` gives, most spoken first; "" is left out.
 * The first part of an intervention that returned adds its time and no time more.
 */
export function totals(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): readonly Total[] {
  const found = new Map<string, { times: number; spoken_ms: number }>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === "" || row.ended_at === null || !COUNTED.has(row.voice.kind)) continue;
    const sum = found.get(key) ?? { times: 0, spoken_ms: 0 };
    sum.times += row.part === "returned" ? 0 : 1;
    sum.spoken_ms += row.used_ms;
    found.set(key, sum);
  }
  return [...found]
    .map(([key, sum]) => ({ key, ...sum }))
    .sort((a, b) => b.spoken_ms - a.spoken_ms);
}
