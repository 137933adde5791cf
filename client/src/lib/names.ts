/**
 * Names from the roster, and the search in it. The roster is data of the meeting; a
 * name that is not in it is not offered, and a code is never shown in place of a name.
 */

import { commas, lang, t } from "./i18n.ts";
import type { FloorEntity, InterventionEntity, RequestEntity } from "./protocol.ts";
import { fold, roster } from "./roster.ts";

export {
  fold,
  loadRoster,
  type Roster,
  type RosterDelegation,
  type RosterGroup,
  roster,
} from "./roster.ts";
export { type Hit, search, type Via } from "./search.ts";

/** What a programme says where nobody is named yet. */
export const TO_BE_ANNOUNCED = "to be announced";

/** A name of the programme, or in the reader's words that it is not known yet. */
export function announced(name: string): string {
  return name === "" || name === TO_BE_ANNOUNCED ? t("to be announced") : name;
}

function inLanguage(names: Readonly<Record<string, string>>): string {
  return names[lang.value] || names.en || "";
}

/** The name for a plate: the same size for all, wraps, never cut. */
export function plate(code: string): string {
  const entry = roster.value.delegations[code];
  if (!entry) return code;
  return (lang.value !== "en" && entry.names[lang.value]) || entry.plate;
}

/** The short name, as in lists. */
export function listName(code: string): string {
  const entry = roster.value.delegations[code];
  return entry ? inLanguage(entry.names) : code;
}

/** The name as it is said, with its article: "the Islamic Republic of Iran". */
export function spoken(code: string): string {
  const entry = roster.value.delegations[code];
  if (!entry) return code;
  return (lang.value !== "en" && entry.names[lang.value]) || entry.spoken;
}

/** The name of a group of the register. */
export function groupName(code: string): string {
  const group = roster.value.groups[code];
  return group ? inLanguage(group.names) : code;
}

/** The name of a group as it is said: "the African Group". */
export function groupSpoken(code: string): string {
  const group = roster.value.groups[code];
  if (!group) return code;
  return (lang.value !== "en" && group.names[lang.value]) || group.spoken;
}

/** Form of address, data of the secretariat: "representative_of", "observer_for" … */
export function address(code: string): string {
  return roster.value.delegations[code]?.address ?? "representative_of";
}

/** What `label` needs to know of a request, a floor or a row of the record. */
export type Voice = Pick<
  RequestEntity | FloorEntity | InterventionEntity,
  "delegation" | "group" | "group_text" | "kind" | "label" | "person"
>;

export interface Label {
  /** The name that stands large. */
  readonly main: string;
  /** What stands under it; "" for nothing. */
  readonly sub: string;
  /** Who speaks for a delegation, once that may be shown; "" for nobody named. */
  readonly person: string;
}

const BY_PERSON: ReadonlySet<string> = new Set(["programme", "introduction"]);

/** Whether nobody is known yet who will speak: a slot of the programme. */
export function unnamed(voice: Voice): boolean {
  const { delegation, person, group, group_text, label: role } = voice;
  const known = delegation || person || group || group_text;
  return voice.kind !== "chair" && !known && (role === "" || role === TO_BE_ANNOUNCED);
}

/** How a voice is named: by its delegation, its group, or the person. */
export function label(voice: Voice): Label {
  const { delegation, person } = voice;
  const onBehalf = behalf(voice);
  if (person && voice.kind !== "chair" && (!delegation || BY_PERSON.has(voice.kind))) {
    return { main: person.name, sub: functionOf(voice), person: "" };
  }
  const who = person ? commas([person.name, person.title]) : "";
  if (delegation) {
    return { main: plate(delegation), sub: onBehalf || voice.label, person: who };
  }
  if (voice.kind === "chair") {
    const role = voice.label === TO_BE_ANNOUNCED ? "" : voice.label;
    return { main: t("The Chair"), sub: commas([person?.name, role]), person: "" };
  }
  const group = voice.group ? groupName(voice.group) : voice.group_text;
  const heard = "started_at" in voice && voice.started_at !== null;
  const main =
    group || (heard && voice.label === "" ? neutral() : announced(voice.label));
  return { main, sub: group ? voice.label : "", person: who };
}

/** Who has spoken where names are not told: in a closed segment. */
function neutral(): string {
  return t("A speaker");
}

/** "on behalf of the African Group", or "". */
export function behalf(voice: Voice): string {
  if (voice.delegation && voice.group) {
    return t("on behalf of {group}", { group: groupSpoken(voice.group) });
  }
  if (voice.delegation && voice.group_text) {
    return t("on behalf of {group}", { group: voice.group_text });
  }
  if (voice.delegation && address(voice.delegation) === "eu_observer") {
    return t("on behalf of the European Union and its member States");
  }
  return "";
}

/** "Under-Secretary-General · Office of …"; the entity only where not said already. */
function functionOf(voice: Voice): string {
  const role = voice.person?.title || voice.label;
  const entity = voice.delegation ? plate(voice.delegation) : "";
  const said = fold(role).includes(fold(entity));
  return [role, said ? "" : entity].filter(Boolean).join(" · ");
}
