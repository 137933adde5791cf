import { describe, expect, it } from "vitest";
import type { MeetingEntity } from "../lib/protocol.ts";
import { ending, type PutAway, putAway } from "./ending.ts";
import { forecast, heardBy } from "./forecast.ts";
import { aList, aMeeting, aRequest, NOW } from "./scene.fixture.ts";

const MINUTE = 60_000;
const NOTHING: PutAway = new Map();

/** Each takes 5 minutes. */
function queue(n: number) {
  return Array.from({ length: n }, (_, index) =>
    aRequest(`r${index}.0`, "XAD", { cost_ms: 5 * MINUTE }),
  );
}

interface Scene {
  /** Minutes until the planned end. */
  readonly left: number;
  readonly waiting?: number;
  readonly propose?: boolean;
  readonly list?: Parameters<typeof aList>[0];
  readonly meeting?: Partial<MeetingEntity>;
  readonly away?: PutAway;
}

function ahead(scene: Scene) {
  const { left, waiting = 8, propose = false, list = {}, away = NOTHING } = scene;
  const meeting = aMeeting({
    zone: "UTC",
    ends_at: NOW + left * MINUTE,
    profile: {
      id: "p",
      title: "P",
      limits: {},
      closing: { propose_at_forecast: propose },
    },
    ...scene.meeting,
  });
  return {
    meeting,
    list: aList(list),
    outlook: forecast(meeting, null, queue(waiting), NOW),
    now: NOW,
    away,
  };
}

function seen(scene: Scene) {
  return ending(ahead(scene));
}

function opens(scene: Scene) {
  return seen(scene)?.opens?.map(({ window }) => window);
}

it("counts as heard only who is done by then, as the window of limits does", () => {
  const outlook = forecast(aMeeting(), null, queue(3), NOW);
  expect(heardBy(outlook, NOW + 10 * MINUTE)).toBe(2);
  expect(heardBy(outlook, NOW + 10 * MINUTE - 1)).toBe(1);
  expect(heardBy(outlook, NOW + 60 * MINUTE)).toBe(3);
});

describe("the planned end comes near (RULES 7.18)", () => {
  it("is said at 30, 10 and 5 minutes before, and not after it", () => {
    const id = (left: number) => seen({ left })?.id.split(":")[1];
    expect([31, 30, 11, 10, 6, 5, 1, 0, -1].map(id)).toEqual([
      undefined,
      "30",
      "30",
      "10",
      "10",
      "5",
      "5",
      undefined,
      undefined,
    ]);
  });

  it("says how many are heard by the end less what is kept", () => {
    // it is 15:30, the end at 16:00, 5 min are kept
    expect(seen({ left: 30 })).toMatchObject({
      tone: "warning",
      text: "At the present limit 5 of 8 are heard by 15:55.",
    });
    expect(seen({ left: 30, waiting: 5 })).toMatchObject({
      tone: "calm",
      text: "At the present limit all 5 who wait are heard by 15:55.",
    });
  });

  it("promises no time that is over where all of it is kept for what follows", () => {
    const meeting = { reserve_ms: 40 * MINUTE };
    expect(seen({ left: 30, meeting })?.text).toBe(
      "8 still wait, and the time until 16:00 is kept for what follows.",
    );
  });

  it("offers the limit, the closing and texts in writing, as far as they help", () => {
    expect(opens({ left: 30 })).toEqual(["limit", "list_state", "adjourn"]);
    expect(opens({ left: 30, list: { state: "closed" } })).toEqual([
      "limit",
      "adjourn",
    ]);
    expect(opens({ left: 30, list: { purpose: "replies" } })).toEqual(["adjourn"]);
    expect(opens({ left: 30, waiting: 1 })).toEqual(["list_state"]);
  });

  it("says that the meeting is continued where the rules carry requests over", () => {
    const profile = { id: "p", title: "P", limits: {}, carry_over: true };
    const last = seen({ left: 30, meeting: { profile } })?.opens?.at(-1);
    expect(last).toEqual({ label: "Continue at the next meeting", window: "adjourn" });
  });

  it("says nothing where nobody waits, no end is known or no session is", () => {
    expect(seen({ left: 30, waiting: 0 })).toBeNull();
    expect(seen({ left: 30, meeting: { ends_at: null } })).toBeNull();
    expect(seen({ left: 30, meeting: { state: "suspended" } })).toBeNull();
    expect(ending({ ...ahead({ left: 30 }), list: null })).toBeNull();
  });

  it("is put away until the next of the three, or another end", () => {
    const first = ahead({ left: 30 });
    const prompt = ending(first);
    const away = putAway(first, prompt as NonNullable<typeof prompt>);
    expect(seen({ left: 30, away })).toBeNull();
    expect(seen({ left: 10, away })?.id).toContain("end:10:");
    expect(seen({ left: 29, away })?.id).toContain("end:30:");
  });
});

describe("the list is longer than the meeting (web_dialogue)", () => {
  const LONG = { left: 60, waiting: 15, propose: true };

  it("is proposed to be closed, where the rules wish it and the list is open", () => {
    expect(seen(LONG)).toMatchObject({
      text: "All on the list would be heard by 16:45, 15 min after the end: close the list?",
      presses: [{ type: "close_list" }],
      opens: [{ window: "list_state" }],
    });
    expect(seen({ ...LONG, propose: false })).toBeNull();
    expect(seen({ ...LONG, list: { state: "closing" } })).toBeNull();
    expect(seen({ ...LONG, waiting: 11 })).toBeNull();
  });

  it("does not speak of an end that is passed by the reserve alone", () => {
    expect(seen({ ...LONG, waiting: 12 })?.text).toBe(
      "All on the list would be heard by 16:30, but 5 min are kept for what follows: close the list?",
    );
  });

  it("is put away until three more wait, whoever was heard meanwhile", () => {
    const first = ahead(LONG);
    const prompt = ending(first);
    const away = putAway(first, prompt as NonNullable<typeof prompt>);
    expect(seen({ ...LONG, away })).toBeNull();
    expect(seen({ ...LONG, waiting: 17, away })).toBeNull();
    expect(seen({ ...LONG, waiting: 18, away })?.id).toContain("closing:");
    const heard = queue(18).slice(4);
    const later = { ...ahead({ ...LONG, away }) };
    const outlook = forecast(later.meeting, null, heard, NOW);
    expect(ending({ ...later, outlook })?.id).toContain("closing:");
  });

  it("is asked after the word about the end, and put away with it", () => {
    const near = ahead({ left: 30, propose: true });
    const prompt = ending(near);
    expect(prompt?.id).toContain("end:30:");
    const away = putAway(near, prompt as NonNullable<typeof prompt>);
    expect(ending({ ...near, away })).toBeNull();
  });
});
