/** Sentences about requests and about what was done: for rows, undo and the record. */
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type {
  ActionEntity,
  ListEntity,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";

export function kindName(kind: RequestEntity["kind"]): string {
  const names: Record<RequestEntity["kind"], string> = {
    statement: t("Statement"),
    group_statement: t("Group statement"),
    programme: t("Programme"),
    introduction: t("Introduction"),
    secretariat: t("Secretariat"),
    question: t("Question"),
    answer: t("Answer"),
    right_of_reply: t("Right of reply"),
    technical: t("Technical"),
  };
  return names[kind];
}

export function listState(list: ListEntity): string {
  const names: Record<ListEntity["state"], string> = {
    not_open: t("Not open yet"),
    open: t("Open"),
    closing: t("Closing"),
    closed: t("Closed"),
  };
  return names[list.state];
}

export function policyName(list: Pick<ListEntity, "policy" | "modifiers">): string {
  const policies: Record<ListEntity["policy"], string> = {
    arrival: t("by arrival"),
    fixed: t("as in the programme"),
    manual: t("by hand"),
  };
  const modifiers: Record<ListEntity["modifiers"][number], string> = {
    groups_first: t("groups first"),
    first_time_first: t("first time first"),
  };
  return [policies[list.policy], ...list.modifiers.map((each) => modifiers[each])].join(
    ", ",
  );
}

/** Who an act was about. A request that is done is found in the record. */
function whoOf(store: Store, request: string | null): string {
  const found =
    store.requests.value.get(request ?? "") ??
    [...store.interventions.value.values()].find((each) => each.request === request);
  if (found) return label(found).main;
  const floor = store.floor.value;
  return floor?.request === request && floor ? label(floor).main : "";
}

/** What `undo` would take back, as a sentence about what was done. */
export function actionText(store: Store, action: ActionEntity): string {
  const name = whoOf(store, action.request) || t("The speaker");
  const list = store.lists.value.get(action.list ?? "");
  const segment = segmentOf(store, action.segment ?? list?.segment ?? null);
  const title = segment?.title ?? "";
  const sentences: Record<string, () => string> = {
    call: () => t("{name} was called.", { name }),
    start: () => t("The clock of {name} was started.", { name }),
    pause: () => t("The clock of {name} was paused.", { name }),
    line_lost: () => t("Line of {name} marked as lost.", { name }),
    resume: () => t("The clock of {name} goes on.", { name }),
    extend: () => t("Time was added for {name}.", { name }),
    credit: () => t("The question of the server's absence was answered."),
    end: () => t("The intervention of {name} was ended.", { name }),
    no_show: () => t("{name} did not answer.", { name }),
    revoke: () => t("The floor was taken back from {name}.", { name }),
    move: () => t("{name} was moved.", { name }),
    withdraw: () => t("{name} was removed from the list.", { name }),
    insert: () => t("{name} was put on the list.", { name }),
    close_round: () => t("The round of questions was closed."),
    open_list: () => t("The list was opened: {title}", { title }),
    announce_closing: () => t("The closing was announced: {title}", { title }),
    close_list: () => t("The list was closed: {title}", { title }),
    reopen_list: () => t("The list was reopened: {title}", { title }),
    set_policy: () => t("The order was changed: {title}", { title }),
    go_to_segment: () => t("Went on to {title}.", { title }),
  };
  return sentences[action.type]?.() ?? t("The last action");
}

function segmentOf(store: Store, id: string | null): SegmentEntity | null {
  return store.segments.value.get(id ?? "") ?? null;
}
