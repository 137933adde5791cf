/** Who is connected, and whose voice is whose. */
import type { LinkEntity, Present, RequestEntity } from "../lib/protocol.ts";

/** The voice of a request in the totals: a delegation, or a group. */
export function voiceOf(
  request: Pick<RequestEntity, "delegation" | "group" | "group_text">,
): string {
  if (request.group) return `group:${request.group}`;
  if (request.group_text) return `group:${request.group_text.toLowerCase()}`;
  return request.delegation ?? "";
}

export interface Attendance {
  /** Delegations with at least one device here, of those with a link. */
  readonly delegations: number;
  readonly invited: number;
  readonly displays: number;
  readonly displaysKnown: number;
  readonly operators: number;
  readonly rapporteurs: number;
}

export function attendance(
  here: ReadonlyMap<string, Present>,
  links: ReadonlyMap<string, LinkEntity>,
): Attendance {
  const valid = [...links.values()].filter((each) => !each.revoked);
  const present = [...here.values()];
  return {
    delegations: distinct(present.map((each) => each.delegation)),
    invited: distinct(valid.map((each) => each.delegation)),
    displays: distinct(linksOf(present, "display")),
    displaysKnown: valid.filter((each) => each.role === "display").length,
    operators: linksOf(present, "moderator").length,
    rapporteurs: linksOf(present, "rapporteur").length,
  };
}

function linksOf(present: readonly Present[], role: Present["role"]): string[] {
  return present.filter((each) => each.role === role).map((each) => each.link);
}

function distinct(values: readonly (string | null)[]): number {
  return new Set(values.filter((each) => each !== null && each !== "")).size;
}

/** The devices of a delegation that are connected now, the longest first. */
export function devicesOf(
  here: ReadonlyMap<string, Present>,
  delegation: string,
): readonly Present[] {
  return [...here.values()]
    .filter((each) => each.delegation === delegation)
    .sort((a, b) => a.since - b.since);
}
