/** Interruptions as the console sees them: what is raised, held, and still to be ruled. */
import { t } from "../lib/i18n.ts";
import type {
  FloorEntity,
  InterventionEntity,
  MeetingEntity,
  RequestEntity,
} from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING } from "../lib/terms.ts";
import type { Press } from "./press.ts";
import { chairRemarks, wantsRuling } from "./pressPoints.ts";
import type { Scene } from "./primary.ts";

/** Raised and not yet recognised, in the order of call. */
export function raised(store: Store): readonly RequestEntity[] {
  const taken = [store.floor.value, ...store.beneath.value].map(
    (each) => each?.request,
  );
  return store.points.value.filter(
    (each) => each.status === "queued" && !taken.includes(each.id),
  );
}

/**
 * The point of order or motion that is over and waits for the chair's ruling: the last
 * one over whoever is on the floor, or between speakers the last one heard.
 */
export function awaitingRuling(
  meeting: MeetingEntity,
  floor: FloorEntity | null,
  rows: Iterable<InterventionEntity>,
): InterventionEntity | null {
  const last = [...rows]
    .filter((row) => row.n > 0 && !isDebate(row) && row.outcome !== "returned")
    .reduce<InterventionEntity | null>(
      (found, row) => (found === null || row.n > found.n ? row : found),
      null,
    );
  if (last === null || last.ruling !== null || !wantsRuling(meeting, last.kind)) {
    return null;
  }
  // One who was called only is not interrupted: the point stood beside that call.
  const waits = floor?.phase === "called" && !INTERRUPTING.has(floor.kind);
  const beside = last.over === null && (floor === null || waits);
  return beside || last.over === floor?.id ? last : null;
}

/** Who speaks for or against a motion is not ruled on; the motion still is. */
function isDebate(row: InterventionEntity): boolean {
  return row.kind === "procedural_motion" && row.side !== null;
}

/** Why a point cannot be recognised now, or null. */
export function whyNotYet(
  meeting: MeetingEntity,
  floor: FloorEntity | null,
  beneath: number,
  ruling: InterventionEntity | null,
  point: RequestEntity,
): string | null {
  if (meeting.state !== "in_session") return t("The meeting is not in session");
  if (ruling && (point.on === null || point.on !== ruling.request)) {
    return t("Record the ruling first");
  }
  if (!floor) return null;
  const rules = meeting.rules.interruptions[point.kind];
  if (rules?.when === "between") return t("After this speaker");
  const depth = meeting.profile?.interruption_depth ?? 2;
  return beneath >= depth ? t("Two interrupt already") : null;
}

/** The chair's own remarks, while nobody has the floor. */
export function remarks({ meeting, floor, ruling }: Scene): Press | null {
  const may = meeting.state === "in_session" && !floor && !ruling;
  return may ? chairRemarks(null) : null;
}
