/**
 * Why an entry stands where it stands, as a sentence. The server says codes, the most
 * decisive first; what they mean is written in `core/policies.py`.
 */

import { t } from "./i18n.ts";
import {
  kindName,
  type Motion,
  motionName,
  RANKS,
  type Rank,
  rankName,
  regionName,
  sideName,
  tierName,
} from "./terms.ts";

/** So many reasons make a sentence; what comes after them decided nothing. */
const MOST = 3;

/** "Its place: Member States come before others; in the order of arrival." or "". */
export function whySentence(codes: readonly string[]): string {
  const reasons = whyReasons(codes);
  return reasons === "" ? "" : t("Its place: {reasons}.", { reasons });
}

/** The reasons alone, for a column: "drawn by lot as number 3; …". */
export function whyReasons(codes: readonly string[]): string {
  const said = codes.map(reason).filter(Boolean).slice(0, MOST);
  if (said.length === 0) return "";
  return said.reduce((first, next) => t("{said}; {next}", { said: first, next }));
}

/** One code in words; "" for one that this screen does not know. */
export function reason(code: string): string {
  const [name = "", ...rest] = code.split(":");
  const plain = PLAIN[code] ?? PLAIN[name];
  if (plain && (rest.length === 0 || code in PLAIN)) return plain();
  return detailed(name, rest);
}

const PLAIN: Readonly<Record<string, () => string>> = {
  called: () => t("has been called"),
  pinned: () => t("placed by hand"),
  returned: () => t("comes back at a place that was kept"),
  told: () => t("told to be ready: the place is kept"),
  swapped: () => t("changed places by consent"),
  late: () => t("came after the list was closed"),
  spoken_before: () => t("has spoken already: after those who have not"),
  first_time: () => t("has not spoken yet: before those who have"),
  group: () => t("speaks for a group: groups come first"),
  "lot:later": () => t("asked after the draw"),
  "lot:waiting": () => t("the lots are still to be drawn"),
  "side:none": () => t("takes no side"),
  fixed: () => t("as in the programme"),
  manual: () => t("the order is made by hand"),
  arrival: () => t("in the order of arrival"),
};

function detailed(name: string, [first = "", second = ""]: readonly string[]): string {
  switch (name) {
    case "band":
      return t("by its kind: {kind}", { kind: kindName(first as never) ?? first });
    case "motion":
      return t("a motion {purpose}, by its precedence", {
        purpose: motionName(first as Motion) ?? first,
      });
    case "turn":
      return first === "2" ? t("a second reply") : t("a first reply");
    case "generation":
      return t("asked after the list was reopened");
    case "tier":
      return t("with the {tier}", { tier: tierName(first) });
    case "rank":
      return RANKS.includes(first as Rank)
        ? t("by the rank of the speaker: {rank}", { rank: rankName(first as Rank) })
        : t("by the rank of the speaker");
    case "region":
      return t("{region}: their turn in round {n}", {
        region: regionName(first),
        n: second,
      });
    case "round":
      return t("the turn of its regional group in round {n}", { n: first });
    case "lot":
      return t("drawn by lot as number {n}", { n: first });
    case "letter":
      return t("in alphabetical order, under {letter}", { letter: first });
    case "least":
      return t("by how often it has spoken: {n}", { n: first });
    case "side":
      return t("for and against in turn: {side}", {
        side: sideName(first as "for" | "against"),
      });
    default:
      return "";
  }
}
