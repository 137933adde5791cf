/** Words that a key puts into a note where the cursor stands. */
import { t } from "../lib/i18n.ts";

export interface Token {
  readonly id: string;
  /** The key with Alt, as it is shown. */
  readonly key: string;
  readonly name: string;
  readonly text: string;
}

const MOST_QUESTIONS = 9;

export function tokens(questions: number): readonly Token[] {
  const word = (id: string, key: string, name: string): Token => ({
    id,
    key,
    name,
    text: `[${name}] `,
  });
  const asked = Array.from({ length: Math.min(questions, MOST_QUESTIONS) }, (_, i) =>
    word(`q${i + 1}`, String(i + 1), t("Question {n}", { n: i + 1 })),
  );
  return [
    ...asked,
    word("supported", "S", t("Supported")),
    word("opposed", "O", t("Opposed")),
    word("proposed", "P", t("Proposed")),
    word("asked", "A", t("Asked")),
    word("follow_up", "F", t("Follow-up")),
  ];
}

/** The token of Alt and a key; by the key's place, for Alt changes what it types. */
export function tokenOf(
  event: { readonly altKey: boolean; readonly ctrlKey: boolean; readonly code: string },
  among: readonly Token[],
): Token | null {
  if (!event.altKey || event.ctrlKey) return null;
  const key = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  return among.find((each) => each.key === key) ?? null;
}

/** `text` with `word` put in place of what is selected, and where the cursor goes. */
export function inserted(
  text: string,
  from: number,
  to: number,
  word: string,
): { readonly text: string; readonly caret: number } {
  const before = text.slice(0, from);
  const gap = before === "" || /\s$/.test(before) ? "" : " ";
  const put = `${gap}${word}`;
  return { text: before + put + text.slice(to), caret: from + put.length };
}
