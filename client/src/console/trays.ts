/** Requests that wait beside a list: for a yes, for after the closing, or parked. */
import type { ListEntity, RequestEntity } from "../lib/protocol.ts";

export type TrayName = "requested" | "late" | "deferred";

export interface Tray {
  readonly name: TrayName;
  readonly requests: readonly RequestEntity[];
}

const ORDER: readonly TrayName[] = ["requested", "late", "deferred"];

/** The trays of a list that hold anybody, what needs an answer first. */
export function traysOf(
  list: ListEntity,
  requests: ReadonlyMap<string, RequestEntity>,
): readonly Tray[] {
  return ORDER.map((name) => ({
    name,
    requests: (list[name] ?? []).flatMap((id) => requests.get(id) ?? []),
  })).filter((tray) => tray.requests.length > 0);
}
