import { describe, expect, it } from "vitest";
import { awaitingRuling, whyNotYet } from "./points.ts";
import { aFloor, aMeeting, anIntervention, aRequest } from "./scene.fixture.ts";

const RULES = aMeeting().rules;
const MEETING = aMeeting({
  rules: {
    ...RULES,
    interruptions: {
      point_of_order: { enabled: true, clock: "hold", when: "at_once", ruling: true },
      procedural_motion: {
        enabled: true,
        clock: "hold",
        when: "between",
        ruling: true,
      },
      response: { enabled: true, clock: "hold", when: "between", ruling: false },
    },
  },
});
const SPEAKER = aFloor({ id: "i1.0", phase: "paused", reason: "interruption" });
const OVER = anIntervention("i2.0", 1, { kind: "point_of_order", over: "i1.0" });

describe("the ruling that is asked for", () => {
  it("is about the last point over the one who is on the floor", () => {
    expect(awaitingRuling(MEETING, SPEAKER, [OVER])?.id).toBe("i2.0");
    expect(awaitingRuling(MEETING, aFloor({ id: "i5.0" }), [OVER])).toBeNull();
    expect(awaitingRuling(MEETING, null, [OVER])).toBeNull();
  });

  it("is asked once, and not where the rules want none", () => {
    const ruled = { ...OVER, ruling: "upheld" as const };
    expect(awaitingRuling(MEETING, SPEAKER, [ruled])).toBeNull();
    const response = { ...OVER, kind: "response" as const };
    expect(awaitingRuling(MEETING, SPEAKER, [response])).toBeNull();
    const quiet = { ...RULES, interruptions: {} };
    expect(awaitingRuling(aMeeting({ rules: quiet }), SPEAKER, [OVER])).toBeNull();
  });

  it("goes down the stack: the inner one first", () => {
    const inner = anIntervention("i3.0", 1, { kind: "point_of_order", over: "i2.0" });
    const middle = aFloor({ id: "i2.0", kind: "point_of_order", over: "i1.0" });
    expect(awaitingRuling(MEETING, middle, [inner])?.id).toBe("i3.0");
    const rows = [
      { ...inner, ruling: "noted" as const },
      { ...OVER, n: 2 },
    ];
    expect(awaitingRuling(MEETING, SPEAKER, rows)?.id).toBe("i2.0");
  });

  it("is about the motion, whoever spoke for and against it since", () => {
    const motion = anIntervention("i4.0", 4, {
      kind: "procedural_motion",
      motion: "close_debate",
    });
    const against = anIntervention("i5.0", 5, {
      kind: "procedural_motion",
      motion: "close_debate",
      side: "against",
    });
    expect(awaitingRuling(MEETING, null, [motion, against])?.id).toBe("i4.0");
    const later = anIntervention("i6.0", 6);
    expect(awaitingRuling(MEETING, null, [motion, later])).toBeNull();
  });
});

describe("a point that is raised", () => {
  const point = aRequest("r9.0", "XAE", { kind: "point_of_order" });
  const why = (beneath: number, over = point, ruling: typeof OVER | null = null) =>
    whyNotYet(MEETING, SPEAKER, beneath, ruling, over);

  it("can be recognised over a speaker, and over the one who interrupts", () => {
    expect(why(0)).toBeNull();
    expect(why(1)).toBeNull();
    expect(why(2)).toBe("Two interrupt already");
  });

  it("waits for the end of an intervention where the rules say so", () => {
    const motion = aRequest("r9.1", "XAE", { kind: "procedural_motion" });
    expect(why(0, motion)).toBe("After this speaker");
    expect(whyNotYet(MEETING, null, 0, null, motion)).toBeNull();
  });

  it("waits for a ruling, but not who speaks on that very motion", () => {
    expect(why(0, point, OVER)).toBe("Record the ruling first");
    const moved = { ...OVER, request: "r4.0" };
    const against = aRequest("r9.2", "XAE", { kind: "procedural_motion", on: "r4.0" });
    expect(whyNotYet(MEETING, null, 0, moved, against)).toBeNull();
  });
});

it("is asked also where somebody had only been called beneath it", () => {
  const called = aFloor({ id: "i1.0", phase: "called", running_since: null });
  const beside = { ...OVER, over: null };
  expect(awaitingRuling(MEETING, called, [beside])?.id).toBe("i2.0");
  expect(awaitingRuling(MEETING, SPEAKER, [beside])).toBeNull();
  const debate = { ...called, kind: "procedural_motion" as const };
  expect(awaitingRuling(MEETING, debate, [beside])).toBeNull();
});
