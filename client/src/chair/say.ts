/** Sentences for the chair to say, with the form of address of the secretariat. */

import { addressed as formOf, type Words } from "../lib/addressed.ts";
import { t } from "../lib/i18n.ts";
import type { Voice } from "../lib/names.ts";
import type { FloorEntity, RequestEntity } from "../lib/protocol.ts";
import { motionName } from "../lib/terms.ts";

const PLAIN: Words<string> = { t, name: (text) => text };

/** Who is meant, as one says it: "the observer for the Holy See". */
export function addressed(voice: Voice): string {
  return formOf(voice, PLAIN);
}

/** Who is to be given the floor: a request, a call, or a voice alone. */
export type Next = Voice &
  Partial<Pick<RequestEntity, "motion" | "side" | "turn" | "media_ms" | "remaining">>;

export interface Moment {
  /** Who has just spoken, or speaks and is to be thanked. */
  readonly thanked: Voice | null;
  readonly next: Next | null;
  readonly after: Voice | null;
}

/** Whole sentences; "" where there is nobody to thank and nobody to call. */
export function toSay({ thanked, next, after }: Moment): string {
  return joined(
    thanked && t("I thank {thanked}.", { thanked: addressed(thanked) }),
    next && given(next, after),
  );
}

/** Sentences one after the other. */
export function joined(...sentences: readonly (string | null | false)[]): string {
  return sentences.filter(Boolean).join(" ");
}

/** "I now give the floor to the representative of X, to be followed by …" */
export function given(next: Next, after: Voice | null): string {
  const params = { next: addressed(next), after: after ? addressed(after) : "" };
  if (next.remaining) return t("We now return to {next}.", params);
  if (next.media_ms) {
    return t(
      "I now give the floor to {next} to introduce a recorded statement.",
      params,
    );
  }
  switch (next.kind) {
    case "right_of_reply":
      return (next.turn ?? 1) > 1
        ? t("I now give the floor to {next} for a second reply.", params)
        : t(
            "I now give the floor to {next} in exercise of the right of reply.",
            params,
          );
    case "explanation_of_vote":
      return t("I now give the floor to {next} in explanation of vote.", params);
    default:
      return after
        ? t("I now give the floor to {next}, to be followed by {after}.", params)
        : t("I now give the floor to {next}.", params);
  }
}

/** The words by which an interruption gets the floor (rules 71/113 and 77/119). */
export function recognised(who: Next): string {
  const params = { who: addressed(who) };
  switch (who.kind) {
    case "procedural_motion":
      return motionGiven(who, params);
    case "response":
      return t("I give the floor to {who} for a brief response.", params);
    case "technical":
      return t("One moment please: {who} has a technical difficulty.", params);
    default:
      return t("I recognise {who} on a point of order.", params);
  }
}

function motionGiven({ motion, side }: Next, params: { who: string }): string {
  if (side === "for") {
    return t("I give the floor to {who} in favour of the motion.", params);
  }
  if (side === "against") {
    return t("I give the floor to {who} against the motion.", params);
  }
  return motion
    ? t("I give the floor to {who} on a motion {purpose}.", {
        ...params,
        purpose: motionName(motion),
      })
    : t("I give the floor to {who} on a motion.", params);
}

/** After an interruption: thanks, the ruling, and that the interrupted goes on. */
export function afterInterruption(
  over: FloorEntity,
  beneath: FloorEntity | null,
): string {
  return joined(
    t("I thank {who}.", { who: addressed(over) }),
    over.kind === "point_of_order" && t("I rule as follows."),
    beneath && beneath.started_at !== null && goOn(beneath),
  );
}

export function goOn(beneath: Voice): string {
  return t("I invite {who} to continue.", { who: addressed(beneath) });
}

export function weWillReturn(who: Voice): string {
  return t("We will return to {who}.", { who: addressed(who) });
}
