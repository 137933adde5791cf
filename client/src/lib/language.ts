/** Which language this screen speaks, and its catalogue. */

import { computed, signal } from "@preact/signals";
import { type Plural, pluralRule } from "./plural.ts";

export interface Catalogue {
  /** Gettext's rule, "nplurals=6; plural=…". */
  readonly plural: string;
  /** Translations by English sentence; an array holds the forms of `tn`. */
  readonly messages: Readonly<Record<string, string | readonly string[]>>;
}

/** Languages that are complete, in their own words. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  en: "English",
  ar: "العربية",
};

const RIGHT_TO_LEFT = new Set(["ar"]);

interface Language {
  readonly code: string;
  readonly plural: Plural;
  readonly messages: Catalogue["messages"];
}

const ENGLISH: Language = {
  code: "en",
  plural: (n) => Number(n !== 1),
  messages: {},
};

/** What `t` reads; set by `speak`. */
export const language = signal<Language>(ENGLISH);

/** The language of this screen, "en". */
export const lang = computed(() => language.value.code);
export const dir = computed<"ltr" | "rtl">(() =>
  RIGHT_TO_LEFT.has(lang.value) ? "rtl" : "ltr",
);

/** Speaks `code` from now on. Without a catalogue the sentences stay English. */
export function speak(code: string, catalogue: Catalogue | null): void {
  language.value = catalogue
    ? { code, plural: pluralRule(catalogue.plural), messages: catalogue.messages }
    : { ...ENGLISH, code };
}

/** Fetches a catalogue. Throws if it cannot be had. */
export async function loadCatalogue(url: string): Promise<Catalogue> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`catalogue: ${answer.status}`);
  return (await answer.json()) as Catalogue;
}
