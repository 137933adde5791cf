/** When everybody will have been heard. The server says what each entry costs; here
 * these are added up from the present deadline. */
import type {
  FloorEntity,
  ListEntity,
  MeetingEntity,
  RequestEntity,
} from "../lib/protocol.ts";

export interface Forecast {
  /** When each entry would be called, by request id. */
  readonly called_at: ReadonlyMap<string, number>;
  readonly heard_at: number;
  /** Left before the planned end, after what is kept for later; null without an end. */
  readonly spare_ms: number | null;
}

const DAY_MS = 86_400_000;

export function forecast(
  meeting: MeetingEntity,
  floor: FloorEntity | null,
  waiting: readonly RequestEntity[],
  now: number,
): Forecast {
  let at = begins(meeting, floor, now);
  const called_at = new Map<string, number>();
  for (const request of waiting) {
    called_at.set(request.id, at);
    at += request.cost_ms;
  }
  const ends_at = meeting.ends_at;
  // A programme of another day says nothing about this one.
  const usable = ends_at !== null && Math.abs(ends_at - now) < DAY_MS;
  return {
    called_at,
    heard_at: at,
    spare_ms: usable ? ends_at - meeting.reserve_ms - at : null,
  };
}

function begins(
  meeting: MeetingEntity,
  floor: FloorEntity | null,
  now: number,
): number {
  const from =
    meeting.state === "suspended" ? Math.max(now, meeting.resume_at ?? now) : now;
  if (!floor) return from;
  const since = floor.running_since;
  const used = floor.used_ms + (since === null ? 0 : now - since);
  return from + Math.max(0, floor.allotted_ms - used);
}

/** How many of those who wait are done by `until`, each with the whole of its cost. */
export function heardBy({ called_at, heard_at }: Forecast, until: number): number {
  return [...called_at.values(), heard_at].slice(1).filter((at) => at <= until).length;
}

/** Whether a person leaves before their turn would come, or is not there yet. */
export function windowOf(
  request: RequestEntity,
  called_at: number | undefined,
): "leaves_before" | "comes_after" | null {
  if (called_at === undefined) return null;
  const leaves = request.not_after ?? null;
  if (leaves !== null && called_at + request.limit_ms > leaves) return "leaves_before";
  const comes = request.not_before ?? null;
  if (comes !== null && called_at < comes) return "comes_after";
  return null;
}

/** Whether the list will close before its last entry can be heard by the end. */
export function closingMatters(list: ListEntity, outlook: Forecast): boolean {
  return list.state === "open" && outlook.spare_ms !== null && outlook.spare_ms < 0;
}
