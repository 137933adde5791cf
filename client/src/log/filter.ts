/** Which rows are shown. Pure: what a row is found by comes in as words. */
import { fold } from "../lib/names.ts";
import type { Marked } from "./marks.ts";
import type { Row } from "./rows.ts";

export interface Filter {
  readonly words: string;
  readonly delegation: string;
  /** A group by its code or, with "region:" before it, a regional group. */
  readonly group: string;
  /** 0 for any. */
  readonly question: number;
  readonly tag: string;
  readonly state: "" | "follow_up" | "empty";
}

export const ALL: Filter = {
  words: "",
  delegation: "",
  group: "",
  question: 0,
  tag: "",
  state: "",
};

/** What is known of a row beside the row itself. */
export interface Facts {
  readonly marked: Marked;
  /** Whether nobody has written what was said. */
  readonly empty: boolean;
  /** Everything in it that can be read. */
  readonly words: readonly string[];
  readonly region: string;
}

export function isFiltering(filter: Filter): boolean {
  return (Object.keys(ALL) as (keyof Filter)[]).some(
    (name) => filter[name] !== ALL[name],
  );
}

export function matches(row: Row, facts: Facts, filter: Filter): boolean {
  const { voice } = row;
  const { marked } = facts;
  if (filter.delegation && voice.delegation !== filter.delegation) return false;
  if (filter.group && !ofGroup(row, facts.region, filter.group)) return false;
  if (filter.question && !marked.questions.includes(filter.question)) return false;
  if (filter.tag && !marked.tags.includes(filter.tag)) return false;
  if (filter.state === "follow_up" && !marked.follow_up) return false;
  if (filter.state === "empty" && !facts.empty) return false;
  return found(facts.words, filter.words);
}

function ofGroup({ voice }: Row, region: string, group: string): boolean {
  if (group.startsWith("region:")) return group === `region:${region}`;
  return voice.group === group || voice.group_text === group;
}

/** Whether every word that was typed begins some word of the row. */
function found(texts: readonly string[], words: string): boolean {
  const asked = split(words);
  if (asked.length === 0) return true;
  const all = texts.flatMap(split);
  return asked.every((start) => all.some((word) => word.startsWith(start)));
}

function split(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}/.-]+/u)
    .filter(Boolean);
}
