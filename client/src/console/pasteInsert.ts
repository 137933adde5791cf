/** Sends a pasted list. One command where it fits into a frame, else a few in order. */
import { t } from "../lib/i18n.ts";
import type { Desk } from "./desk.ts";
import { type Entry, entries, type Row } from "./paste.ts";

/** Below the wire's largest frame (16 kB), with room for the rest of the command. */
const ROOM_BYTES = 14_000;

export interface Inserted {
  readonly added: number;
  /** Requests that were on the list before. */
  readonly already: readonly string[];
  readonly trouble: string;
}

/**
 * A part that was accepted and is sent again, because a later one failed, does no
 * harm: whoever is on the list already stays there.
 */
export async function insertAll(
  desk: Desk,
  list: string,
  rows: readonly Row[],
): Promise<Inserted> {
  let added = 0;
  const already: string[] = [];
  for (const part of parts(entries(rows, desk.channel.value))) {
    const fields = { list, entries: part };
    const final = await desk.carryOut({ type: "insert", fields, label: t("Add") });
    if (final.outcome === "ok") {
      added += (final.result.requests as string[]).length;
      already.push(...(final.result.already as string[]));
    } else if (final.outcome === "no") {
      const all = final.code === "already_on_list";
      return { added, already, trouble: all ? allThere(final.message) : final.message };
    }
  }
  return { added, already, trouble: "" };
}

function allThere(message: string): string {
  return t("{message} Nobody in this list is new.", { message });
}

export function parts(all: readonly Entry[]): readonly (readonly Entry[])[] {
  const found: Entry[][] = [];
  let room = 0;
  for (const entry of all) {
    const size = new TextEncoder().encode(JSON.stringify(entry)).length + 1;
    if (found.length === 0 || size > room) {
      found.push([]);
      room = ROOM_BYTES;
    }
    found.at(-1)?.push(entry);
    room -= size;
  }
  return found;
}
