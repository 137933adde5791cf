import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Final } from "../lib/commands.ts";
import type { NoteEntity } from "../lib/protocol.ts";
import { createNotebook, PAUSE_MS } from "./notebook.ts";

const KEY = "test-notes";

function aNote(text: string, version: number): NoteEntity {
  return {
    id: "n1.0",
    intervention: "i1.0",
    request: null,
    scope: "record",
    text,
    at: 1,
    version,
    correction: false,
    correction_by: null,
  };
}

function desk(answers: (Final | Promise<Final>)[], notes: NoteEntity[] = []) {
  const store = signal<ReadonlyMap<string, NoteEntity>>(
    new Map(notes.map((each) => [each.id, each])),
  );
  const send = vi.fn(async () => answers.shift() ?? ok(9));
  const book = createNotebook({
    notes: store,
    send: send as never,
    now: () => 42,
    key: KEY,
  });
  const come = (note: NoteEntity) => {
    store.value = new Map([[note.id, note]]);
  };
  return { book, send, come };
}

function ok(version: number): Final {
  return { outcome: "ok", seq: 1, result: { note: "n1.0", version } };
}

function no(code: "stale" | "internal", current: Record<string, unknown> = {}): Final {
  return { outcome: "no", code, message: "No.", current };
}

const typing = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

describe("the notebook", () => {
  it("sends once there is a pause, not at every key", async () => {
    const { book, send } = desk([ok(1)]);
    book.type("i1.0", "S");
    await typing(PAUSE_MS / 2);
    book.type("i1.0", "Supports.");
    await typing(PAUSE_MS - 1);
    expect(send).not.toHaveBeenCalled();
    await typing(1);
    expect(send.mock.calls).toEqual([
      [
        "note",
        { note: null, intervention: "i1.0", text: "Supports.", version: 0 },
        { quiet: true },
      ],
    ]);
    expect(book.counts.value.saved).toBe(1);
    expect(book.savedAt.value).toBe(42);
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  it("sends at once when the row is left", async () => {
    const { book, send } = desk([ok(1)]);
    book.type("i1.0", "Supports.");
    book.settle("i1.0");
    await typing(0);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("keeps what is not on the server, and takes it up after a reload", async () => {
    const first = desk([new Promise<Final>(() => {})]);
    first.book.type("i1.0", "Written offline");
    await typing(PAUSE_MS);
    expect(first.book.counts.value.saving).toBe(1);

    const second = desk([ok(1)]);
    expect(second.book.draftOf("i1.0").value.text).toBe("Written offline");
    await typing(PAUSE_MS);
    expect(second.book.counts.value.saved).toBe(1);
  });

  it("asks when another's text came while this device was away", () => {
    const first = desk([new Promise<Final>(() => {})], [aNote("Old", 1)]);
    first.book.type("i1.0", "Mine");
    const second = desk([], [aNote("Theirs", 2)]);
    const draft = second.book.draftOf("i1.0").value;
    expect([draft.text, draft.theirs?.text]).toEqual(["Mine", "Theirs"]);
  });

  it("shows both texts after a refusal as stale, and goes on with the choice", async () => {
    const stale = no("stale", { text: "Theirs", version: 2 });
    const { book, send } = desk([stale, ok(3)], [aNote("Old", 1)]);
    book.type("i1.0", "Mine");
    await typing(PAUSE_MS);
    expect(book.draftOf("i1.0").value.theirs?.text).toBe("Theirs");
    expect(book.counts.value.conflict).toBe(1);
    book.choose("i1.0", "both");
    await typing(0);
    expect(send.mock.lastCall?.[1 as never]).toMatchObject({
      note: "n1.0",
      text: "Theirs\nMine",
      version: 2,
    });
  });

  it("tries again by itself after another failure", async () => {
    const { book, send } = desk([no("internal"), ok(1)]);
    book.type("i1.0", "Supports.");
    await typing(PAUSE_MS);
    expect(book.counts.value.failed).toBe(1);
    await typing(5_000);
    expect(send).toHaveBeenCalledTimes(2);
    expect(book.counts.value.saved).toBe(1);
  });

  it("follows another's text where nothing is typed", () => {
    const { book, come } = desk([], [aNote("Old", 1)]);
    const draft = book.draftOf("i1.0");
    come(aNote("Newer", 2));
    expect(draft.value.text).toBe("Newer");
  });

  it("works without storage", async () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new Error("full");
    });
    const { book, send } = desk([ok(1)]);
    book.type("i1.0", "Supports.");
    await typing(PAUSE_MS);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
