/** The sentence for the chair to say, with the form of address of the secretariat. */

import { commas, t } from "../lib/i18n.ts";
import { address, groupSpoken, plate, spoken, type Voice } from "../lib/names.ts";

/** Who is meant, as one says it: "the observer for the Holy See". */
export function addressed(voice: Voice): string {
  const { delegation, person } = voice;
  if (person && (!delegation || isProgramme(voice))) return personSaid(voice);
  if (!delegation) {
    const group = voice.group ? groupSpoken(voice.group) : voice.group_text;
    return group ? t("the speaker for {name}", { name: group }) : voice.label;
  }
  const who = byForm(address(delegation), spoken(delegation));
  const group = voice.group ? groupSpoken(voice.group) : voice.group_text;
  return group ? t("{who}, on behalf of {group}", { who, group }) : who;
}

function byForm(form: string, name: string): string {
  switch (form) {
    case "observer_for":
      return t("the observer for {name}", { name });
    case "observer_of":
      return t("the observer of {name}", { name });
    case "eu_observer":
      return t("the representative of {name}, in its capacity as observer", { name });
    default:
      return t("the representative of {name}", { name });
  }
}

function personSaid({ person, label, delegation }: Voice): string {
  const entity = delegation ? plate(delegation) : "";
  const said = person?.title || label || entity;
  return commas([person?.name, said]);
}

function isProgramme(voice: Voice): boolean {
  return voice.kind === "programme" || voice.kind === "introduction";
}

export interface Moment {
  /** Who has just spoken, or speaks and is to be thanked. */
  readonly thanked: Voice | null;
  readonly next: Voice | null;
  readonly after: Voice | null;
}

/** The whole sentence; "" where there is nobody to thank and nobody to call. */
export function toSay({ thanked, next, after }: Moment): string {
  const params = {
    thanked: thanked ? addressed(thanked) : "",
    next: next ? addressed(next) : "",
    after: after ? addressed(after) : "",
  };
  if (thanked && next && after) {
    return t(
      "I thank {thanked}. I now give the floor to {next}, to be followed by {after}.",
      params,
    );
  }
  if (thanked && next) {
    return t("I thank {thanked}. I now give the floor to {next}.", params);
  }
  if (next && after) {
    return t("I now give the floor to {next}, to be followed by {after}.", params);
  }
  if (next) return t("I now give the floor to {next}.", params);
  return thanked ? t("I thank {thanked}.", params) : "";
}
