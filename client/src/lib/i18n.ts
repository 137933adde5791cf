/**
 * Sentences in the reader's language. English stands in the source and is the key.
 *
 * `t`, `tx` and `tn` are the words that the extraction of catalogues looks for; a
 * sentence is never put together from pieces.
 */

import { type ComponentChildren, createElement, Fragment, type VNode } from "preact";
import { language } from "./language.ts";

export { city, day, differs, ownZone, time, wall } from "./dates.ts";
export {
  type Catalogue,
  dir,
  LANGUAGES,
  lang,
  loadCatalogue,
  speak,
} from "./language.ts";

export type Params = Readonly<Record<string, string | number>>;

const HOLE = /\{(\w+)\}/g;

/** A sentence; `{name}` is filled from `params`, holes without a value stay. */
export function t(english: string, params?: Params): string {
  const found = language.value.messages[english];
  const sentence = typeof found === "string" && found ? found : english;
  return params ? filled(sentence, params) : sentence;
}

/** A sentence that depends on a number, which fills `{n}`. */
export function tn(one: string, many: string, n: number, params?: Params): string {
  const { messages, plural } = language.value;
  const found = messages[one];
  const form = typeof found === "object" ? found[plural(n)] : undefined;
  return filled(form || (n === 1 ? one : many), { n, ...params });
}

/** A sentence with elements in its holes, such as a name in bold. */
export function tx(
  english: string,
  parts: Readonly<Record<string, ComponentChildren>>,
): VNode {
  return fill(t(english), parts);
}

/** Items one after the other, with the comma of the reader's language. */
export function commas(items: readonly (string | false | null | undefined)[]): string {
  const said = items.filter((item): item is string => Boolean(item));
  return said.length === 0
    ? ""
    : said.reduce((first, next) => t("{first}, {next}", { first, next }));
}

/** Puts elements into the holes of a sentence that is translated already. */
export function fill(
  sentence: string,
  parts: Readonly<Record<string, ComponentChildren>>,
): VNode {
  const pieces = sentence
    .split(HOLE)
    .map((piece, index) =>
      index % 2 === 0 ? piece : piece in parts ? parts[piece] : `{${piece}}`,
    );
  return createElement(Fragment, null, ...pieces);
}

function filled(sentence: string, params: Params): string {
  return sentence.replace(HOLE, (hole, name: string) => {
    const value = params[name];
    return value === undefined ? hole : String(value);
  });
}
