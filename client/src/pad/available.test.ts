import { beforeEach, describe, expect, it } from "vitest";
import {
  aFloor,
  aList,
  anIntervention,
  aRequest,
  aSegment,
} from "../console/scene.fixture.ts";
import { type Parts, rosterOf, storeOf } from "../lib/scene.fixture.ts";
import {
  explanationReason,
  mostReplies,
  motionReason,
  openMotion,
  pointReason,
  replyReason,
  respondedTo,
  responseReason,
  swappable,
  swapReason,
} from "./available.ts";
import { standing } from "./standing.ts";
import { closedReason } from "./words.ts";

const RULES = storeOf({}).meeting.value.rules;
const ENABLED = {
  ...RULES,
  interruptions: { point_of_order: {}, procedural_motion: {}, response: {} },
};

function scene(parts: Parts = {}) {
  return storeOf({
    delegation: "XAD",
    mine: {},
    lists: [aList()],
    ...parts,
    meeting: { rules: ENABLED, ...parts.meeting },
  });
}

beforeEach(() => rosterOf({ XAD: "Adunara", XAE: "Aelindra", XAL: "Altavera" }));

describe("a point of order", () => {
  it("can be raised while a list is closed, not open yet, or not there at all", () => {
    for (const state of ["closed", "not_open"] as const) {
      const store = scene({ lists: [aList({ state })] });
      expect(closedReason(store.runningList.value, "UTC")).not.toBeNull();
      expect(pointReason(store)).toBeNull();
    }
    expect(pointReason(scene({ lists: [] }))).toBeNull();
  });

  it("is for those whom the roster entitles, in a session, and once at a time", () => {
    rosterOf({ XAD: "Adunara" }, { XAD: { may_order: false } });
    expect(pointReason(scene())).toContain("not entitled");
    rosterOf({ XAD: "Adunara" });
    expect(pointReason(scene({ meeting: { state: "suspended" } }))).toContain(
      "session",
    );
    const point = aRequest("r5.0", "XAD", { list: "p1.0", kind: "point_of_order" });
    expect(pointReason(scene({ mine: { requests: { "r5.0": point } } }))).toBe(
      "It is before the chair",
    );
  });

  it("is not offered where the rules do not have it", () => {
    const off = { ...RULES, interruptions: { point_of_order: { enabled: false } } };
    expect(pointReason(scene({ meeting: { rules: off } }))).toContain("these rules");
    expect(pointReason(scene({ meeting: { rules: RULES } }))).toContain("these rules");
  });
});

describe("motions and responses", () => {
  it("a motion is for Member States", () => {
    expect(motionReason(scene())).toBeNull();
    rosterOf({ XAD: "Adunara" }, { XAD: { tier: "ngo" } });
    expect(motionReason(scene())).toBe("For Member States");
  });

  it("a response needs somebody else who speaks or spoke last", () => {
    expect(responseReason(scene())).toContain("somebody else");
    expect(responseReason(scene({ floor: [aFloor({ delegation: "XAD" })] }))).toContain(
      "somebody else",
    );
    const after = scene({ rows: [anIntervention("i2.0", 1, { delegation: "XAE" })] });
    expect(responseReason(after)).toBeNull();
    expect(respondedTo(after)?.id).toBe("i2.0");
  });

  it("goes to the speaker beneath, not to the one who interrupts", () => {
    const store = scene({
      floor: [
        aFloor({ id: "i1.0", delegation: "XAE", phase: "paused" }),
        aFloor({ id: "i2.0", delegation: "XAL", kind: "point_of_order", depth: 1 }),
      ],
    });
    expect(respondedTo(store)?.id).toBe("i1.0");
  });

  it("finds the motion that one may speak for or against", () => {
    const motion = aFloor({ kind: "procedural_motion", motion: "close_debate" });
    expect(openMotion(scene({ floor: [motion] }))?.request).toBe("r1.0");
    const speech = { ...motion, side: "for" as const };
    expect(openMotion(scene({ floor: [speech] }))).toBeNull();
  });
});

describe("the right of reply", () => {
  const item = aSegment();

  it("is open on a closed list, until as many are used as the rules give", () => {
    const used = (n: number) => scene({ mine: { replies: { "y1.0": n } } });
    expect(
      replyReason(scene({ lists: [aList({ state: "closed" })] }), item),
    ).toBeNull();
    expect(replyReason(used(1), item)).toBeNull();
    expect(replyReason(used(2), item)).toBe("All 2 replies are used");
  });

  it("is once for who has one reply only, and not for who has none", () => {
    rosterOf({ XAD: "Adunara" }, { XAD: { replies: 1 } });
    const store = scene({ mine: { replies: { "y1.0": 1 } } });
    expect(mostReplies(store)).toBe(1);
    expect(replyReason(store, item)).toBe("The one reply is used");
    rosterOf({ XAD: "Adunara" }, { XAD: { may_reply: false } });
    expect(replyReason(scene(), item)).toContain("not entitled");
  });

  it("waits for an item that has begun, and is asked for once at a time", () => {
    expect(replyReason(scene(), null)).toBe("Once an item has begun");
    const own = aRequest("r7.0", "XAD", { list: "y1.0", kind: "right_of_reply" });
    const store = scene({ mine: { requests: { "r7.0": own } } });
    expect(replyReason(store, item)).toBe("You are on the list of replies");
  });
});

it("a vote is explained where the running item admits it", () => {
  expect(explanationReason(scene())).toBe("Before and after a vote");
  const around = aSegment({ kinds: ["statement", "explanation_of_vote"] });
  expect(explanationReason(scene({ segments: [around] }))).toBeNull();
});

describe("offering one's place", () => {
  const own = aRequest("r1.0", "XAD");
  const mine = { requests: { "r1.0": own } };

  it("is to others of the same sort on the same list", () => {
    rosterOf({ XAD: "A", XAE: "B", XAL: "C" }, { XAL: { tier: "ngo" } });
    const store = scene({
      mine,
      requests: [own, aRequest("r2.0", "XAE"), aRequest("r3.0", "XAL")],
    });
    const at = standing(store, [], 0);
    expect(at.is).toBe("queued");
    if (at.is !== "queued") return;
    expect(swappable(store, at.at).map((each) => each.request.id)).toEqual(["r2.0"]);
    expect(swapReason(store, at)).toBeNull();
  });

  it("is not possible alone, before the draw, or where the rules do not have it", () => {
    const other = aRequest("r2.0", "XAE");
    const reason = (parts: Parts) => {
      const store = scene({ mine, requests: [own, other], ...parts });
      return swapReason(store, standing(store, [], 0));
    };
    expect(reason({ requests: [own] })).toContain("nobody");
    expect(reason({ lists: [aList({ state: "lot_window" })] })).toContain("drawn");
    expect(reason({ meeting: { rules: { ...ENABLED, swaps: "off" } } })).toContain(
      "these rules",
    );
    expect(reason({})).toBeNull();
  });
});
