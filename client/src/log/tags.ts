/** Tags and guiding questions, and the keys that give them. */
import { t } from "../lib/i18n.ts";
import type { Mark } from "./marks.ts";

/** A mark with a button of its own. */
export interface Choice {
  readonly mark: Mark;
  /** The key as it is pressed, small; "" where there is none left. */
  readonly key: string;
  readonly name: string;
  /** The whole of it, where the name is short. */
  readonly title: string;
}

const MOST_QUESTIONS = 9;

/** What the profile offers: `[tag, key]`. */
export type TagKeys = readonly (readonly unknown[])[];

export function questionChoices(questions: readonly string[]): readonly Choice[] {
  return questions.map((title, index) => ({
    mark: { is: "question", n: index + 1 },
    key: index < MOST_QUESTIONS ? String(index + 1) : "",
    name: t("Question {n}", { n: index + 1 }),
    title,
  }));
}

/** The profile's tags; a key that a question has is the question's. */
export function tagChoices(tags: TagKeys, questions: number): readonly Choice[] {
  const taken = (key: string) => /^[1-9]$/.test(key) && Number(key) <= questions;
  return tags.map(([tag, key]) => ({
    mark: { is: "tag", tag: String(tag) },
    key: taken(String(key)) ? "" : String(key).toLowerCase(),
    name: tagName(String(tag)),
    title: "",
  }));
}

/** A tag as it is read: the usual ones in the reader's words, others as typed. */
export function tagName(tag: string): string {
  const usual: Record<string, string> = {
    supported: t("Supported"),
    opposed: t("Opposed"),
    "proposed amendment": t("Proposed amendment"),
    "asked for explanation": t("Asked for explanation"),
    "made a proposal": t("Made a proposal"),
    "announced a commitment": t("Announced a commitment"),
  };
  return usual[tag] ?? tag;
}
