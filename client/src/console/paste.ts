/** A pasted list on its way to the list of speakers: what was recognised, what a person
 * chose, what is left out. Pure; nothing typed is lost whatever the server answers. */
import type { RequestEntity } from "../lib/protocol.ts";

type Kind = RequestEntity["kind"];
export type Channel = NonNullable<RequestEntity["channel"]>;

/** One line as the server recognised it. */
export interface Recognised {
  readonly line: number;
  readonly text: string;
  readonly delegation: string | null;
  readonly group: string | null;
  readonly group_text: string;
  readonly person: { readonly name: string; readonly title: string } | null;
  readonly kind: Kind;
  readonly sure: boolean;
  readonly alternatives: readonly string[];
}

export interface Row extends Recognised {
  /** A person looked at it and said so. */
  readonly confirmed: boolean;
  readonly left_out: boolean;
}

export type Standing = "recognised" | "unsure" | "unknown" | "left_out";

export interface Entry {
  readonly delegation?: string;
  readonly group?: string;
  readonly group_text?: string;
  readonly kind: Kind;
  readonly person?: { readonly name: string; readonly title: string };
  readonly channel: Channel;
}

export type Change =
  | { readonly do: "choose"; readonly line: number; readonly delegation: string }
  | { readonly do: "person"; readonly line: number; readonly kind: Kind }
  | { readonly do: "confirm"; readonly line: number }
  | { readonly do: "leave_out"; readonly line: number }
  | { readonly do: "put_back"; readonly line: number };

export function rowsOf(recognised: readonly Recognised[]): readonly Row[] {
  return recognised.map((each) => ({ ...each, confirmed: false, left_out: false }));
}

export function changed(rows: readonly Row[], change: Change): readonly Row[] {
  return rows.map((row) => (row.line === change.line ? applied(row, change) : row));
}

function applied(row: Row, change: Change): Row {
  switch (change.do) {
    case "choose":
      return { ...row, delegation: change.delegation, confirmed: true };
    case "person":
      return {
        ...row,
        delegation: null,
        kind: change.kind,
        person: row.person ?? { name: row.text.trim(), title: "" },
        confirmed: true,
      };
    case "confirm":
      return names(row) ? { ...row, confirmed: true } : row;
    case "leave_out":
      return { ...row, left_out: true };
    case "put_back":
      return { ...row, left_out: false };
  }
}

export function standing(row: Row): Standing {
  if (row.left_out) return "left_out";
  if (!names(row)) return "unknown";
  return row.sure || row.confirmed ? "recognised" : "unsure";
}

/** Whether the row says who: a delegation, a group, or a person chosen as such. */
function names(row: Row): boolean {
  if (row.delegation || row.group) return true;
  return row.person !== null && (row.sure || row.confirmed);
}

export function tally(rows: readonly Row[]): Readonly<Record<Standing, number>> {
  const counts = { recognised: 0, unsure: 0, unknown: 0, left_out: 0 };
  for (const row of rows) counts[standing(row)] += 1;
  return counts;
}

/** Everything can go in one command: each row is decided, and at least one goes. */
export function isReady(rows: readonly Row[]): boolean {
  const { recognised, unsure, unknown } = tally(rows);
  return recognised > 0 && unsure === 0 && unknown === 0;
}

/** The entries of the one `insert` command, in the order of the lines. */
export function entries(rows: readonly Row[], channel: Channel): readonly Entry[] {
  return rows
    .filter((row) => standing(row) === "recognised")
    .map((row) => ({
      ...(row.delegation && { delegation: row.delegation }),
      ...(row.group && { group: row.group }),
      ...(!row.group && row.group_text && { group_text: row.group_text }),
      ...(row.person && { person: row.person }),
      kind: row.kind,
      channel,
    }));
}
