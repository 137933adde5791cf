import { describe, expect, it } from "vitest";
import { adjournUntil, extend, openList } from "./press.ts";
import {
  accept,
  admitLate,
  draw,
  nevertheless,
  park,
  pin,
  resetClock,
  setLimit,
  settleSwap,
  setWindow,
} from "./pressLists.ts";
import { flag, handGavel, message, setProfile, takeGavel } from "./pressPeople.ts";
import {
  chairRemarks,
  decline,
  pointName,
  raise,
  recognise,
  rule,
  rulings,
  setPhase,
  UNDECIDED,
} from "./pressPoints.ts";
import {
  aFloor,
  aList,
  aMeeting,
  anIntervention,
  aRequest,
  aSegment,
} from "./scene.fixture.ts";

const SEEN = { list: "l1.2", state: "open", generation: 0 };

describe("what buttons about points send", () => {
  const point = aRequest("r9.0", "XAE", { kind: "point_of_order" });

  it("names who was on top of the floor as the screen showed it", () => {
    expect(recognise(point, aFloor()).fields).toEqual({
      request: "r9.0",
      expect: { floor: "i9.0" },
    });
    expect(chairRemarks(null).fields).toEqual({ expect: { floor: null } });
  });

  it("raises for a delegation, with the channel by which it came", () => {
    expect(
      raise(
        "p1.0",
        "XAE",
        { kind: "procedural_motion", motion: "close_debate" },
        "chat",
      ),
    ).toMatchObject({
      type: "insert",
      fields: {
        list: "p1.0",
        entries: [
          {
            delegation: "XAE",
            kind: "procedural_motion",
            motion: "close_debate",
            channel: "chat",
          },
        ],
      },
    });
  });

  it("sends no ruling that was not chosen", () => {
    const row = anIntervention("i9.1", 4, { kind: "point_of_order" });
    expect(rule(row, UNDECIDED, "x")).toBeNull();
    const decision = {
      ...UNDECIDED,
      ruling: "not_upheld" as const,
      appeal: "ruling_stands" as const,
    };
    expect(rule(row, decision, "x")?.fields).toEqual({
      intervention: "i9.1",
      ruling: "not_upheld",
      appeal: "ruling_stands",
      note: "",
      // biome-ignore lint/suspicious/noThenProperty: the word of the wire
      then: "go_on",
    });
  });

  it("offers the rulings that belong to the kind", () => {
    expect(rulings("point_of_order")[0]).toBe("upheld");
    expect(rulings("procedural_motion")[0]).toBe("carried");
  });

  it("calls a motion by what it moves", () => {
    const motion = { kind: "procedural_motion", motion: "close_debate" } as const;
    expect(pointName({ ...motion, side: null })).toBe("Motion to close the debate");
    expect(pointName({ ...motion, side: "against" })).toBe("On the motion: against");
    expect(pointName(point)).toBe("Point of order");
  });

  it("declines with the reason that the delegation reads", () => {
    expect(decline(point, " Not now ").fields).toEqual({
      request: "r9.0",
      reason: "Not now",
    });
  });

  it("changes the phase from the one that was shown", () => {
    expect(setPhase(aSegment(), "reply_1").fields).toEqual({
      phase: "reply_1",
      expect: { segment: "s1.2", phase: "debate" },
    });
  });
});

describe("what buttons about lists send", () => {
  it("carries the list as it was shown", () => {
    expect(draw(aList()).fields).toEqual({ expect: SEEN });
    expect(draw(aList()).ask?.yes).toBe("Draw");
    expect(setLimit(aList(), 120, true)).toMatchObject({
      label: "From the next speaker: 2:00, announced on every pad",
      fields: { seconds: 120, scaled: true, expect: SEEN },
    });
    expect(openList(aList(), 5).fields).toEqual({ at: 5, expect: SEEN });
    expect(openList(aList()).fields).toEqual({ expect: SEEN });
  });

  it("admits the whole late tray, or one of it", () => {
    const list = aList({ late: ["r1.0", "r2.0", "r3.0"] });
    expect(admitLate(list, null)).toMatchObject({
      label: "Admit all 3",
      fields: { requests: null },
    });
    expect(admitLate(list, ["r2.0"])).toMatchObject({
      label: "Admit it",
      fields: { requests: ["r2.0"] },
    });
  });

  it("pins what moves, and lets go what is pinned, at the place shown", () => {
    const request = aRequest("r2.0", "XAE");
    expect(pin(request, 3)).toMatchObject({
      type: "pin",
      fields: { expect: { request: "r2.0", place: 3 } },
    });
    expect(pin({ ...request, fixed: true }, 3).type).toBe("unpin");
  });

  it("acts on one row by its id", () => {
    const request = aRequest("r2.0", "XAE");
    expect(accept(request)).toMatchObject({
      type: "accept",
      fields: { request: "r2.0" },
    });
    expect(park(request)).toMatchObject({ type: "park", fields: { request: "r2.0" } });
    expect(setWindow(request, null, 7).fields).toEqual({
      request: "r2.0",
      not_before: null,
      not_after: 7,
    });
  });

  it("allows or vetoes a swap", () => {
    const swap = {
      id: "w1.0",
      offered: "r1.0",
      wanted: "r2.0",
      offered_by: "XAD",
      wanted_from: "XAE",
      at: 1,
      accepted: true,
    };
    expect(settleSwap(swap, false)).toMatchObject({
      label: "Veto",
      fields: { swap: "w1.0", allow: false },
    });
  });

  it("overrides every entry of what was refused, and says so", () => {
    const entries = [{ delegation: "XAD", kind: "right_of_reply" }];
    const refused = {
      type: "insert" as const,
      fields: { list: "y1.0", entries },
      label: "",
    };
    expect(nevertheless(refused)).toMatchObject({
      label: "Allow nevertheless, logged",
      fields: { list: "y1.0", entries: [{ delegation: "XAD", override: true }] },
    });
  });

  it("gives more time to one, or to all of the tier", () => {
    expect(extend(aFloor(), 30).fields).not.toHaveProperty("rest");
    expect(extend(aFloor(), 30, true).fields).toMatchObject({
      seconds: 30,
      rest: true,
    });
    expect(resetClock(aFloor()).label).toBe("Start again with 3:00");
  });
});

describe("what buttons about people and rules send", () => {
  const held = aMeeting({ gavel: { link: "k7", at: 1 } });

  it("carries who held the gavel on the screen", () => {
    expect(takeGavel(held, " gone ").fields).toEqual({
      reason: "gone",
      expect: { holder: "k7" },
    });
    expect(handGavel(aMeeting(), null, "").fields).toEqual({
      to: null,
      expect: { holder: null },
    });
  });

  it("sends a phrase by its code, and a text as typed", () => {
    expect(message("wait", "").fields).toEqual({ phrase: "wait" });
    expect(message("", " one minute ").fields).toEqual({ text: "one minute" });
  });

  it("marks and clears", () => {
    expect(flag("XAD", null, "").label).toBe("Clear the mark");
    expect(flag("XAD", "absent", " ill ").fields).toEqual({
      delegation: "XAD",
      flag: "absent",
      reason: "ill",
    });
  });

  it("sets a deadline for texts with the adjournment, and rules with a reason", () => {
    expect(adjournUntil(aMeeting(), 9).fields).toEqual({
      written_until: 9,
      expect: { state: "in_session" },
    });
    expect(setProfile("id = 1", " asked ").fields).toEqual({
      text: "id = 1",
      reason: "asked",
    });
  });
});
