import { describe, expect, it } from "vitest";
import { prompts, quorum } from "./prompts.ts";
import { aFloor, aMeeting, aRequest, NOW } from "./scene.fixture.ts";

const HEAD = aRequest("r2.0", "XAE");

type Floor = Parameters<typeof aFloor>[0];

function seen(over: Floor, after_s: number, meeting = aMeeting()) {
  return prompts(meeting, aFloor(over), HEAD, "Adunara", NOW + after_s * 1000);
}

describe("nobody answers a call", () => {
  const CALLED: Floor = {
    phase: "called",
    called_at: NOW,
    attempts: [NOW],
    running_since: null,
    started_at: null,
  };

  it("is quiet for 15 s, then offers more from prompt to prompt", () => {
    expect(seen(CALLED, 14)).toEqual([]);
    const types = (s: number) =>
      seen(CALLED, s)[0]?.presses.map(({ type, fields }) => [type, fields.drop]);
    expect(types(15)).toEqual([
      ["call", undefined],
      ["no_show", false],
    ]);
    expect(types(30)?.[0]?.[0]).toBe("call");
    expect(types(60)).toEqual([
      ["no_show", false],
      ["no_show", true],
      ["call", undefined],
    ]);
  });

  it("is quiet once a device said ready", () => {
    expect(seen({ ...CALLED, ready_at: NOW + 5000 }, 40)).toEqual([]);
  });

  it("names the head that the screen shows when it calls again", () => {
    expect(seen(CALLED, 30)[0]?.presses[0]?.fields).toEqual({
      request: "r1.0",
      expect: { head: "r2.0" },
    });
  });
});

describe("time over", () => {
  it("alerts 30 s over, and never under soft rules", () => {
    const floor = { running_since: NOW - 180_000 };
    expect(seen(floor, 29)).toEqual([]);
    expect(seen(floor, 30)[0]).toMatchObject({ tone: "over", presses: [] });
    const rules = { ...aMeeting().rules, enforcement: "soft" as const };
    expect(seen(floor, 30, aMeeting({ rules }))).toEqual([]);
  });
});

describe("a clock that stands still", () => {
  const PAUSED: Floor = {
    phase: "paused",
    running_since: null,
    held_since: NOW,
    reason: "audio",
  };

  it("reminds after 2 min and suggests to suspend after 5", () => {
    expect(seen(PAUSED, 119)).toEqual([]);
    expect(seen(PAUSED, 120)[0]?.suspend).toBeUndefined();
    expect(seen(PAUSED, 300)[0]?.suspend).toBe(true);
  });

  it("offers the ways on 15 s after a lost line, never by itself", () => {
    const lost = { ...PAUSED, line_lost: true, reason: "connection" } satisfies Floor;
    expect(seen(lost, 14)).toEqual([]);
    const presses = seen(lost, 15)[0]?.presses ?? [];
    expect(presses.map(({ type, fields }) => [type, fields.returns])).toEqual([
      ["end", true],
      ["end", undefined],
    ]);
    expect(seen({ ...lost, ready_at: NOW + 5000 }, 20)[0]?.presses).toEqual([]);
  });
});

it("asks what happened while the server was away", () => {
  const [first] = seen({}, 0, aMeeting({ downtime_ms: 42_000 }));
  expect(first?.presses.map(({ fields }) => fields.ms)).toEqual([0, 42_000]);
});

describe("the cut of hard rules", () => {
  it("is told with its time, and offers to end for time", () => {
    const floor = { running_since: NOW - 180_000, cut_at: NOW };
    const [prompt] = seen(floor, 1);
    expect(prompt).toMatchObject({ tone: "over" });
    expect(prompt?.text).toContain("11:30:00");
    expect(prompt?.presses[0]).toMatchObject({
      type: "revoke",
      fields: { reason: "time" },
    });
  });
});

describe("who was interrupted", () => {
  it("is said to wait for the operator, however long, without other offers", () => {
    const held: Floor = {
      phase: "paused",
      reason: "interruption",
      running_since: null,
      held_since: NOW,
    };
    expect(seen(held, 600)).toMatchObject([{ tone: "calm", presses: [] }]);
  });
});

describe("the quorum", () => {
  const profile = { id: "p", title: "P", limits: {}, quorum: 40 };
  const lobby = aMeeting({ state: "lobby", profile });

  it("is a warning before the call to order, where the rules have one", () => {
    expect(quorum(lobby, 39)?.text).toContain("39");
    expect(quorum(lobby, 40)).toBeNull();
    expect(quorum(aMeeting({ profile }), 3)).toBeNull();
    expect(quorum(aMeeting({ state: "lobby" }), 0)).toBeNull();
  });
});
