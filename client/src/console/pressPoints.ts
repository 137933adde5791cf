/** What the buttons about points of order, motions, responses and replies send. */
import { commas, t } from "../lib/i18n.ts";
import type {
  FieldsOf,
  FloorEntity,
  InterventionEntity,
  MeetingEntity,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";
import {
  type ItemPhase,
  kindName,
  type Motion,
  motionName,
  phaseName,
  type Ruling,
  sideName,
} from "../lib/terms.ts";
import { made, type Press } from "./press.ts";

export type Then = NonNullable<FieldsOf<"rule">["then"]>;
export type Appeal = NonNullable<FieldsOf<"rule">["appeal"]>;
export type Interrupting =
  | "point_of_order"
  | "procedural_motion"
  | "response"
  | "technical";

/** What an operator enters for a delegation that raised its hand, or a card. */
export interface Raised {
  readonly kind: Interrupting;
  readonly motion?: Motion;
  /** Who speaks for or against a motion, and which one. */
  readonly side?: "for" | "against";
  readonly on?: string;
}

/** "Motion to close the debate", "Point of order". */
export function pointName(
  point: Pick<RequestEntity | FloorEntity | InterventionEntity, "kind" | "motion"> & {
    readonly side?: "for" | "against" | null;
  },
): string {
  if (point.kind !== "procedural_motion") return kindName(point.kind);
  if (point.side) return t("On the motion: {side}", { side: sideName(point.side) });
  return point.motion === null || point.motion === "other"
    ? kindName(point.kind)
    : t("Motion {purpose}", { purpose: motionName(point.motion) });
}

export function raise(
  list: string,
  delegation: string,
  raised: Raised,
  channel: string,
  override = false,
): Press {
  const entry = { delegation, ...raised, channel, ...(override && { override }) };
  const fields = { list, entries: [entry] } as unknown as FieldsOf<"insert">;
  return made("insert", fields, t("Raise it"));
}

/** `floor` is who was on top of the floor as the screen showed it. */
export function recognise(point: RequestEntity, floor: FloorEntity | null): Press {
  const fields = { request: point.id, expect: { floor: floor?.id ?? null } };
  return made("recognise", fields, t("Recognise"));
}

/** The same, where it is the thing to do now and says whom. */
export function recogniseFirst(
  point: RequestEntity,
  floor: FloorEntity | null,
  name: string,
): Press {
  const label = t("Recognise {name}: {what}", { name, what: pointName(point) });
  return { ...recognise(point, floor), label };
}

export interface Decision {
  readonly ruling: Ruling | null;
  /** How the interrupted speaker goes on. */
  readonly after: Then;
  readonly appeal: Appeal | null;
  readonly note: string;
}

export const UNDECIDED: Decision = {
  ruling: null,
  after: "go_on",
  appeal: null,
  note: "",
};

/** What the chair can say of it; by digit, in this order. */
export function rulings(kind: RequestEntity["kind"]): readonly Ruling[] {
  return kind === "procedural_motion"
    ? ["carried", "lost", "withdrawn", "noted"]
    : ["upheld", "not_upheld", "withdrawn", "noted"];
}

/** Null until a ruling is chosen: Space alone must not rule. */
export function rule(
  row: InterventionEntity,
  decision: Decision,
  label: string,
): Press | null {
  const { ruling, after, appeal, note } = decision;
  if (ruling === null) return null;
  const fields = {
    intervention: row.id,
    ruling,
    appeal,
    note: note.trim(),
    // biome-ignore lint/suspicious/noThenProperty: the word of the wire, never awaited
    then: after,
  };
  return made("rule", fields, label);
}

export function chairRemarks(floor: FloorEntity | null): Press {
  return made(
    "chair_remarks",
    { expect: { floor: floor?.id ?? null } },
    t("The Chair speaks"),
  );
}

export function decline(request: RequestEntity, reason: string): Press {
  const said = reason.trim();
  return made("decline", { request: request.id, reason: said }, t("Decline"));
}

export function setPhase(segment: SegmentEntity, phase: ItemPhase): Press {
  const expect = { segment: segment.id, phase: segment.phase };
  return made("set_phase", { phase, expect }, phaseName(phase));
}

/** The same, where replies are the thing to do now. */
export function goToReplies(
  segment: SegmentEntity,
  phase: "reply_1" | "reply_2",
): Press {
  const label =
    phase === "reply_1"
      ? t("Go on to the rights of reply")
      : t("Go on to the second replies");
  return { ...setPhase(segment, phase), label };
}

/** Whether the rules want a ruling on such a kind before anybody goes on. */
export function wantsRuling(meeting: MeetingEntity, kind: string): boolean {
  return meeting.rules.interruptions[kind]?.ruling ?? false;
}

/** Who asks and what, for a list read out: "Aelindra, point of order". */
export function pointLine(name: string, point: RequestEntity): string {
  return commas([name, pointName(point)]);
}
