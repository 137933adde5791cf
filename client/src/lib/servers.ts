/** Where several servers keep a meeting: which one each device is connected to. */
import type { Present } from "./protocol.ts";

type Here = ReadonlyMap<string, Present>;

/** How many devices each server has, by its name; empty where there is one alone. */
export function devicesByServer(here: Here): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { server } of here.values()) {
    found.set(server, (found.get(server) ?? 0) + 1);
  }
  if (found.size < 2) return new Map();
  return new Map([...found].sort(([a], [b]) => a.localeCompare(b)));
}

/** Names devices: what they are called, and where they are if there are several
 * places. Empty for one without a name on the only server. */
export function deviceNames(here: Here): (device: Present) => string {
  const several = devicesByServer(here).size > 0;
  return ({ device, server }) =>
    [device, several ? server : ""].filter(Boolean).join(" · ");
}
