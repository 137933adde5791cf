/**
 * The stock phrases of the back-channel among chair, operators and desk. A code crosses
 * the wire and each screen says it in its own language; where a phrase is about a
 * delegation the line names it.
 */

import { t } from "./i18n.ts";
import type { MessageEntity } from "./protocol.ts";

/** The codes that the server knows (`core/channel.py`). */
export type PhraseCode =
  | "yes"
  | "no"
  | "thanks"
  | "wait"
  | "go_on"
  | "call_next"
  | "who_is_next"
  | "give_floor"
  | "please_conclude"
  | "extend_time"
  | "limit"
  | "close_list"
  | "suspend_soon"
  | "point_of_order_seen"
  | "next_is_ready"
  | "next_not_ready"
  | "not_connected"
  | "no_sound"
  | "poor_sound"
  | "speak_slower"
  | "no_interpretation"
  | "interpretation_back"
  | "text_received"
  | "text_missing"
  | "play_recording"
  | "we_look"
  | "solved";

const FROM_CHAIR = [
  "wait",
  "go_on",
  "call_next",
  "who_is_next",
  "please_conclude",
  "extend_time",
  "limit",
  "close_list",
  "suspend_soon",
  "point_of_order_seen",
] as const satisfies readonly PhraseCode[];

const FROM_DESK = [
  "next_is_ready",
  "next_not_ready",
  "not_connected",
  "no_sound",
  "poor_sound",
  "speak_slower",
  "no_interpretation",
  "interpretation_back",
  "text_received",
  "text_missing",
  "play_recording",
  "we_look",
  "solved",
] as const satisfies readonly PhraseCode[];

const FROM_ALL = ["yes", "no", "thanks"] as const satisfies readonly PhraseCode[];

/** Which phrases a role is offered, what belongs to it first. */
export const PHRASES: Readonly<Record<string, readonly PhraseCode[]>> = {
  chair: [...FROM_CHAIR, ...FROM_ALL],
  moderator: [...FROM_ALL, "wait", "go_on", ...FROM_DESK],
  desk: [...FROM_DESK, ...FROM_ALL, "wait", "go_on"],
};

export function phraseText(code: string): string {
  const phrases: Record<PhraseCode, string> = {
    yes: t("Yes."),
    no: t("No"),
    thanks: t("Thank you."),
    wait: t("Please wait a moment."),
    go_on: t("We can go on."),
    call_next: t("Please call the next speaker."),
    who_is_next: t("Who is next?"),
    give_floor: t("Please give the floor to this delegation."),
    please_conclude: t("The speaker should conclude."),
    extend_time: t("The speaker may have more time."),
    limit: t("The time limit should be shorter."),
    close_list: t("The list should be closed."),
    suspend_soon: t("The meeting should be suspended soon."),
    point_of_order_seen: t("The point of order was seen; it is next."),
    next_is_ready: t("The next speaker is ready."),
    next_not_ready: t("The next speaker is not ready."),
    not_connected: t("The next speaker is not connected."),
    no_sound: t("There is no sound."),
    poor_sound: t("The sound is poor."),
    speak_slower: t("The speaker should speak slower, for the interpreters."),
    no_interpretation: t("There is no interpretation."),
    interpretation_back: t("The interpretation is back."),
    text_received: t("The text was received."),
    text_missing: t("The text is missing."),
    play_recording: t("Please play the recording."),
    we_look: t("We are looking into it."),
    solved: t("It is solved."),
  };
  return phrases[code as PhraseCode] ?? code;
}

/** What a line says: its phrase in the reader's language, or what was typed. */
export function messageText({ phrase, text }: MessageEntity): string {
  return [phrase && phraseText(phrase), text].filter(Boolean).join(" ");
}

export function roleName(role: MessageEntity["role"]): string {
  const names: Record<MessageEntity["role"], string> = {
    chair: t("Chair"),
    moderator: t("Secretary"),
    desk: t("Technical desk"),
    rapporteur: t("Rapporteur"),
    delegate: t("Delegate"),
    viewer: t("Viewer"),
    display: t("Display"),
  };
  return names[role];
}
