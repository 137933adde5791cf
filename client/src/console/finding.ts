/** What a search offers to put on the list, and putting it there. */
import { t } from "../lib/i18n.ts";
import { groupName, type Hit, label, listName } from "../lib/names.ts";
import type { FieldsOf, RequestEntity } from "../lib/protocol.ts";
import type { Desk } from "./desk.ts";
import type { Channel } from "./paste.ts";
import type { Press } from "./press.ts";

type Entry = FieldsOf<"insert">["entries"][number];

export interface Choice {
  readonly key: string;
  readonly main: string;
  readonly sub: string;
  readonly code: string;
  /** A group's code; `=` and its name where it is not of the register. */
  readonly group: string;
  readonly person: string;
  /** A group without a delegation: it becomes the one spoken for. */
  readonly onlyGroup: boolean;
  /** Whether Enter may take it unread. */
  readonly sure: boolean;
}

export interface Manner {
  readonly channel: Channel;
  readonly group: string;
  readonly kind: RequestEntity["kind"];
  /** The panellist to whom a question is put; "" for all of them. */
  readonly addressed?: string;
  /** The delegation to which a reply is made; "" where that is not said. */
  readonly to?: string;
}

const MOST = 8;

/**
 * Best first, and last the person without an entity, which no first Enter takes.
 * "ken / african" is Kenya on behalf of the African Group.
 */
export function choices(
  text: string,
  search: (text: string) => readonly Hit[],
  manner: Pick<Manner, "group">,
): readonly Choice[] {
  const typed = text.trim();
  if (typed === "") return [];
  const [who = "", forWhom = ""] = typed.split("/", 2).map((part) => part.trim());
  const named = forWhom === "" ? null : groupOf(forWhom, search);
  const group = named ?? manner.group;
  const found = search(who)
    .slice(0, MOST)
    .map((hit) => choiceOf(hit, group, forWhom !== "" && named === null));
  return [...found, asPerson(typed)];
}

function groupOf(text: string, search: (text: string) => readonly Hit[]) {
  return search(text).find((hit) => hit.group !== undefined)?.group ?? null;
}

function choiceOf(hit: Hit, group: string, groupIsUnknown: boolean): Choice {
  if (hit.group !== undefined) {
    return {
      key: `group:${hit.group}`,
      main: groupName(hit.group),
      sub: t("A group: choose it, then who speaks for it"),
      code: "",
      group: hit.group,
      person: "",
      onlyGroup: true,
      sure: hit.sure,
    };
  }
  return {
    key: hit.code,
    main: listName(hit.code),
    sub: group ? t("on behalf of {group}", { group: groupTitle(group) }) : "",
    code: hit.code,
    group,
    person: "",
    onlyGroup: false,
    sure: hit.sure && !groupIsUnknown,
  };
}

function asPerson(name: string): Choice {
  return {
    key: "person",
    main: name,
    sub: t("Add as a person, without entity"),
    code: "",
    group: "",
    person: name,
    onlyGroup: false,
    sure: false,
  };
}

export function groupTitle(group: string): string {
  return group.startsWith("=") ? group.slice(1) : groupName(group);
}

export function entryOf(choice: Choice, manner: Manner): Entry {
  const { channel } = manner;
  if (choice.person) {
    return { kind: manner.kind, person: { name: choice.person, title: "" }, channel };
  }
  const text = choice.group.startsWith("=") ? choice.group.slice(1).trim() : "";
  const group = choice.group.startsWith("=") ? "" : choice.group;
  const forGroup = group !== "" || text !== "";
  return {
    delegation: choice.code,
    ...(group && { group }),
    ...(text && { group_text: text }),
    kind: forGroup && manner.kind === "statement" ? "group_statement" : manner.kind,
    ...(manner.kind === "question" &&
      manner.addressed && { addressed: [manner.addressed] }),
    ...(manner.kind === "right_of_reply" && manner.to && { to: manner.to }),
    channel,
  };
}

/** Puts a choice on the list that is looked at. Whether it is there now. */
export async function add(
  desk: Desk,
  choice: Choice,
  manner: Manner,
): Promise<boolean> {
  const list = desk.list.value;
  if (!list || desk.whyNot("insert")) return false;
  const press: Press = {
    type: "insert",
    fields: { list: list.id, entries: [entryOf(choice, manner)] },
    label: t("Add"),
  };
  const final = await desk.carryOut(press);
  if (final.outcome !== "ok") return false;
  const made = String((final.result.requests as string[] | undefined)?.[0] ?? "");
  const place = desk.rows.value.findIndex((each) => each.id === made);
  desk.say(
    place < 0
      ? t("{name} was put on the list.", { name: choice.main })
      : t("{name} was put on the list, place {n}.", {
          name: choice.main,
          n: place + 1,
        }),
  );
  return true;
}

/**
 * What the list is for: questions in a panel, statements in a discussion. Where nobody
 * asks for the floor the speakers are of the programme, and count for no delegation.
 */
export function defaultKind(desk: Desk): "statement" | "question" | "programme" {
  const segment = desk.store.segments.value.get(desk.list.value?.segment ?? "");
  if (segment && !segment.requests) return "programme";
  const kinds = segment?.kinds ?? [];
  return kinds.includes("question") && !kinds.includes("statement")
    ? "question"
    : "statement";
}

/** What an operator wants to know of a delegation before adding it. */
export function standingOf(desk: Desk, code: string): string {
  const place = desk.rows.value.findIndex((each) => each.delegation === code);
  if (place >= 0) {
    const row = desk.rows.value[place];
    const behalf = row && label(row).sub;
    const n = place + 1;
    return behalf
      ? t("On the list: place {n}, {behalf}", { n, behalf })
      : t("On the list: place {n}", { n });
  }
  const spoken = desk.store.delegations.value.get(code)?.interventions ?? 0;
  const here = [...desk.store.here.value.values()].some(
    (each) => each.delegation === code,
  );
  const times = spoken === 0 ? t("Not spoken yet") : t("Spoken: {n}", { n: spoken });
  return here ? times : t("{times} · not connected", { times });
}
