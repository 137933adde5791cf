/** Rows of the record that the line did not bring: fetched when one is missing. */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Boot } from "../lib/boot.ts";
import type { InterventionEntity } from "../lib/protocol.ts";
import { missingFrom, type Row } from "./rows.ts";

export interface Fetched {
  readonly rows: ReadonlySignal<ReadonlyMap<string, InterventionEntity>>;
  /** Watches `rows` and fetches what they lack. Returns how to stop. */
  complete(rows: ReadonlySignal<readonly Row[]>): () => void;
  /** The server has lost a part of the past: what was fetched may be of it. */
  forget(): void;
}

const AGAIN_MS = 10_000;

export function fetchedRows(boot: Boot, get: typeof fetch = fetch): Fetched {
  const rows = signal<ReadonlyMap<string, InterventionEntity>>(new Map());
  let askedAt = Number.NEGATIVE_INFINITY;

  const ask = async (after: number) => {
    if (performance.now() - askedAt < AGAIN_MS) return;
    askedAt = performance.now();
    const query = new URLSearchParams({ as: boot.link, after: String(after) });
    const answer = await get(`/api/v1/meetings/${boot.meeting}/log?${query}`).catch(
      () => null,
    );
    if (!answer?.ok) return;
    const body = (await answer.json()) as { rows: InterventionEntity[] };
    const next = new Map(rows.peek());
    for (const row of body.rows) next.set(row.id, row);
    rows.value = next;
  };

  return {
    rows,
    forget() {
      askedAt = Number.NEGATIVE_INFINITY;
      rows.value = new Map();
    },
    complete: (present) =>
      effect(() => {
        const from = missingFrom(present.value);
        if (from !== null) void ask(from - 1);
      }),
  };
}
