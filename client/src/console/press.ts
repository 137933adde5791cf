/**
 * What a button does, said before it is pressed: the command, its fields and what the
 * button showed (`expect`). Made at render, sent unchanged, so that a press never acts
 * on something that the person did not see.
 */
import { t, tn } from "../lib/i18n.ts";
import type {
  CommandType,
  FieldsOf,
  FloorEntity,
  ListEntity,
  MeetingEntity,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";
import { type PauseReason, reasonName } from "../lib/terms.ts";
import { leftText } from "../lib/time.ts";
import { mmss } from "./length.ts";

export interface Press {
  readonly type: CommandType;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly label: string;
  /** What is asked before it is sent; only for what cannot be taken back. */
  readonly ask?: Ask;
}

export interface Ask {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
}

export { type PauseReason, reasonName } from "../lib/terms.ts";

/** Reasons for a pause in the order of their digits on the keyboard. */
export const PAUSE_REASONS = [
  "audio",
  "interpretation",
  "video",
  "platform",
  "connection",
  "emergency",
  "other",
] as const satisfies readonly PauseReason[];

/** The fields are checked against the command's own, here and nowhere later. */
export function made<T extends CommandType>(
  type: T,
  fields: FieldsOf<T>,
  label: string,
): Press {
  return { type, fields: fields as Readonly<Record<string, unknown>>, label };
}

export function onFloor(floor: FloorEntity) {
  return { expect: { intervention: floor.id, phase: floor.phase } };
}

export function onList(list: ListEntity) {
  const { id, state, generation } = list;
  return { expect: { list: id, state, generation } };
}

// The meeting

export function openLobby(meeting: MeetingEntity): Press {
  return made("open_lobby", seen(meeting), t("Open the lobby"));
}

export function callToOrder(meeting: MeetingEntity): Press {
  return made("call_to_order", seen(meeting), t("Call to order"));
}

export function resumeMeeting(meeting: MeetingEntity): Press {
  return made("resume_meeting", seen(meeting), t("Resume the meeting"));
}

export function suspend(
  meeting: MeetingEntity,
  reason: string,
  resume_at: number | null,
): Press {
  const fields = { reason, resume_at, ...seen(meeting) };
  return made("suspend", fields, t("Suspend the meeting"));
}

/** The meeting rises; those who were not heard may send their text until then. */
export function adjournUntil(
  meeting: MeetingEntity,
  written_until: number | null,
): Press {
  const fields = { written_until, ...seen(meeting) };
  return made("adjourn", fields, t("Adjourn the meeting"));
}

export function adjourn(meeting: MeetingEntity, waiting: number): Press {
  const text =
    waiting === 0
      ? t("The meeting rises. Nobody is left on the list of speakers.")
      : tn(
          "The meeting rises. {n} delegation is still on the list and will not be heard.",
          "The meeting rises. {n} delegations are still on the list and will not be heard.",
          waiting,
        );
  const ask = { title: t("Adjourn the meeting?"), text, yes: t("Adjourn") };
  return { ...made("adjourn", seen(meeting), t("Adjourn")), ask };
}

export function closeRecord(meeting: MeetingEntity): Press {
  const ask = {
    title: t("Close the record of this meeting?"),
    text: t("Afterwards nobody can change it any more, notes included."),
    yes: t("Close the record"),
  };
  return { ...made("close_record", seen(meeting), t("Close the record")), ask };
}

export function seen(meeting: MeetingEntity) {
  return { expect: { state: meeting.state } };
}

export function goTo(segment: SegmentEntity, meeting: MeetingEntity): Press {
  const fields = { segment: segment.id, expect: { segment: meeting.segment } };
  return made(
    "go_to_segment",
    fields,
    t("Go on to {segment}", { segment: segment.title }),
  );
}

// The floor

/** `head` is the first that is not yet called, as the screen shows it. */
export function call(
  request: RequestEntity,
  head: RequestEntity | null,
  name: string,
): Press {
  const fields = { request: request.id, expect: { head: head?.id ?? null } };
  return made("call", fields, t("Give the floor to {name}", { name }));
}

export function callAgain(floor: FloorEntity, head: RequestEntity | null): Press {
  const fields = { request: floor.request, expect: { head: head?.id ?? null } };
  return made("call", fields, t("Call again"));
}

export function start(floor: FloorEntity, name: string): Press {
  return made("start", onFloor(floor), t("Start the clock of {name}", { name }));
}

export function end(floor: FloorEntity): Press {
  return made("end", onFloor(floor), t("End the intervention"));
}

export function endAndReturn(floor: FloorEntity): Press {
  const fields = { returns: true, ...onFloor(floor) };
  return made("end", fields, t("Go on with the next, return later"));
}

export function pause(floor: FloorEntity, reason: PauseReason): Press {
  return made("pause", { reason, ...onFloor(floor) }, reasonName(reason));
}

export function lineLost(floor: FloorEntity): Press {
  return made("line_lost", onFloor(floor), t("Line lost"));
}

/** The credit is sent as shown, so that the clock goes on at the time on the button. */
export function resume(floor: FloorEntity, meeting: MeetingEntity): Press {
  const credit_s = creditOf(floor, meeting);
  const left = floor.allotted_ms - floor.used_ms + credit_s * 1000;
  const label =
    left >= 0
      ? t("Resume at {time}", { time: leftText(left) })
      : t("Resume, {time} over", { time: mmss(-left) });
  return made("resume", { credit_s, ...onFloor(floor) }, label);
}

/** Who was interrupted, or wished it so, goes on with what was left. */
const NO_CREDIT: ReadonlySet<PauseReason> = new Set<PauseReason>([
  "suspension",
  "interruption",
  "other",
]);

function creditOf(floor: FloorEntity, meeting: MeetingEntity): number {
  if (floor.reason && NO_CREDIT.has(floor.reason)) return 0;
  const profile = meeting.profile;
  if (floor.line_lost) return profile?.line_lost_credit_s ?? 10;
  return profile?.pause_credit_s ?? 10;
}

/** `rest` gives the same to all of the speaker's tier who are still to come. */
export function extend(floor: FloorEntity, seconds: number, rest = false): Press {
  const label = t("Add {time}", { time: mmss(seconds * 1000) });
  const fields = { seconds, ...(rest && { rest }), ...onFloor(floor) };
  return made("extend", fields, label);
}

/** The answer to "the server was away": 0 when the speech went on. */
export function giveBack(floor: FloorEntity, ms: number): Press {
  const label =
    ms === 0
      ? t("The speech continued")
      : t("Was interrupted: give back {time}", { time: mmss(ms) });
  return made("credit", { ms, ...onFloor(floor) }, label);
}

export function noShow(floor: FloorEntity, drop: boolean): Press {
  const label = drop ? t("Take off the list") : t("Come back later");
  return made("no_show", { drop, ...onFloor(floor) }, label);
}

export type RevokeReason = FieldsOf<"revoke">["reason"];

export function revoke(
  floor: FloorEntity,
  reason: RevokeReason,
  label: string,
  counts = false,
): Press {
  return made("revoke", { reason, counts, ...onFloor(floor) }, label);
}

export function undo(meeting: MeetingEntity): Press | null {
  const action = meeting.action;
  return action ? made("undo", { expect: { action: action.seq } }, t("Undo")) : null;
}

// The list

/** Now; or announced for an instant. */
export function openList(list: ListEntity, at: number | null = null): Press {
  return at === null
    ? made("open_list", onList(list), t("Open the list now"))
    : made("open_list", { at, ...onList(list) }, t("Announce the opening"));
}

export function announceClosing(list: ListEntity, closes_at: number): Press {
  return made("announce_closing", { closes_at, ...onList(list) }, t("Announce"));
}

export function closeList(list: ListEntity, basis: string): Press {
  return made("close_list", { basis, ...onList(list) }, t("Close the list"));
}

export function reopenList(list: ListEntity, basis: string): Press {
  return made("reopen_list", { basis, ...onList(list) }, t("Reopen the list"));
}

export function closeRound(list: ListEntity): Press {
  const label = t("Close round {n}: the panellists answer", { n: list.round });
  return made("close_round", onList(list), label);
}

export function setPolicy(
  list: ListEntity,
  policy: ListEntity["policy"],
  modifiers: ListEntity["modifiers"],
): Press {
  const fields = { policy, modifiers, ...onList(list) };
  return made("set_policy", fields, t("Change the order"));
}

/** `place` and `to` are counted from 0. */
export function move(request: RequestEntity, place: number, to: number): Press {
  const fields = { request: request.id, to, expect: { request: request.id, place } };
  return made("move", fields, to < place ? t("Up") : t("Down"));
}

export function withdraw(request: RequestEntity): Press {
  return made("withdraw", { request: request.id }, t("Remove"));
}

export function confirmName(request: RequestEntity): Press {
  return made("confirm_name", { request: request.id }, t("Confirm"));
}
