import { beforeEach, describe, expect, it } from "vitest";
import {
  aFloor,
  aList,
  anIntervention,
  aRequest,
  aSegment,
  NOW,
} from "../console/scene.fixture.ts";
import type { ActionEntity } from "../lib/protocol.ts";
import { type Parts, rosterOf, storeOf } from "../lib/scene.fixture.ts";
import { type Line, lines } from "./prompter.ts";

beforeEach(() =>
  rosterOf({ XAD: "Adunara", XAE: "Aelindra", XAL: "Altavera", XAH: "Ardenholm" }),
);

const QUEUE = [
  aRequest("r2.0", "XAE", { number: 2 }),
  aRequest("r3.0", "XAL", { number: 3 }),
];

function said(parts: Parts, when: Line["when"] = "now"): string {
  const store = storeOf({ lists: [aList()], requests: QUEUE, ...parts });
  return lines(store, NOW)
    .filter((each) => each.when === when)
    .map((each) => each.text)
    .join(" / ");
}

function act(type: string, more: Partial<ActionEntity> = {}): ActionEntity {
  const at = NOW - 5_000;
  return {
    seq: 9,
    type,
    at,
    until: null,
    request: null,
    list: null,
    segment: null,
    ...more,
  };
}

describe("between speakers", () => {
  it("thanks, gives the floor, and says who follows", () => {
    const rows = [anIntervention("i1.0", 1, { delegation: "XAD" })];
    expect(said({ rows })).toBe(
      "I thank the representative of Adunara. I now give the floor to the representative of Aelindra, to be followed by the representative of Altavera.",
    );
  });

  it("says that we return to who did not answer, and never that they did not", () => {
    const meeting = { action: act("no_show", { request: "r3.0" }) };
    const text = said({ meeting });
    expect(text).toBe(
      "We will return to the representative of Altavera. I now give the floor to the representative of Aelindra, to be followed by the representative of Altavera.",
    );
    expect(text).not.toMatch(/answer|absent|connected/);
  });

  it("says when nobody is left on the list of speakers", () => {
    expect(said({ requests: [] })).toBe("I see no further speakers on the list.");
  });

  it("thanks nobody after the chair's own remarks", () => {
    const rows = [anIntervention("i1.0", 1, { kind: "chair", delegation: null })];
    expect(said({ rows, requests: [] })).not.toContain("I thank");
  });

  it("names nobody while places are still to be drawn by lot", () => {
    const lot = aList({ state: "lot_window", lot_until: NOW + 60_000 });
    expect(said({ lists: [lot] })).toBe("");
  });

  it("names what a reply, a recording and a return are", () => {
    const first = (over: object) => said({ requests: [aRequest("r2.0", "XAE", over)] });
    expect(first({ kind: "right_of_reply", turn: 1 })).toContain(
      "in exercise of the right of reply",
    );
    expect(first({ kind: "right_of_reply", turn: 2 })).toContain("a second reply");
    expect(first({ media_ms: 60_000 })).toContain("to introduce a recorded statement");
    expect(first({ remaining: true })).toContain("We now return to");
  });
});

describe("an interruption", () => {
  const beneath = aFloor({ id: "i1.0", phase: "paused", running_since: null });
  const point = aFloor({
    id: "i5.0",
    request: "r9.0",
    delegation: "XAH",
    kind: "point_of_order",
    depth: 1,
    over: "i1.0",
  });

  it("is recognised by the words of the rules", () => {
    const called = { ...point, phase: "called" as const, started_at: null };
    expect(said({ floor: [beneath, called] })).toBe(
      "I recognise the representative of Ardenholm on a point of order.",
    );
    const motion = {
      ...called,
      kind: "procedural_motion" as const,
      motion: "adjourn_debate" as const,
    };
    expect(said({ floor: [motion] })).toBe(
      "I give the floor to the representative of Ardenholm on a motion to adjourn the debate.",
    );
  });

  it("ends with thanks, the ruling, and that the interrupted goes on", () => {
    expect(said({ floor: [beneath, point] }, "after")).toBe(
      "I thank the representative of Ardenholm. I rule as follows. I invite the representative of Adunara to continue.",
    );
  });

  it("is ruled on before the interrupted goes on, and once only", () => {
    const held = { ...beneath, reason: "interruption" as const };
    const row = anIntervention("i5.0", 1, {
      delegation: "XAH",
      kind: "point_of_order",
      over: "i1.0",
    });
    expect(said({ floor: [held], rows: [row] })).toBe(
      "On the point of order raised by the representative of Ardenholm I rule as follows. I invite the representative of Adunara to continue.",
    );
    const ruled = { ...row, ruling: "upheld" as const };
    expect(said({ floor: [held], rows: [ruled] })).toBe(
      "I invite the representative of Adunara to continue.",
    );
  });
});

