import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Final } from "../lib/commands.ts";
import type { NoteEntity } from "../lib/protocol.ts";
import { createNotebook, PAUSE_MS } from "./notebook.ts";
import { aNote as made } from "./notes.fixture.ts";

const KEY = "test-notes";

function aNote(text: string, version: number): NoteEntity {
  return made({ text, version });
}

function desk(answers: (Final | Promise<Final>)[], notes: NoteEntity[] = []) {
  const store = signal<ReadonlyMap<string, NoteEntity>>(
    new Map(notes.map((each) => [each.id, each])),
  );
  const losses = signal<readonly unknown[]>([]);
  const send = vi.fn(
    async (..._: [string, Record<string, unknown>, unknown?]) =>
      answers.shift() ?? ok(9),
  );
  const book = createNotebook({
    notes: store,
    send: send as never,
    now: () => 42,
    losses,
    key: KEY,
  });
  const come = (note: NoteEntity) => {
    store.value = new Map([[note.id, note]]);
  };
  const lose = (left: NoteEntity) => {
    come(left);
    losses.value = [...losses.value, {}];
  };
  return { book, send, come, lose };
}

function ok(version: number): Final {
  return { outcome: "ok", seq: 1, result: { note: "n1.0", version } };
}

function no(code: "stale" | "internal", current: Record<string, unknown> = {}): Final {
  return { outcome: "no", code, message: "No.", current };
}

/** A storage that takes nothing. */
function fullStorage(): Partial<Storage> {
  return {
    getItem: () => null,
    setItem: () => {
      throw new Error("full");
    },
    removeItem: () => {},
  };
}

const typing = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

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
    expect(localStorage.length).toBe(0);
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
    expect(send.mock.lastCall?.[1]).toMatchObject({
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
    vi.stubGlobal("localStorage", fullStorage());
    const { book, send } = desk([ok(1)]);
    book.type("i1.0", "Supports.");
    await typing(PAUSE_MS);
    expect(send).toHaveBeenCalledTimes(1);
  });

  it("saves each field by itself, and merges another's edit of another field", async () => {
    const { book, send, come } = desk([ok(3), ok(4)], [aNote("Old", 1)]);
    book.type("i1.0", "Mine");
    book.type("i1.0", "A/75/1", "document");
    come(made({ text: "Old", version: 2, tags: ["supported"] }));
    await typing(PAUSE_MS);
    expect(send.mock.calls.map(([, fields]) => fields)).toEqual([
      { note: "n1.0", intervention: "i1.0", text: "Mine", version: 2 },
      { note: "n1.0", intervention: "i1.0", document: "A/75/1", version: 2 },
    ]);
    expect(book.counts.value).toMatchObject({ saved: 1, conflict: 0 });
  });

  it("counts a row once, by what is gravest in it", async () => {
    const stale = no("stale", { text: "Theirs", version: 2 });
    const { book } = desk([stale, new Promise<Final>(() => {})], [aNote("Old", 1)]);
    book.type("i1.0", "Mine");
    await typing(PAUSE_MS);
    book.mark("i1.0", { is: "tag", tag: "supported" }, true);
    expect(book.counts.value).toEqual({
      saved: 0,
      unsaved: 0,
      saving: 0,
      conflict: 1,
      failed: 0,
    });
  });

  it("keeps both fields and the marks of a row over a reload", async () => {
    const never = () => new Promise<Final>(() => {});
    const first = desk([never(), never(), never()]);
    first.book.type("i1.0", "Offline");
    first.book.type("i1.0", "A/75/1", "document");
    first.book.mark("i1.0", { is: "star" }, true);
    const second = desk([ok(1), ok(2), ok(3)]);
    expect(second.book.draftOf("i1.0").value.text).toBe("Offline");
    expect(second.book.draftOf("i1.0", "document").value.text).toBe("A/75/1");
    expect(second.book.wishesOf("i1.0").value.size).toBe(1);
    await typing(PAUSE_MS);
    expect(second.send).toHaveBeenCalledTimes(3);
    expect(localStorage.length).toBe(0);
  });

  it("says when this device cannot keep what is not saved", async () => {
    vi.stubGlobal("localStorage", fullStorage());
    const { book } = desk([ok(1)]);
    book.type("i1.0", "Supports.");
    expect(book.keeps.value).toBe(false);
    await typing(PAUSE_MS);
    expect(book.keeps.value).toBe(true);
  });

  it("sends again what the server had saved and lost", async () => {
    const { book, send, lose } = desk([ok(2)], [aNote("Supports.", 1)]);
    book.type("i1.0", "Supports, asks why.");
    await typing(PAUSE_MS);
    expect(book.counts.value).toMatchObject({ saved: 1 });
    lose(aNote("Supports.", 1));
    expect(book.counts.value).toMatchObject({ unsaved: 1 });
    expect(book.draftOf("i1.0").value.text).toBe("Supports, asks why.");
    await typing(PAUSE_MS);
    expect(send).toHaveBeenCalledTimes(2);
    expect(send.mock.calls[1]?.slice(1, 2)).toEqual([
      { note: "n1.0", intervention: "i1.0", text: "Supports, asks why.", version: 1 },
    ]);
  });
});
