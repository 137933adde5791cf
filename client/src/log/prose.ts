/**
 * The record as the Journal prints it: who made statements, who spoke on a point of
 * order and how the Chair ruled, who replied. No times, nothing internal.
 */

import { journalText } from "../console/copy.ts";
import { listed } from "../console/journal.ts";
import { addressed } from "../lib/addressed.ts";
import { lang, t } from "../lib/i18n.ts";
import { address, spoken } from "../lib/names.ts";
import type { InterventionEntity } from "../lib/protocol.ts";
import { motionName } from "../lib/terms.ts";
import type { Row } from "./rows.ts";

export interface Section {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** Kinds whose speakers are told together, one sentence for those who follow. */
type Together =
  | "statements"
  | "replies"
  | "second_replies"
  | "explanations"
  | "answers";

/** The sections of the record in its order; `titleOf` names what a row stands under. */
export function prose(
  rows: readonly Row[],
  titleOf: (row: Row) => string,
): readonly Section[] {
  const sections: { title: string; sentences: string[] }[] = [];
  let run: InterventionEntity[] = [];
  const flush = () => {
    const text = told(run);
    run = [];
    if (text) sections.at(-1)?.sentences.push(text);
  };
  for (const row of rows) {
    if (row.ended_at === null || !("n" in row.voice)) continue;
    const { voice } = row;
    const before = sections.at(-1)?.title;
    const title = (row.depth === 0 && titleOf(row)) || (before ?? "");
    if (title !== before) {
      flush();
      sections.push({ title, sentences: [] });
    }
    const together = togetherOf(voice);
    const [first] = run;
    if (first && togetherOf(first) !== together) flush();
    if (together) run.push(voice);
    else sections.at(-1)?.sentences.push(...alone(voice));
  }
  flush();
  return sections.filter((each) => each.sentences.length > 0);
}

/** The whole as text, a section after the other. */
export function proseText(sections: readonly Section[]): string {
  return sections
    .map(({ title, sentences }) => [title, ...sentences].filter(Boolean).join("\n"))
    .join("\n\n");
}

function togetherOf({ kind, turn }: InterventionEntity): Together | null {
  switch (kind) {
    case "right_of_reply":
      return turn > 1 ? "second_replies" : "replies";
    case "explanation_of_vote":
      return "explanations";
    case "answer":
      return "answers";
    case "point_of_order":
    case "procedural_motion":
    case "response":
    case "technical":
    case "chair":
      return null;
    default:
      return "statements";
  }
}

function told(run: readonly InterventionEntity[]): string {
  const [first] = run;
  const together = first && togetherOf(first);
  if (!together) return "";
  if (together === "statements") return journalText(run);
  const who = allSaid(run);
  switch (together) {
    case "replies":
      return capital(t("{who} spoke in exercise of the right of reply.", { who }));
    case "second_replies":
      return capital(
        t("{who} spoke a second time in exercise of the right of reply.", { who }),
      );
    case "explanations":
      return capital(t("{who} spoke in explanation of vote.", { who }));
    case "answers":
      return capital(t("{who} responded to questions.", { who }));
  }
}

function alone(row: InterventionEntity): readonly string[] {
  const who = said(row);
  switch (row.kind) {
    case "point_of_order":
      return [capital(t("{who} spoke on a point of order.", { who })), ...ruling(row)];
    case "procedural_motion":
      return [capital(moved(row, who)), ...outcome(row)];
    case "response":
      return [capital(t("{who} responded.", { who }))];
    case "chair":
      return [t("The Chair made a statement.")];
    default:
      return [];
  }
}

function moved({ motion, side }: InterventionEntity, who: string): string {
  if (side === "for") return t("{who} spoke in favour of the motion.", { who });
  if (side === "against") return t("{who} spoke against the motion.", { who });
  return motion && motion !== "other"
    ? t("{who} moved {purpose}.", { who, purpose: motionName(motion) })
    : t("{who} made a motion.", { who });
}

function ruling({ ruling: ruled, appeal }: InterventionEntity): readonly string[] {
  if (ruled === null) return [];
  const sentences: Partial<Record<typeof ruled, string>> = {
    upheld: t("The Chair upheld the point of order."),
    not_upheld: t("The Chair did not uphold the point of order."),
    withdrawn: t("The point of order was withdrawn."),
    noted: t("The Chair took note of the point of order."),
  };
  const appealed =
    appeal === "ruling_stands"
      ? t("The ruling was appealed against and stands.")
      : t("The ruling was appealed against and overturned.");
  return [sentences[ruled] ?? "", appeal ? appealed : ""].filter(Boolean);
}

function outcome({ ruling: ruled, side }: InterventionEntity): readonly string[] {
  if (ruled === null || side !== null) return [];
  const sentences: Partial<Record<typeof ruled, string>> = {
    carried: t("The motion was carried."),
    lost: t("The motion was not carried."),
    withdrawn: t("The motion was withdrawn."),
  };
  const found = sentences[ruled];
  return found ? [found] : [];
}

/** "the representatives of A and B", and after them each of the others by its form. */
function allSaid(run: readonly InterventionEntity[]): string {
  const codes = [
    ...new Set(run.filter(represents).map((each) => each.delegation ?? "")),
  ];
  if (codes.length < 2) return listed([...new Set(run.map(said))]);
  const names = listed(codes.map(spoken));
  const others = new Set(run.filter((each) => !represents(each)).map(said));
  return listed([t("the representatives of {names}", { names }), ...others]);
}

/** Whether it is told as "the representative of …" and nothing more. */
function represents({ delegation, group, group_text }: InterventionEntity): boolean {
  const own = delegation !== null && !group && !group_text;
  return own && address(delegation) === "representative_of";
}

function said(row: InterventionEntity): string {
  return addressed<string>(row, { t, name: (text) => text });
}

/** A sentence begins with a capital, where the script has them. */
function capital(sentence: string): string {
  return sentence.charAt(0).toLocaleUpperCase(lang.value) + sentence.slice(1);
}
