/**
 * How a voice is addressed from the chair: the form is data of the roster, confirmed by
 * the secretariat, never code. One rule, in plain words or with the name in bold.
 */

import { commas } from "./i18n.ts";
import { address, groupSpoken, plate, spoken, unnamed, type Voice } from "./names.ts";

/** How sentences and names are made: as text, or as elements. */
export interface Words<T> {
  t(english: string, parts: Readonly<Record<string, T>>): T;
  name(text: string): T;
}

/** Who is meant, as one says it: "the observer for the Holy See". */
export function addressed<T>(voice: Voice, { t, name }: Words<T>): T {
  const { delegation, person, group, group_text } = voice;
  if (voice.kind === "chair") return t("the Chair", {});
  if (unnamed(voice)) return t("the next speaker", {});
  if (person && (!delegation || isProgramme(voice))) return name(personSaid(voice));
  const behalf = group ? groupSpoken(group) : group_text;
  if (!delegation) {
    return behalf
      ? t("the speaker for {name}", { name: name(behalf) })
      : name(voice.label);
  }
  const who = byForm(address(delegation), name(spoken(delegation)), t);
  return behalf ? t("{who}, on behalf of {group}", { who, group: name(behalf) }) : who;
}

function byForm<T>(form: string, name: T, t: Words<T>["t"]): T {
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
  return commas([person?.name, person?.title || label || entity]);
}

function isProgramme(voice: Voice): boolean {
  return voice.kind === "programme" || voice.kind === "introduction";
}
