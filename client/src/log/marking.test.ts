import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Final } from "../lib/commands.ts";
import type { NoteEntity } from "../lib/protocol.ts";
import { createKeeping } from "./keeping.ts";
import { createMarking } from "./marking.ts";
import type { Mark } from "./marks.ts";
import { aNote } from "./notes.fixture.ts";
import { byRow } from "./notes.ts";

const STAR: Mark = { is: "star" };
const ROW = "i1.0";

function ok(version: number): Final {
  return { outcome: "ok", seq: 1, result: { note: "n1.0", version } };
}

function no(code: "stale" | "too_long" | "internal", version?: number): Final {
  const current = version === undefined ? {} : { version };
  return { outcome: "no", code, message: "No.", current };
}

function desk(answers: (Final | Promise<Final>)[], note: NoteEntity | null = null) {
  const notes = signal(byRow(new Map(note ? [[note.id, note]] : [])));
  const send = vi.fn(
    async (..._: [string, Record<string, unknown>, unknown?]) =>
      answers.shift() ?? ok(9),
  );
  const losses = signal<readonly unknown[]>([]);
  const marking = createMarking({
    notes,
    send: send as never,
    keeping: createKeeping("marking-test"),
    saved: () => {},
    losses,
  });
  const come = (next: NoteEntity) => {
    notes.value = byRow(new Map([[next.id, next]]));
  };
  const lose = (left: NoteEntity) => {
    come(left);
    losses.value = [...losses.value, {}];
  };
  return { marking, send, come, lose };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

it("a mark goes at once, and what is pressed meanwhile goes after it together", async () => {
  let answer: (final: Final) => void = () => {};
  const first = new Promise<Final>((go) => {
    answer = go;
  });
  const { marking, send } = desk([first, ok(2)]);
  marking.mark(ROW, { is: "tag", tag: "supported" }, true);
  marking.mark(ROW, { is: "tag", tag: "opposed" }, true);
  marking.mark(ROW, { is: "question", n: 1 }, true);
  expect(send).toHaveBeenCalledTimes(1);
  expect([...marking.unsaved.value]).toEqual([ROW]);
  answer(ok(1));
  await vi.advanceTimersByTimeAsync(0);
  expect(send.mock.calls[1]?.[1]).toMatchObject({
    tags: { add: ["opposed"], drop: [] },
    questions: { add: [1], drop: [] },
  });
  expect(marking.unsaved.value.size).toBe(0);
  expect(localStorage.length).toBe(0);
});

it("the star that another pressed as well is pressed again on what is new", async () => {
  const { marking, send, come } = desk([no("stale", 3), ok(4)], aNote());
  marking.mark(ROW, STAR, true);
  await vi.advanceTimersByTimeAsync(0);
  come(aNote({ version: 3 }));
  await vi.advanceTimersByTimeAsync(200);
  expect(send.mock.calls.map(([, fields]) => fields.version)).toEqual([1, 3]);
});

it("what is refused for good is taken back and said", async () => {
  const { marking, send } = desk([no("too_long")], aNote());
  marking.mark(ROW, { is: "tag", tag: "one too many" }, true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(send).toHaveBeenCalledTimes(1);
  expect(marking.wishesOf(ROW).value.size).toBe(0);
  expect(marking.refused.value).toEqual({ row: ROW, why: "No." });
});

it("what had stood and was lost goes again", async () => {
  const { marking, send, come, lose } = desk([ok(2), ok(2)], aNote());
  marking.mark(ROW, STAR, true);
  await vi.advanceTimersByTimeAsync(0);
  come(aNote({ version: 2, follow_up: true }));
  expect(marking.wishesOf(ROW).value.size).toBe(0);
  lose(aNote());
  expect(send.mock.calls.map(([, fields]) => fields)).toEqual([
    { note: "n1.0", intervention: ROW, follow_up: true, version: 1 },
    { note: "n1.0", intervention: ROW, follow_up: true, version: 1 },
  ]);
});

it("any other failure is tried again", async () => {
  const { marking, send } = desk([no("internal"), ok(2)], aNote());
  marking.mark(ROW, STAR, true);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(send).toHaveBeenCalledTimes(2);
});
