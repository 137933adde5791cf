import { describe, expect, it } from "vitest";
import { UNDECIDED } from "./pressPoints.ts";
import { callNext, identity, meaning, primary, type Scene } from "./primary.ts";
import {
  aFloor,
  aList,
  aMeeting,
  anIntervention,
  aRequest,
  aSegment,
} from "./scene.fixture.ts";

const NAMES: Record<string, string> = { XAD: "Adunara", XAE: "Aelindra" };

function scene(over: Partial<Scene> = {}): Scene {
  return {
    meeting: aMeeting(),
    segment: aSegment(),
    following: null,
    list: aList(),
    head: aRequest("r2.0", "XAE"),
    floor: null,
    points: [],
    ruling: null,
    decision: UNDECIDED,
    replies: { first: 0, second: 0 },
    nameOf: (who) => NAMES[who.delegation ?? ""] ?? "?",
    ...over,
  };
}

describe("the filled button", () => {
  it.each([
    ["scheduled", "open_lobby", "Open the lobby"],
    ["lobby", "call_to_order", "Call to order"],
    ["suspended", "resume_meeting", "Resume the meeting"],
  ] as const)("in a meeting that is %s sends %s", (state, type, label) => {
    const press = primary(scene({ meeting: aMeeting({ state }) }));
    expect(press).toMatchObject({ type, label, fields: { expect: { state } } });
  });

  it.each(["rose", "archived"] as const)("is absent once the meeting %s", (state) => {
    expect(primary(scene({ meeting: aMeeting({ state }) }))).toBeNull();
  });

  it("gives the floor to the next when nobody has it", () => {
    expect(primary(scene())).toMatchObject({
      type: "call",
      label: "Give the floor to Aelindra",
      fields: { request: "r2.0", expect: { head: "r2.0" } },
    });
  });

  it("calls nobody by an order that is still to be drawn, but who comes before it", () => {
    const list = aList({ state: "lot_window" });
    expect(primary(scene({ list }))).toBeNull();
    expect(callNext(scene({ list }))).toBeNull();
    const head = aRequest("r2.0", "XAE", { kind: "concerned_party" });
    expect(primary(scene({ list, head }))).toMatchObject({ type: "call" });
  });

  it("starts the clock of the one who is called", () => {
    const floor = aFloor({ phase: "called", running_since: null });
    expect(primary(scene({ floor }))).toMatchObject({
      type: "start",
      label: "Start the clock of Adunara",
      fields: { expect: { intervention: "i9.0", phase: "called" } },
    });
  });

  it("ends the intervention that runs", () => {
    expect(primary(scene({ floor: aFloor() }))).toMatchObject({
      type: "end",
      label: "End the intervention",
      fields: { expect: { intervention: "i9.0", phase: "speaking" } },
    });
  });

  it("resumes at the time that it shows, credit included", () => {
    const floor = aFloor({ phase: "paused", running_since: null, used_ms: 108_000 });
    expect(primary(scene({ floor }))).toMatchObject({
      type: "resume",
      label: "Resume at 1:22",
      fields: { credit_s: 10 },
    });
  });

  it("gives no credit for a suspension of the meeting", () => {
    const floor = aFloor({
      phase: "paused",
      running_since: null,
      used_ms: 108_000,
      reason: "suspension",
    });
    expect(primary(scene({ floor }))).toMatchObject({
      label: "Resume at 1:12",
      fields: { credit_s: 0 },
    });
  });

  it("goes on to the following segment when the list is empty", () => {
    const following = aSegment({ id: "s1.3", title: "Conclusions" });
    expect(primary(scene({ head: null, following }))).toMatchObject({
      type: "go_to_segment",
      label: "Go on to Conclusions",
      fields: { segment: "s1.3", expect: { segment: "s1.2" } },
    });
  });

  it("asks before it adjourns the meeting after the last", () => {
    const press = primary(scene({ head: null }));
    expect(press).toMatchObject({ type: "adjourn" });
    expect(press?.ask).toBeDefined();
  });

  it("closes a panel's round when all its questions are heard", () => {
    const list = aList({ round: 2, round_size: 3, heard: ["r1.0", "r1.1", "r1.2"] });
    expect(primary(scene({ list }))).toMatchObject({
      type: "close_round",
      label: "Close round 2: the panellists answer",
    });
    const answer = aRequest("r5.0", "XAE", { kind: "answer" });
    expect(primary(scene({ list, head: answer }))?.type).toBe("call");
    const begun = aList({ round_size: 3, heard: ["r1.0"] });
    expect(primary(scene({ list: begun }))?.type).toBe("call");
    expect(primary(scene({ list: begun, head: null }))?.type).toBe("close_round");
  });
});

