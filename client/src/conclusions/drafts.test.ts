import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { aConclusion } from "../lib/scene.fixture.ts";
import { createDrafts, PAUSE_MS } from "./drafts.ts";
import type { Conclusions } from "./order.ts";

const HERE = { segment: "s1.2", question: 1 };

function open(answer: object = { outcome: "ok", result: { version: 2 } }) {
  const conclusions = signal<Conclusions>(
    new Map([["c1", aConclusion("c1", { question: 1, text: "one" })]]),
  );
  const send = vi.fn(async (..._: unknown[]) => answer);
  const drafts = createDrafts({ conclusions, send: send as never, key: "test" });
  const comes = (over: object | null) => {
    const known = aConclusion("c1", { question: 1, text: "one", ...over });
    conclusions.value = over === null ? new Map() : new Map([["c1", known]]);
  };
  return { drafts, send, comes };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => vi.useRealTimers());

it("sends what is typed at a pause, with the version that was read", async () => {
  const { drafts, send } = open();
  drafts.type("c1", "one more");
  expect(drafts.open.value).toBe(1);
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(send).toHaveBeenCalledWith(
    "write_conclusion",
    { conclusion: "c1", text: "one more", version: 1 },
    { quiet: true },
  );
  expect(drafts.open.value).toBe(0);
});

it("never sends a text without words", async () => {
  const { drafts, send } = open();
  drafts.type("c1", "  ");
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  expect(send).not.toHaveBeenCalled();
});

it("shows both where somebody else has changed the same text", async () => {
  const current = { conclusion: "c1", text: "theirs", version: 5 };
  const { drafts, send } = open({ outcome: "no", code: "stale", current, message: "" });
  drafts.type("c1", "mine");
  await vi.advanceTimersByTimeAsync(PAUSE_MS);
  const draft = drafts.draftOf("c1");
  expect([draft.value.text, draft.value.theirs?.text]).toEqual(["mine", "theirs"]);
  drafts.choose("c1", "both");
  expect(send).toHaveBeenLastCalledWith(
    "write_conclusion",
    { conclusion: "c1", text: "theirs\nmine", version: 5 },
    { quiet: true },
  );
});

it("keeps what is refused, and does not try again by itself", async () => {
  const no = {
    outcome: "no",
    code: "conclusion_fixed",
    message: "Fixed.",
    current: {},
  };
  const { drafts, send } = open(no);
  drafts.type("c1", "late");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(send).toHaveBeenCalledTimes(1);
  expect([drafts.draftOf("c1").value.text, drafts.draftOf("c1").value.failed]).toEqual([
    "late",
    "Fixed.",
  ]);
  drafts.forget("c1");
  expect(drafts.draftOf("c1").value.text).toBe("one");
  expect(drafts.open.value).toBe(0);
});

it("what is typed outlives the page", () => {
  open().drafts.type("c1", "half a sen");
  open().drafts.typeFresh(HERE, "a new one");
  const { drafts } = open();
  expect(drafts.draftOf("c1").value.text).toBe("half a sen");
  expect(drafts.freshOf(HERE).value).toBe("a new one");
});

it("what somebody else drops meanwhile leaves what was typed here", () => {
  const { drafts, comes } = open();
  drafts.type("c1", "half a sen");
  comes(null);
  expect(drafts.freshOf(HERE).value).toBe("half a sen");
});

it("follows what a colleague writes where nothing is typed", () => {
  const { drafts, comes } = open();
  expect(drafts.draftOf("c1").value.text).toBe("one");
  comes({ text: "two", version: 2 });
  expect(drafts.draftOf("c1").value.text).toBe("two");
});

it("a new one goes by its button, and stays until it is on the server", async () => {
  const { drafts, send } = open({ outcome: "no", code: "x", message: "", current: {} });
  drafts.typeFresh(HERE, " new ");
  await drafts.draw(HERE);
  expect(send).toHaveBeenCalledWith(
    "write_conclusion",
    { under: HERE, text: "new" },
    { quiet: true },
  );
  expect(drafts.freshOf(HERE).value).toBe(" new ");
  send.mockResolvedValueOnce({ outcome: "ok", result: { conclusion: "c2" } });
  await drafts.draw(HERE);
  expect(drafts.freshOf(HERE).value).toBe("");
});
