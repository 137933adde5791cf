/** The one filled button: what is the thing to do now. One table, no other place. */
import { t } from "../lib/i18n.ts";
import type {
  FloorEntity,
  InterventionEntity,
  ListEntity,
  MeetingEntity,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";
import { leftText } from "../lib/time.ts";
import * as press from "./press.ts";
import { type Decision, goToReplies, recogniseFirst, rule } from "./pressPoints.ts";

/** What the console has before its eyes when the button is drawn. */
export interface Scene {
  readonly meeting: MeetingEntity;
  readonly segment: SegmentEntity | null;
  readonly following: SegmentEntity | null;
  readonly list: ListEntity | null;
  /** The first of the running list that is not yet called. */
  readonly head: RequestEntity | null;
  readonly floor: FloorEntity | null;
  /** What was raised and is to be recognised by the chair, in the order of call. */
  readonly points: readonly RequestEntity[];
  /** The interruption that is over and still to be ruled on, and what was chosen. */
  readonly ruling: InterventionEntity | null;
  readonly decision: Decision;
  /** First and second replies that wait on the item's list of replies. */
  readonly replies: { readonly first: number; readonly second: number };
  readonly nameOf: (who: RequestEntity | FloorEntity) => string;
}

export function primary(scene: Scene): press.Press | null {
  switch (scene.meeting.state) {
    case "scheduled":
      return press.openLobby(scene.meeting);
    case "lobby":
      return press.callToOrder(scene.meeting);
    case "suspended":
      return press.resumeMeeting(scene.meeting);
    case "in_session":
      if (scene.ruling) return rule(scene.ruling, scene.decision, ruled(scene));
      return scene.floor ? onFloor(scene, scene.floor) : idle(scene);
    case "rose":
    case "archived":
      return null;
  }
}

function onFloor(scene: Scene, floor: FloorEntity): press.Press {
  switch (floor.phase) {
    case "called":
      return press.start(floor, scene.nameOf(floor));
    case "speaking":
      return press.end(floor);
    case "paused":
      return press.resume(floor, scene.meeting);
  }
}

/** The ruling, and how it goes on: with exactly what was left. */
function ruled({ floor, decision, nameOf }: Scene): string {
  if (!floor || floor.phase === "called") return t("Record the ruling");
  const name = nameOf(floor);
  if (decision.after === "end") {
    return t("Record the ruling, end the intervention of {name}", { name });
  }
  if (decision.after === "wait") {
    return t("Record the ruling, {name} waits", { name });
  }
  const left = floor.allotted_ms - floor.used_ms;
  return floor.running_since === null && left >= 0
    ? t("Record the ruling, {name} goes on with {time}", { name, time: leftText(left) })
    : t("Record the ruling, {name} goes on", { name });
}

function idle(scene: Scene): press.Press | null {
  const { meeting, list, head, following, points, nameOf } = scene;
  const [point] = points;
  if (point) return recogniseFirst(point, null, nameOf(point));
  if (list && roundIsDue(list, head)) return press.closeRound(list);
  const replies = repliesDue(scene);
  if (replies) return replies;
  if (isInDraw(list, head)) return null;
  if (head) return press.call(head, head, nameOf(head));
  if (following) return press.goTo(following, meeting);
  return press.adjourn(meeting, 0);
}

/** Kinds that stand where the lot puts them; others are called before it. */
const DRAWN: ReadonlySet<string> = new Set([
  "statement",
  "group_statement",
  "question",
  "explanation_of_vote",
]);

/** Whether the first has no place yet: only the row itself offers to call it. */
export function isInDraw(list: ListEntity | null, head: RequestEntity | null): boolean {
  return list?.state === "lot_window" && head !== null && DRAWN.has(head.kind);
}

/** Replies are due once the list, or all that comes before them, has been heard. */
function repliesDue({ meeting, segment, head, following, replies }: Scene) {
  if (!segment) return null;
  if (segment.phase === "reply_1") {
    const done = replies.first === 0 && replies.second > 0;
    return done ? goToReplies(segment, "reply_2") : null;
  }
  const waits = replies.first > 0 || replies.second > 0;
  if (segment.phase === "reply_2" || head || !waits) return null;
  const place = meeting.rules.replies?.place ?? "end_of_item";
  if (place !== "end_of_item" && following) return null;
  return goToReplies(segment, replies.first > 0 ? "reply_1" : "reply_2");
}

/** A panel's round is full, or has questions and no more to come: it is answered. */
export function roundIsDue(list: ListEntity, head: RequestEntity | null): boolean {
  if (list.heard.length === 0 || head?.kind === "answer") return false;
  return head === null || list.heard.length >= list.round_size;
}

/** Call the next (N): its own key and place, whatever the filled button says. */
export function callNext(scene: Scene): press.Press | null {
  const { meeting, floor, head, list, ruling, nameOf } = scene;
  if (meeting.state !== "in_session" || floor || ruling || !head) return null;
  if (isInDraw(list, head)) return null;
  return press.call(head, head, nameOf(head));
}

/** What a press is about: while this stays, the button has not changed its meaning. */
export function identity(p: press.Press | null): string {
  if (!p) return "";
  const { expect, request, segment } = p.fields;
  return JSON.stringify([p.type, request ?? segment ?? null, expect ?? null]);
}

/** The same of the whole button: choosing a ruling does not change what it is about. */
export function meaning(scene: Scene): string {
  return scene.ruling ? `ruling:${scene.ruling.id}` : identity(primary(scene));
}
