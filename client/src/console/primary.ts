/** The one filled button: what is the thing to do now. One table, no other place. */
import type {
  FloorEntity,
  ListEntity,
  MeetingEntity,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";
import * as press from "./press.ts";

/** What the console has before its eyes when the button is drawn. */
export interface Scene {
  readonly meeting: MeetingEntity;
  readonly segment: SegmentEntity | null;
  readonly following: SegmentEntity | null;
  readonly list: ListEntity | null;
  /** The first of the running list that is not yet called. */
  readonly head: RequestEntity | null;
  readonly floor: FloorEntity | null;
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

function idle({ meeting, list, head, following, nameOf }: Scene): press.Press {
  if (list && roundIsDue(list, head)) return press.closeRound(list);
  if (head) return press.call(head, head, nameOf(head));
  if (following) return press.goTo(following, meeting);
  return press.adjourn(meeting, 0);
}

/** A panel's round is full, or has questions and no more to come: it is answered. */
export function roundIsDue(list: ListEntity, head: RequestEntity | null): boolean {
  if (list.heard.length === 0 || head?.kind === "answer") return false;
  return head === null || list.heard.length >= list.round_size;
}

/** Call the next (N): its own key and place, whatever the filled button says. */
export function callNext({ meeting, floor, head, nameOf }: Scene): press.Press | null {
  if (meeting.state !== "in_session" || floor || !head) return null;
  return press.call(head, head, nameOf(head));
}

/** What a press is about: while this stays, the button has not changed its meaning. */
export function identity(p: press.Press | null): string {
  if (!p) return "";
  const { expect, request, segment } = p.fields;
  return JSON.stringify([p.type, request ?? segment ?? null, expect ?? null]);
}
