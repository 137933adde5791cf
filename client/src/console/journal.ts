/** Texts to copy: the list for chat and mail, and the Journal's sentence of who spoke. */
import { lang, t, tn } from "../lib/i18n.ts";

/** One who spoke, in the order of speaking; `address` is the roster's form. */
export interface Spoken {
  readonly name: string;
  readonly address: string;
  readonly state: boolean;
  /** The group on whose behalf, as it is said; "" for none. */
  readonly group: string;
  /** A named speaker of the programme, with function; null for a delegation. */
  readonly person: { readonly name: string; readonly title: string } | null;
}

type Form =
  | "persons"
  | "states"
  | "observers_for"
  | "observers_of"
  | "eu"
  | "organisations";

const ORDER: readonly Form[] = [
  "persons",
  "states",
  "observers_of",
  "observers_for",
  "eu",
  "organisations",
];

export function journal(spoken: readonly Spoken[]): string {
  const byForm = new Map<Form, string[]>();
  for (const each of spoken) {
    const said = sayings(each);
    const form = formOf(each);
    const names = byForm.get(form) ?? [];
    if (!names.includes(said)) byForm.set(form, [...names, said]);
  }
  return ORDER.map((form) => sentence(form, byForm.get(form) ?? []))
    .filter((text) => text !== "")
    .join(" ");
}

function formOf(each: Spoken): Form {
  if (each.person) return "persons";
  if (each.address === "eu_observer") return "eu";
  if (each.address === "observer_of") return "observers_of";
  if (each.address === "observer_for") return "observers_for";
  return each.state ? "states" : "organisations";
}

function sayings({ name, group, person }: Spoken): string {
  if (person) return person.title ? `${person.name}, ${person.title}` : person.name;
  return group ? t("{name} (on behalf of {group})", { name, group }) : name;
}

function sentence(form: Form, all: readonly string[]): string {
  if (all.length === 0) return "";
  const names = listed(all, form === "persons");
  const n = all.length;
  switch (form) {
    case "persons":
      return tn(
        "A statement was made by {names}.",
        "Statements were made by {names}.",
        n,
        { names },
      );
    case "states":
      return tn(
        "A statement was made by the representative of {names}.",
        "Statements were made by the representatives of {names}.",
        n,
        { names },
      );
    case "observers_of":
      return tn(
        "A statement was made by the observer of {names}.",
        "Statements were made by the observers of {names}.",
        n,
        { names },
      );
    case "observers_for":
      return tn(
        "A statement was made by the observer for {names}.",
        "Statements were made by the observers for {names}.",
        n,
        { names },
      );
    case "eu":
      return t(
        "A statement was made by the representative of {names}, in its capacity as observer.",
        { names },
      );
    case "organisations":
      return tn(
        "A statement was also made by the representative of {names}.",
        "Statements were also made by the representatives of {names}.",
        n,
        { names },
      );
  }
}

/** "A, B and C"; parts that hold commas themselves are parted by semicolons. */
export function listed(names: readonly string[], commas = false): string {
  if (commas && names.length > 1) {
    const last = names.at(-1) ?? "";
    const rest = names.slice(0, -1);
    const first = rest.reduce((said, next) => t("{said}; {next}", { said, next }));
    return t("{first}; and {last}", { first, last });
  }
  // British English: the UN sets no comma before the last "and".
  const locale = lang.value === "en" ? "en-GB" : lang.value;
  return new Intl.ListFormat(locale, { style: "long", type: "conjunction" }).format(
    names,
  );
}

export interface Line {
  readonly name: string;
  readonly group: string;
}

/** The list as text, one a line, as it goes into a chat. */
export function listText(title: string, lines: readonly Line[], at: string): string {
  const head = t("{title}, list of speakers at {time}", { title, time: at });
  const body = lines.map(({ name, group }, index) => {
    const said = group ? t("{name} (on behalf of {group})", { name, group }) : name;
    return `${index + 1}. ${said}`;
  });
  return [head, ...body].join("\n");
}
