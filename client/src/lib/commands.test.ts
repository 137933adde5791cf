import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Carry, createCommands } from "./commands.ts";
import type { Answer } from "./protocol.ts";

const OK: Answer = { outcome: "ok", seq: 2, result: {} };

interface Sent {
  readonly frame: Record<string, unknown>;
  answer(answer: Answer): Promise<void>;
  lose(): Promise<void>;
}

/** A line whose answers the test gives. */
function line(): { sent: Sent[]; carry: Carry } {
  const sent: Sent[] = [];
  const carry: Carry = (frame) =>
    new Promise((resolve, reject) => {
      sent.push({
        frame,
        async answer(answer) {
          resolve(answer);
          await vi.advanceTimersByTimeAsync(0);
        },
        async lose() {
          reject(new Error("lost"));
          await vi.advanceTimersByTimeAsync(0);
        },
      });
    });
  return { sent, carry };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("sending", () => {
  it("makes the id at the press and gives it a time and a validity", () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 42_000.4);
    commands.attach(carry);
    void commands.send("request_floor", { kind: "statement" });
    expect(sent[0]?.frame).toMatchObject({
      type: "request_floor",
      kind: "statement",
      asked_at: 42_000,
      valid_ms: 300_000,
    });
    expect(sent[0]?.frame.id).toMatch(/^[0-9a-f]{32}$/);
    expect(commands.pending.value).toMatchObject([{ type: "request_floor" }]);
  });

  it("lets orders about the floor grow old in ten seconds", () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    void commands.send("end", { expect: { intervention: "i1", phase: "speaking" } });
    expect(sent[0]?.frame.valid_ms).toBe(10_000);
  });

  it("has one on its way at a time, in the order of pressing", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    const first = commands.send("withdraw", { request: "a" });
    void commands.send("withdraw", { request: "b" });
    expect(sent.length).toBe(1);
    await sent[0]?.answer(OK);
    expect(await first).toEqual(OK);
    expect(sent.map((each) => each.frame.request)).toEqual(["a", "b"]);
  });

  it("remembers what was accepted, by its id and by what the button said", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    const said = "Remove: Adunara";
    void commands.send("withdraw", { request: "a" }, { said });
    const id = String(sent[0]?.frame.id);
    expect(sent[0]?.frame.said).toBeUndefined();
    expect(commands.accepted(id)).toBe(null);
    await sent[0]?.answer(OK);
    expect(commands.accepted(id)).toMatchObject({ type: "withdraw", said });
    for (let n = 1; n <= 100; n += 1) {
      void commands.send("withdraw", { request: String(n) });
      await sent[n]?.answer(OK);
    }
    expect(commands.accepted(id)).toBe(null);
    expect(commands.accepted(String(sent[1]?.frame.id))).not.toBe(null);
  });

  it("does not remember what was refused", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    void commands.send("withdraw", { request: "a" });
    const no = { outcome: "no", code: "stale", message: "", current: {} } as const;
    await sent[0]?.answer(no);
    expect(commands.accepted(String(sent[0]?.frame.id))).toBe(null);
  });

  it("asks again after a wait, with the same id", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    void commands.send("withdraw", { request: "a" });
    await sent[0]?.answer({ outcome: "wait", retry_ms: 500 });
    expect(commands.pending.value.length).toBe(1);
    await vi.advanceTimersByTimeAsync(499);
    expect(sent.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent[1]?.frame).toEqual(sent[0]?.frame);
  });

  it("sends what is unanswered again after a reconnect, in order, one at a time", async () => {
    const before = line();
    const after = line();
    const commands = createCommands(() => 0);
    commands.attach(before.carry);
    const answers = ["a", "b", "c"].map((request) =>
      commands.send("withdraw", { request }),
    );
    commands.detach();
    await before.sent[0]?.lose();
    expect(before.sent.length).toBe(1);
    commands.attach(after.carry);
    expect(after.sent.length).toBe(1);
    for (let n = 0; n < 3; n += 1) await after.sent[n]?.answer(OK);
    await Promise.all(answers);
    expect(after.sent.map((each) => each.frame.request)).toEqual(["a", "b", "c"]);
    expect(after.sent[0]?.frame.id).toBe(before.sent[0]?.frame.id);
    expect(commands.pending.value).toEqual([]);
  });

  it("does not take an answer of the old line twice", async () => {
    const before = line();
    const after = line();
    const commands = createCommands(() => 0);
    commands.attach(before.carry);
    void commands.send("withdraw", { request: "a" });
    void commands.send("withdraw", { request: "b" });
    commands.detach();
    commands.attach(after.carry);
    await before.sent[0]?.answer(OK);
    expect(after.sent.length).toBe(1);
    expect(commands.pending.value.length).toBe(2);
  });

  it("waits for a line when there is none", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    void commands.send("withdraw", { request: "a" });
    expect(commands.pending.value.length).toBe(1);
    commands.attach(carry);
    expect(sent.length).toBe(1);
  });
});

describe("taking back", () => {
  it("sends nothing more of it, and goes on with the next", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    const taken = commands.send("withdraw", { request: "a" });
    void commands.send("withdraw", { request: "b" });
    const [first] = commands.pending.value;
    commands.cancel(first?.id ?? "");
    expect(await taken).toEqual({ outcome: "cancelled" });
    commands.attach(carry);
    expect(sent.map((each) => each.frame.request)).toEqual(["b"]);
  });

  it("ignores an answer that comes after it", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    const taken = commands.send("withdraw", { request: "a" });
    commands.cancel(commands.pending.value[0]?.id ?? "");
    await sent[0]?.answer({
      outcome: "no",
      code: "stale",
      message: "Late",
      current: {},
    });
    expect(await taken).toEqual({ outcome: "cancelled" });
    expect(commands.lastRefusal.value).toBeNull();
  });
});

describe("a refusal", () => {
  it("is a sentence until the next press", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    void commands.send("withdraw", { request: "a" });
    const no: Answer = {
      outcome: "no",
      code: "stale",
      message: "Too late",
      current: {},
    };
    await sent[0]?.answer(no);
    expect(commands.lastRefusal.value).toBe("Too late");
    void commands.send("withdraw", { request: "b" });
    expect(commands.lastRefusal.value).toBeNull();
  });

  it("is never made from a lost answer", async () => {
    const { sent, carry } = line();
    const commands = createCommands(() => 0);
    commands.attach(carry);
    void commands.send("withdraw", { request: "a" });
    await sent[0]?.lose();
    expect(commands.lastRefusal.value).toBeNull();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sent.length).toBe(2);
  });
});
