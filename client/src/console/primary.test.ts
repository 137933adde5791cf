import { describe, expect, it } from "vitest";
import { callNext, identity, primary, type Scene } from "./primary.ts";
import { aFloor, aList, aMeeting, aRequest, aSegment } from "./scene.fixture.ts";

const NAMES: Record<string, string> = { XAD: "Adunara", XAE: "Aelindra" };

function scene(over: Partial<Scene> = {}): Scene {
  return {
    meeting: aMeeting(),
    segment: aSegment(),
    following: null,
    list: aList(),
    head: aRequest("r2.0", "XAE"),
    floor: null,
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
