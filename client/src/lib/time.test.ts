import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Rules } from "./protocol.ts";
import {
  anchor,
  type ClockOf,
  clockError,
  clockPhase,
  countText,
  left,
  leftText,
  measure,
  mmss,
  nextChange,
  remeasure,
  serverNow,
  setClock,
  startTicking,
  tick,
} from "./time.ts";

const RULES = {} as Rules;
const RUNNING: ClockOf = {
  phase: "speaking",
  allotted_ms: 180_000,
  used_ms: 0,
  running_since: 1_000_000,
  warn_ms: 30_000,
};

describe("the clock of an intervention", () => {
  it("reckons the time left from the moment it runs", () => {
    expect(left(RUNNING, 1_046_000)).toBe(134_000);
    const held = { ...RUNNING, running_since: null, used_ms: 60_000 };
    expect(left(held, 9_999_999)).toBe(120_000);
  });

  it.each([
    [1_000_000, "running"],
    [1_149_999, "running"],
    [1_150_000, "warning"],
    [1_179_999, "warning"],
    [1_180_000, "over"],
    [1_300_000, "over"],
  ])("at %i it is %s", (now, phase) => {
    expect(clockPhase(RUNNING, RULES, now)).toBe(phase);
  });

  it("waits while called and is held while paused", () => {
    const called = { ...RUNNING, phase: "called", running_since: null } as const;
    const paused = { ...RUNNING, phase: "paused", running_since: null } as const;
    expect(clockPhase(called, RULES, 0)).toBe("waiting");
    expect(clockPhase(paused, RULES, 0)).toBe("held");
  });

  it("shows 0:00 exactly at the end, not a second before", () => {
    expect(leftText(180_000)).toBe("3:00");
    expect(leftText(179_999)).toBe("3:00");
    expect(leftText(179_000)).toBe("2:59");
    expect(leftText(1)).toBe("0:01");
    expect(leftText(0)).toBe("0:00");
    expect(leftText(-5_000)).toBe("0:00");
  });

  it("counts up beyond the end", () => {
    expect(countText(500)).toBe("0:01");
    expect(countText(-999)).toBe("0:00");
    expect(countText(-1_000)).toBe("+0:01");
    expect(countText(-24_500)).toBe("+0:24");
    expect(mmss(600_000)).toBe("10:00");
  });
});

describe("the next change of a digit", () => {
  it("is that of the clock or that of the wall, whichever comes first", () => {
    const odd = { ...RUNNING, running_since: 1_000_300 };
    expect(nextChange(odd, 1_046_000)).toBe(300);
    expect(nextChange(odd, 1_046_300)).toBe(700);
    expect(nextChange(null, 1_046_250)).toBe(750);
  });

  it("comes again after a full second, before the end and after it", () => {
    expect(nextChange(RUNNING, 1_046_000)).toBe(1_000);
    expect(nextChange(RUNNING, 1_181_400)).toBe(600);
  });
});

describe("the server's time", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(0);
  });
  afterEach(() => vi.useRealTimers());

  it("takes half the round trip off, and the median of the answers", () => {
    const at = performance.now();
    const sample = (rtt: number, late: number) => ({
      now: 5_000 + at - rtt / 2 + late,
      asked: at - rtt,
      heard: at,
    });
    setClock([sample(20, 0), sample(40, 0), sample(900, 400)]);
    expect(serverNow()).toBeCloseTo(5_000 + at, 3);
    expect(clockError.value).toBe(20);
  });

  it("never asks the device what day it is", async () => {
    anchor(7_000_000);
    vi.setSystemTime(new Date("2031-01-01"));
    expect(serverNow()).toBeCloseTo(7_000_000, 3);
    const start = performance.now();
    await measure(async () => {
      await vi.advanceTimersByTimeAsync(10);
      return 8_000_000 + performance.now() - start;
    });
    // Five round trips of 10 ms, and half of one that the answer took to come back.
    expect(serverNow()).toBeCloseTo(8_000_055, 3);
  });

  it("is kept right by one answer, and set anew by several once one contradicts", async () => {
    let ahead = 8_000_000;
    let asked = 0;
    const ask = async () => {
      asked += 1;
      await vi.advanceTimersByTimeAsync(10);
      return ahead + performance.now() - 5;
    };
    await measure(ask);
    expect(asked).toBe(5);
    expect(await remeasure(ask)).toBe(10);
    expect(asked).toBe(6);
    expect(serverNow() - performance.now()).toBeCloseTo(8_000_000, 3);
    // the device slept, and its own count of time with it
    ahead += 60_000;
    await remeasure(ask);
    expect(asked).toBe(12);
    expect(serverNow() - performance.now()).toBeCloseTo(8_060_000, 3);
  });

  it("ticks within milliseconds of each change of a digit", async () => {
    anchor(1_000_000);
    const floor = signal<ClockOf | null>({
      ...RUNNING,
      running_since: 1_000_000 - 400,
    });
    const stop = startTicking(floor);
    await vi.advanceTimersByTimeAsync(0);
    const shown: [number, string][] = [];
    let before = "";
    const off = tick.subscribe((now) => {
      const text = leftText(left(floor.peek() as ClockOf, now));
      if (text !== before) shown.push([Math.round(now - 1_000_000), text]);
      before = text;
    });
    await vi.advanceTimersByTimeAsync(3_000);
    off();
    stop();
    expect(shown.map(([, text]) => text)).toEqual(["3:00", "2:59", "2:58", "2:57"]);
    for (const [at] of shown.slice(1)) expect((at - 600) % 1_000).toBeLessThan(4);
  });
});
