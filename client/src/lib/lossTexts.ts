/** What is said of a loss: to everybody, and to whoever pressed what is gone. */

import type { Pending } from "./commands.ts";
import { t, tn } from "./i18n.ts";
import type { News } from "./losses.ts";
import type { CommandType, RequestEntity } from "./protocol.ts";
import { kindName } from "./terms.ts";

/** What happened, for everybody. */
export function lossText({ lost }: News): string {
  if (lost === null) {
    return t(
      "Something that this screen showed was not kept. What you see now is what is kept.",
    );
  }
  return tn(
    "The server lost its last moment: entry {last} is gone. What you see now is what is kept.",
    "The server lost its last seconds: entries {first} to {last} are gone. What you see now is what is kept.",
    lost.until - lost.after,
    { first: lost.after + 1, last: lost.until },
  );
}

/** "Entries 41 to 43 were lost at 10:42.", as the record has it. */
export function lostText(after: number, until: number, time: string): string {
  return tn(
    "Entry {last} was lost at {time}.",
    "Entries {first} to {last} were lost at {time}.",
    until - after,
    { first: after + 1, last: until, time },
  );
}

/** What has to be done again, a sentence for each. */
export function notKeptTexts({ own, others }: News): readonly string[] {
  const said = own.map(notKept);
  if (others === 0) return said;
  return [
    ...said,
    tn(
      "One entry by another device of yours was not kept.",
      "{n} entries by other devices of yours were not kept.",
      others,
    ),
  ];
}

function notKept(command: Pending): string {
  if (command.type === "request_floor" && asksForAPlace(command)) {
    return t("Your request for the floor was not kept. Press again if it still holds.");
  }
  return t("Not kept: {what}. Press again if it still holds.", { what: what(command) });
}

function asksForAPlace({ fields }: Pending): boolean {
  return fields.kind === "statement" || fields.kind === undefined;
}

/** What the button said. */
function what({ type, fields, said }: Pending): string {
  if (said) return said;
  if (type === "request_floor") return kindName(fields.kind as RequestEntity["kind"]);
  return BUTTONS[type]?.() ?? t("the last action");
}

const BUTTONS: Partial<Record<CommandType, () => string>> = {
  withdraw: () => t("Withdraw"),
  ready: () => t("We are ready"),
  end: () => t("I have finished"),
  park: () => t("Step aside for now"),
  unpark: () => t("Come back"),
  name_speaker: () => t("Speaker and language"),
  set_contact: () => t("How you are reached"),
  correct: () => t("Correction for the record"),
  offer_swap: () => t("Offer your place"),
  answer_swap: () => t("Your answer about changing places"),
  message: () => t("Message"),
};