describe("interruptions", () => {
  const point = aRequest("r9.0", "XAE", { kind: "point_of_order", list: "p1.0" });

  it("are recognised before the next is called, and never over a running speaker", () => {
    expect(primary(scene({ points: [point] }))).toMatchObject({
      type: "recognise",
      label: "Recognise Aelindra: Point of order",
      fields: { request: "r9.0", expect: { floor: null } },
    });
    expect(primary(scene({ points: [point], floor: aFloor() }))?.type).toBe("end");
  });

  it("start and end like any other who has the floor", () => {
    const over = aFloor({ kind: "point_of_order", over: "i1.0", depth: 1 });
    const called = aFloor({ ...over, phase: "called", running_since: null });
    expect(primary(scene({ floor: called }))?.type).toBe("start");
    expect(primary(scene({ floor: over }))?.type).toBe("end");
  });

  it("goes on without a credit where the operator was to wait", () => {
    const floor = aFloor({
      phase: "paused",
      running_since: null,
      used_ms: 108_000,
      reason: "interruption",
    });
    expect(primary(scene({ floor }))).toMatchObject({
      label: "Resume at 1:12",
      fields: { credit_s: 0 },
    });
  });
});

describe("the ruling", () => {
  const row = anIntervention("i9.1", 4, { kind: "point_of_order", over: "i9.0" });
  const held = aFloor({
    phase: "paused",
    running_since: null,
    used_ms: 46_000,
    reason: "interruption",
  });
  const asked = (decision: Partial<typeof UNDECIDED>, floor = held) =>
    scene({ floor, ruling: row, decision: { ...UNDECIDED, ...decision } });

  it("is never made by Space alone", () => {
    expect(primary(asked({}))).toBeNull();
    expect(callNext(asked({}))).toBeNull();
  });

  it("says what is recorded, and with how much the speaker goes on", () => {
    expect(primary(asked({ ruling: "upheld", note: " Rule 71 " }))).toMatchObject({
      type: "rule",
      label: "Record the ruling, Adunara goes on with 2:14",
      fields: {
        intervention: "i9.1",
        ruling: "upheld",
        appeal: null,
        note: "Rule 71",
        // biome-ignore lint/suspicious/noThenProperty: the word of the wire
        then: "go_on",
      },
    });
  });

  it("may let the speaker wait, or end the intervention", () => {
    expect(primary(asked({ ruling: "noted", after: "wait" }))?.label).toBe(
      "Record the ruling, Adunara waits",
    );
    expect(primary(asked({ ruling: "upheld", after: "end" }))).toMatchObject({
      label: "Record the ruling, end the intervention of Adunara",
      // biome-ignore lint/suspicious/noThenProperty: the word of the wire
      fields: { then: "end" },
    });
  });

  it("is asked of a motion between two speakers too", () => {
    const motion = anIntervention("i9.1", 4, { kind: "procedural_motion" });
    const decision = { ...UNDECIDED, ruling: "carried" as const };
    expect(primary(scene({ ruling: motion, decision }))?.label).toBe(
      "Record the ruling",
    );
  });

  it("keeps the button's meaning while one chooses", () => {
    expect(meaning(asked({}))).toBe(meaning(asked({ ruling: "upheld" })));
  });
});

describe("rights of reply", () => {
  const waiting = (over: Partial<Scene>) =>
    primary(scene({ head: null, replies: { first: 2, second: 0 }, ...over }));
  const place = (at: "end_of_item" | "end_of_meeting") =>
    aMeeting({
      rules: { ...aMeeting().rules, replies: { limits_s: [180, 120], place: at } },
    });

  it("are heard once the list is exhausted", () => {
    expect(waiting({})).toMatchObject({
      type: "set_phase",
      label: "Go on to the rights of reply",
      fields: { phase: "reply_1", expect: { segment: "s1.2", phase: "debate" } },
    });
    expect(waiting({ head: aRequest("r2.0", "XAE") })?.type).toBe("call");
  });

  it("wait for the last item where they are heard at the end of the meeting", () => {
    const meeting = place("end_of_meeting");
    const following = aSegment({ id: "s1.3", title: "Conclusions" });
    expect(waiting({ meeting, following })?.type).toBe("go_to_segment");
    expect(waiting({ meeting })?.type).toBe("set_phase");
  });

  it("go on to the second ones after the first", () => {
    const segment = aSegment({ phase: "reply_1" });
    const head = aRequest("r7.0", "XAE", { kind: "right_of_reply", turn: 2 });
    const left = { first: 0, second: 1 };
    expect(primary(scene({ segment, head, replies: left }))).toMatchObject({
      label: "Go on to the second replies",
      fields: { phase: "reply_2" },
    });
    const again = { ...segment, phase: "reply_2" as const };
    expect(primary(scene({ segment: again, head, replies: left }))?.type).toBe("call");
  });
});

describe("the key for the next", () => {
  it("never acts while somebody has the floor", () => {
    expect(callNext(scene({ floor: aFloor() }))).toBeNull();
    expect(callNext(scene({ meeting: aMeeting({ state: "suspended" }) }))).toBeNull();
    expect(callNext(scene())?.type).toBe("call");
  });
});

describe("the identity of a press", () => {
  it("stays while only the clock goes on and changes with what is meant", () => {
    const running = primary(scene({ floor: aFloor() }));
    const later = primary(scene({ floor: aFloor({ used_ms: 5 }) }));
    const paused = primary(scene({ floor: aFloor({ phase: "paused" }) }));
    expect(identity(running)).toBe(identity(later));
    expect(identity(running)).not.toBe(identity(paused));
    expect(identity(null)).toBe("");
  });
});
