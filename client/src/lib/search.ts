/** The search in the roster: by words, aliases and codes, forgiving a little. */

import { computed } from "@preact/signals";
import { lang } from "./language.ts";
import { fold, type Roster, roster } from "./roster.ts";

/** How a hit was found, best first. */
export type Via = "exact" | "name" | "alias" | "typo";

export interface Hit {
  /** Code of the delegation; "" where a group alone was found. */
  readonly code: string;
  /** Code of the group, for a hit on a group. */
  readonly group?: string;
  readonly via: Via;
  /** Whether Enter may take it unread: not one of several that are easily confused. */
  readonly sure: boolean;
}

interface Indexed {
  readonly code: string;
  readonly group?: string;
  readonly names: readonly string[][];
  readonly aliases: readonly string[][];
  readonly sort: string;
  readonly confusable: boolean;
}

const TYPO_FROM = 4;
const RANK: Readonly<Record<Via, number>> = { exact: 0, name: 1, alias: 2, typo: 3 };

const index = computed<readonly Indexed[]>(() => indexOf(roster.value, lang.value));

function words(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function indexOf(from: Roster, language: string): Indexed[] {
  const spell = (names: Readonly<Record<string, string>>) =>
    [...new Set([names[language], names.en])].flatMap((name) =>
      name ? [words(name)] : [],
    );
  const delegations = Object.values(from.delegations).map((each) => ({
    code: each.code,
    names: spell(each.names),
    aliases: [each.code, each.plate, ...each.aliases].map(words),
    sort: each.sort?.[language] ?? each.names[language] ?? each.plate,
    confusable: each.confusable !== "",
  }));
  const groups = Object.values(from.groups).map((each) => ({
    code: "",
    group: each.code,
    names: spell(each.names),
    aliases: [each.code, ...each.aliases].map(words),
    sort: `~${each.code}`,
    confusable: false,
  }));
  return [...delegations, ...groups];
}

/** What `text` may mean, best first; nothing for nothing. */
export function search(text: string): readonly Hit[] {
  const asked = words(text);
  if (asked.length === 0) return [];
  return index.value
    .flatMap((entry) => {
      const via = found(entry, asked);
      return via ? [{ entry, via }] : [];
    })
    .sort(
      (a, b) =>
        RANK[a.via] - RANK[b.via] ||
        Number(startsWith(b.entry, asked)) - Number(startsWith(a.entry, asked)) ||
        (a.entry.sort < b.entry.sort ? -1 : 1),
    )
    .map(({ entry, via }) => ({
      code: entry.code,
      ...(entry.group === undefined ? {} : { group: entry.group }),
      via,
      sure: via === "exact" || (via !== "typo" && !entry.confusable),
    }));
}

function found(entry: Indexed, asked: readonly string[]): Via | null {
  const spellings = [...entry.names, ...entry.aliases];
  if (spellings.some((each) => same(each, asked))) return "exact";
  if (entry.names.some((each) => covers(each, asked, isPrefix))) return "name";
  if (entry.aliases.some((each) => covers(each, asked, isPrefix))) return "alias";
  if (entry.names.some((each) => covers(each, asked, isNearPrefix))) return "typo";
  return null;
}

function startsWith(entry: Indexed, asked: readonly string[]): boolean {
  return entry.names.some((name) => (name[0] ?? "").startsWith(asked[0] ?? ""));
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, i) => word === other[i]);
}

/** Whether each word asked for begins some word of the name. */
function covers(
  name: readonly string[],
  asked: readonly string[],
  begins: (word: string, start: string) => boolean,
): boolean {
  return asked.every((start) => name.some((word) => begins(word, start)));
}

function isPrefix(word: string, start: string): boolean {
  return word.startsWith(start);
}

/** A prefix with one letter wrong, missing, too many or swapped. */
function isNearPrefix(word: string, start: string): boolean {
  if (isPrefix(word, start)) return true;
  if (start.length < TYPO_FROM || word[0] !== start[0]) return false;
  return [0, 1, -1].some((d) => oneApart(word.slice(0, start.length + d), start));
}

function oneApart(a: string, b: string): boolean {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  const rest = (skipA: number, skipB: number) =>
    a.slice(i + skipA) === b.slice(i + skipB);
  const swapped = a[i] === b[i + 1] && a[i + 1] === b[i] && rest(2, 2);
  return rest(1, 1) || rest(1, 0) || rest(0, 1) || swapped;
}
