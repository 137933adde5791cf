/** The sentences of the pad that depend on the state of a list. */

import { day, lang, t, time, tn } from "../lib/i18n.ts";
import type { EndedRequest, ListEntity, MeetingEntity } from "../lib/protocol.ts";

const MINUTE_MS = 60_000;

/** Why a list takes no request now; null if it does, a late one for the tray too. */
export function closedReason(
  list: ListEntity | null,
  zone: string,
  lateTray = false,
): string | null {
  if (list === null) return t("This meeting takes no requests for the floor");
  if (list.state === "closed" && lateTray) return null;
  if (list.state === "closed") {
    return list.closed_at === null
      ? t("The list is closed")
      : t("The list closed at {time}", { time: time(list.closed_at, zone) });
  }
  if (list.state === "not_open") {
    return list.opens_at === null
      ? t("The list is not open yet")
      : t("The list opens at {time}", { time: time(list.opens_at, zone) });
  }
  return null;
}

/** "The list is open and closes at 12:30. 6 delegations are on it." */
export function listSentence(list: ListEntity, zone: string): string {
  if (list.state === "lot_window") return lotSentence(list, zone);
  const open =
    list.state === "closing" && list.closes_at !== null
      ? t("The list is open and closes at {time}.", {
          time: time(list.closes_at, zone),
        })
      : t("The list is open.");
  const many =
    list.count === 0
      ? t("Nobody is on it yet.")
      : tn("One request is on it.", "{n} requests are on it.", list.count);
  return `${open} ${many}`;
}

/** "Places are drawn by lot at 10:15." */
export function lotSentence(list: ListEntity, zone: string): string {
  return list.lot_until === null
    ? t("Places are drawn by lot. It does not matter who asks first.")
    : t("Places are drawn by lot at {time}. It does not matter who asks first.", {
        time: time(list.lot_until, zone),
      });
}

/** "about 11 min" */
export function aboutMinutes(ms: number): string {
  const n = Math.max(1, Math.round(ms / MINUTE_MS));
  return tn("in about {n} minute", "in about {n} minutes", n);
}

/** What is to be done a few speakers before one's own turn (RULES 6). */
export function soonSentence(n: number): string {
  return tn(
    "In about {n} speaker: connect to the platform and test your sound.",
    "In about {n} speakers: connect to the platform and test your sound.",
    n,
  );
}

/** "4th" in English; a plain number elsewhere, the sentence around it says the rest. */
export function ordinal(n: number): string {
  if (lang.value !== "en") return String(n);
  const rule = new Intl.PluralRules("en", { type: "ordinal" }).select(n);
  const ending = { one: "st", two: "nd", few: "rd" }[rule as "one" | "two" | "few"];
  return `${n}${ending ?? "th"}`;
}

/** What became of the last request, in words. */
export function endedSentence(ended: EndedRequest, meeting: MeetingEntity): string {
  const { zone } = meeting;
  const at = time(ended.at, zone);
  switch (ended.how) {
    case "withdrawn_by_you":
      return t("You withdrew your request at {at}.", { at });
    case "removed":
      return t(
        "The secretariat took your request off the list at {at}. You may ask again.",
        { at },
      );
    case "contact_secretariat":
      return t("Please contact the secretariat about your request.");
    case "time_did_not_permit":
      return t("Time did not permit. Please contact the secretariat.");
    case "carried":
      return t(
        "Time did not permit. You are on the list of the next meeting on this item.",
      );
    case "written_only":
      return writtenSentence(meeting);
    case "declined": {
      const reason = ended.text || t("please ask the secretariat");
      return t("The secretariat could not take your request: {reason}", { reason });
    }
    case "heard":
      return heardSentence(ended.kind);
  }
}

/** A point of order is no statement: whoever raised one may still ask for the floor. */
function heardSentence(kind: EndedRequest["kind"]): string {
  switch (kind) {
    case "point_of_order":
      return t("Your point of order was heard.");
    case "procedural_motion":
      return t("Your motion was heard.");
    case "response":
      return t("Your response was heard.");
    case "right_of_reply":
      return t("Thank you. Your reply was heard.");
    case "question":
      return t("Thank you. Your question was heard.");
    default:
      return t("Thank you. Your statement was heard.");
  }
}

/** Until when a written statement is taken in place of one that was not heard. */
function writtenSentence({ written_until, zone }: MeetingEntity): string {
  return written_until === null
    ? t("Time did not permit. Please send your statement in writing.")
    : t("Time did not permit. Written statements are taken until {time}, {day}.", {
        time: time(written_until, zone),
        day: day(written_until, zone),
      });
}

/** Whether a delegation wished to speak and was not heard. */
export function isUnheard(ended: EndedRequest | null | undefined): boolean {
  return (
    ended?.how === "time_did_not_permit" ||
    ended?.how === "written_only" ||
    ended?.how === "carried"
  );
}