describe("while somebody has the floor", () => {
  it("asks to conclude when time is long over, and to stop at the cut", () => {
    const over = aFloor({ running_since: NOW - 220_000 });
    expect(said({ floor: [over] })).toBe(
      "I ask the representative of Adunara to conclude.",
    );
    expect(said({ floor: [{ ...over, cut_at: NOW }] })).toBe(
      "Time is over. I must ask the representative of Adunara to stop.",
    );
    expect(said({ floor: [aFloor()] })).toBe("");
  });

  it("says that the line is lost, and that we will return", () => {
    const lost = aFloor({ phase: "paused", running_since: null, one_moment: true });
    expect(said({ floor: [lost] })).toContain("we have lost the line to");
    expect(said({ floor: [lost] }, "after")).toMatch(/^We will return to .*Adunara\./);
  });

  it("offers to come back when nobody says ready", () => {
    const called = (ago: number) =>
      aFloor({ phase: "called", started_at: null, called_at: NOW - ago });
    expect(said({ floor: [called(20_000)] }, "silent")).toBe(
      "We will return to the representative of Adunara.",
    );
    expect(said({ floor: [called(5_000)] }, "silent")).toBe("");
  });
});

describe("the list and the time", () => {
  const news = (list: Parameters<typeof aList>[0], parts: Parts = {}) =>
    said({ lists: [aList(list)], ...parts }, "also");

  it("announces the closing, and the closed list while it is news", () => {
    const utc = { meeting: { zone: "UTC" } };
    expect(news({ state: "closing", closes_at: NOW + 60_000 }, utc)).toBe(
      "The list of speakers will be closed at 15:31.",
    );
    expect(news({ state: "closed", closed_at: NOW - 1_000 })).toBe(
      "The list of speakers is now closed.",
    );
    expect(news({ state: "closed", closed_at: NOW - 600_000 })).toBe("");
  });

  it("announces another limit, speakably", () => {
    expect(news({ limits_s: { any: 120 }, limits_set_at: NOW })).toBe(
      "From the next speaker on, statements are limited to 2 minutes.",
    );
  });

  it("announces a draw, by its letter where there is one", () => {
    const draw = {
      number: 1,
      at: NOW,
      policy: "alpha_from_lot" as const,
      seed: "s",
      inputs: [],
      order: [],
      letter: "P",
      region: "",
    };
    expect(news({ draw })).toBe("The letter P has been drawn by lot.");
  });

  it("opens the right of reply with its limits, until the first reply", () => {
    const parts: Parts = {
      segments: [aSegment({ phase: "reply_1" })],
      lists: [aList({ id: "y1.0", purpose: "replies" })],
    };
    expect(said(parts)).toBe(
      "We now turn to the right of reply. A first reply is limited to 3 minutes. A second reply is limited to 2 minutes.",
    );
    const row = anIntervention("i1.0", 1, { kind: "right_of_reply", turn: 1 });
    expect(said({ ...parts, rows: [row] })).not.toContain("We now turn");
  });

  it("says that time does not permit once the end has come", () => {
    expect(said({ meeting: { ends_at: NOW - 1 } }, "also")).toBe(
      "Time does not permit us to hear the remaining 2 speakers on the list.",
    );
  });
});

describe("outside a session", () => {
  it("calls to order, suspends, resumes where it stopped, and adjourns", () => {
    expect(said({ meeting: { state: "lobby" } })).toBe(
      "I call to order: Closing Discussion.",
    );
    const suspended: Parts = {
      meeting: { state: "suspended", resume_at: NOW, zone: "UTC" },
      floor: [aFloor({ phase: "paused" })],
    };
    expect(said(suspended)).toBe("The meeting is suspended and resumes at 15:30.");
    expect(said(suspended, "after")).toBe(
      "The meeting is resumed. I invite the representative of Adunara to continue.",
    );
    expect(said({ meeting: { state: "rose", written_until: NOW, zone: "UTC" } })).toBe(
      "Time did not permit us to hear everyone. Written statements are taken until 15:30. The meeting is adjourned.",
    );
  });
});
