/** Sentences about requests and about what was done: for rows, undo and the record. */
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { ActionEntity, ListEntity, SegmentEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { phaseName, type Ruling } from "../lib/terms.ts";

export { kindName, listState, orderName as policyName } from "../lib/terms.ts";

/** What the chair may say of a point of order or a motion, as a choice. */
export function rulingChoice(ruling: Ruling): string {
  const names: Record<Ruling, string> = {
    upheld: t("Upheld"),
    not_upheld: t("Not upheld"),
    withdrawn: t("Withdrawn"),
    carried: t("Carried"),
    lost: t("Lost"),
    noted: t("Noted"),
  };
  return names[ruling];
}

export function replyName(turn: number): string {
  return turn > 1 ? t("second reply") : t("first reply");
}

/** A mark on a delegation that keeps it from being called. */
export function markText(mark: "absent" | "suspended", reason: string): string {
  const said = mark === "absent" ? t("Marked absent") : t("Marked suspended");
  return reason ? t("{mark}: {reason}", { mark: said, reason }) : said;
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
export function actionText(
  store: Store,
  action: ActionEntity,
  known: ReadonlyMap<string, string> = new Map(),
): string {
  const name =
    whoOf(store, action.request) || known.get(action.request ?? "") || t("The speaker");
  const list = store.lists.value.get(action.list ?? "");
  const segment = segmentOf(store, action.segment ?? list?.segment ?? null);
  const title = list ? listTitle(store, list) : (segment?.title ?? "");
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
    insert: () =>
      list?.purpose === "points"
        ? t("A point was raised for {name}.", { name })
        : t("{name} was put on the list.", { name }),
    close_round: () => t("The round of questions was closed."),
    open_list: () =>
      list?.state === "not_open"
        ? t("The opening was announced: {title}", { title })
        : t("The list was opened: {title}", { title }),
    announce_closing: () => t("The closing was announced: {title}", { title }),
    close_list: () => t("The list was closed: {title}", { title }),
    reopen_list: () => t("The list was reopened: {title}", { title }),
    set_policy: () => t("The order was changed: {title}", { title }),
    go_to_segment: () => t("Went on to {title}.", { title }),
    recognise: () => t("{name} was recognised.", { name }),
    rule: () => t("The ruling was recorded: {name}", { name }),
    chair_remarks: () => t("The Chair was given the floor."),
    reset_clock: () => t("The clock of {name} began again.", { name }),
    set_phase: () => t("Went on to: {phase}", { phase: phaseOf(segment) }),
    set_limit: () => t("The limit was changed: {title}", { title }),
    draw: () => t("The lots were drawn: {title}", { title }),
    admit_late: () => t("Late requests were admitted: {title}", { title }),
    accept: () => t("{name} was accepted.", { name }),
    decline: () => t("{name} was declined.", { name }),
    park: () => t("{name} was put on hold.", { name }),
    unpark: () => t("{name} is back on the list.", { name }),
    pin: () => t("{name} keeps its place.", { name }),
    unpin: () => t("{name} moves with the order again.", { name }),
    set_window: () => t("The times of {name} were changed.", { name }),
    settle_swap: () => t("The change of places was settled: {name}", { name }),
    flag_delegation: () => t("A delegation was marked, or its mark cleared."),
  };
  return sentences[action.type]?.() ?? t("The last action");
}

/** How a list is called: by its segment, or by what is asked for on it. */
export function listTitle(store: Store, list: ListEntity): string {
  const segment = segmentOf(store, list.segment)?.title ?? "";
  if (list.purpose === "points") return t("Points of order and motions");
  if (list.purpose === "speakers") return segment;
  return segment ? t("Rights of reply: {segment}", { segment }) : t("Rights of reply");
}

/** On what basis a list was closed: as typed, or why it closed by itself. */
export function basisText(basis: string): string {
  const own: Record<string, string> = {
    announced: t("as announced"),
    after_start: t("the time after the beginning was over"),
    capacity: t("it was full"),
    before_last: t("the last speakers were called"),
  };
  return own[basis] ?? basis;
}

function phaseOf(segment: SegmentEntity | null): string {
  return segment ? phaseName(segment.phase) : "";
}

function segmentOf(store: Store, id: string | null): SegmentEntity | null {
  return store.segments.value.get(id ?? "") ?? null;
}
