/**
 * Which of the other requests a delegation may make now, and why not. The server
 * decides; this says beforehand what it would answer. A closed list never stands in the
 * way of a point of order.
 */

import { t, tn } from "../lib/i18n.ts";
import { roster } from "../lib/names.ts";
import type {
  FloorEntity,
  InterventionEntity,
  Kind,
  SegmentEntity,
} from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import type { Queued, Standing } from "./standing.ts";

/** Why a point of order cannot be raised now; null if it can. */
export function pointReason(store: Store): string | null {
  return (
    raisedReason(store, "point_of_order") ??
    (own(store)?.may_order === false ? notEntitled() : null) ??
    usedReason(store, "point_of_order") ??
    sessionReason(store)
  );
}

/** Why a motion cannot be made now: it is for Member States (rule 77/119). */
export function motionReason(store: Store): string | null {
  const entry = own(store);
  return (
    raisedReason(store, "procedural_motion") ??
    (entry && entry.tier !== "member_state" ? t("For Member States") : null) ??
    usedReason(store, "procedural_motion") ??
    sessionReason(store)
  );
}

/** Why nobody can be responded to now. */
export function responseReason(store: Store): string | null {
  return (
    raisedReason(store, "response") ??
    usedReason(store, "response") ??
    sessionReason(store) ??
    (respondedTo(store) ? null : t("When somebody else has spoken"))
  );
}

/** Who speaks, or spoke last: whom a response answers; never oneself. */
export function respondedTo(store: Store): FloorEntity | InterventionEntity | null {
  const beneath = [store.floor.value, ...store.beneath.value].filter(
    (each): each is FloorEntity => each !== null && each.phase !== "called",
  );
  const speaks = beneath.find((each) => each.depth === 0) ?? null;
  const to = speaks ?? lastRow(store);
  const mine = store.you.value.delegation;
  return to && to.delegation === mine ? null : to;
}

function lastRow(store: Store): InterventionEntity | null {
  return [...store.interventions.value.values()]
    .filter((each) => each.n > 0 && each.over === null && each.kind !== "chair")
    .reduce<InterventionEntity | null>(
      (last, each) => (last && last.n > each.n ? last : each),
      null,
    );
}

/** Why no (further) reply can be asked for on an item. */
export function replyReason(store: Store, item: SegmentEntity | null): string | null {
  const replies = mostReplies(store);
  if (replies === 0) return t("No right of reply under these rules");
  if (own(store)?.may_reply === false) return notEntitled();
  if (item === null) return t("Once an item has begun");
  if (ownReply(store, item)) return t("You are on the list of replies");
  const used = usedReplies(store, item);
  if (used >= replies) {
    return tn("The one reply is used", "All {n} replies are used", replies);
  }
  return null;
}

/** How many replies this delegation may make on an item. */
export function mostReplies(store: Store): number {
  const most = store.meeting.value.rules.replies?.limits_s?.length ?? 0;
  return Math.min(most, own(store)?.replies ?? most);
}

/** How many replies on an item are made or asked for. */
export function usedReplies(store: Store, item: SegmentEntity): number {
  return store.mine.value?.replies[item.replies] ?? 0;
}

function ownReply(store: Store, item: SegmentEntity): boolean {
  return Object.values(store.mine.value?.requests ?? {}).some(
    (each) => each.kind === "right_of_reply" && each.list === item.replies,
  );
}

/** The items that replies may be asked for: begun ones, the running one first. */
export function repliable(store: Store): readonly SegmentEntity[] {
  const running = store.runningSegment.value?.id;
  return [...store.segments.value.values()]
    .filter((each) => each.state !== "upcoming" && each.kind !== "break")
    .sort((a, b) => Number(b.id === running) - Number(a.id === running));
}

/** Why a vote cannot be explained now: only before it and after it. */
export function explanationReason(store: Store): string | null {
  const segment = store.runningSegment.value;
  if (!segment?.kinds.includes("explanation_of_vote")) {
    return t("Before and after a vote");
  }
  return raisedReason(store, "explanation_of_vote") && t("You are on the list");
}

/** Why one cannot step aside for now. */
export function parkReason(store: Store, at: Standing): string | null {
  if (!store.meeting.value.rules.park) return t("Not used under these rules");
  return at.is === "queued" ? null : t("Once you are on the list");
}

/** Why one's place cannot be offered to another. */
export function swapReason(store: Store, at: Standing): string | null {
  if (store.meeting.value.rules.swaps === "off") return t("Not used under these rules");
  if (at.is !== "queued") return t("Once you are on the list");
  if (at.at.lot) return t("Once places are drawn");
  if ((store.mine.value?.swaps.length ?? 0) > 0) return t("An offer is open");
  return swappable(store, at.at).length > 0
    ? null
    : t("There is nobody to offer it to");
}

/** With whom one may change places: on the same list, and of the same sort. */
export function swappable(store: Store, { request }: Queued) {
  const tier = (code: string | null) => roster.value.delegations[code ?? ""]?.tier;
  return store
    .queueOf(request.list)
    .map((each, index) => ({ request: each, place: index + 1 }))
    .filter(
      ({ request: each }) =>
        each.id !== request.id &&
        each.delegation !== null &&
        each.delegation !== request.delegation &&
        each.status === "queued" &&
        (each.kind === "group_statement") === (request.kind === "group_statement") &&
        tier(each.delegation) === tier(request.delegation),
    );
}

/** A motion that is on the floor, to speak for or against. */
export function openMotion(store: Store): FloorEntity | null {
  const all = [store.floor.value, ...store.beneath.value];
  return (
    all.find(
      (each): each is FloorEntity =>
        each?.kind === "procedural_motion" && each.side === null,
    ) ?? null
  );
}

function own(store: Store) {
  return roster.value.delegations[store.you.value.delegation ?? ""] ?? null;
}

function raisedReason(store: Store, kind: Kind): string | null {
  const live = Object.values(store.mine.value?.requests ?? {});
  return live.some((each) => each.kind === kind) ? t("It is before the chair") : null;
}

function usedReason(store: Store, kind: string): string | null {
  const rule = store.meeting.value.rules.interruptions[kind];
  return rule === undefined || rule.enabled === false
    ? t("Not used under these rules")
    : null;
}

function sessionReason(store: Store): string | null {
  return store.meeting.value.state === "in_session"
    ? null
    : t("While the meeting is in session");
}

function notEntitled(): string {
  return t("Your delegation is not entitled to this here");
}
