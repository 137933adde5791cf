import { describe, expect, it } from "vitest";
import { createStore, type Store } from "../lib/store.ts";
import { categories, presentNow } from "./present.ts";
import { aList, aMeeting, aRequest, NOW } from "./scene.fixture.ts";
import { unheardCsv, unheardOf, waitingStill } from "./unheard.ts";

const known = (id: string, over = {}) => ({
  id,
  checks: {},
  sources: [],
  contact: "",
  flag: null,
  flag_reason: "",
  ...over,
});

const entry = (code: string, tier: string) => ({
  code,
  tier,
  address: "representative_of",
  names: { en: code },
  spoken: code,
  plate: code,
  aliases: [],
  confusable: "",
});

const ROSTER = {
  id: "r",
  groups: {},
  delegations: {
    XAD: entry("XAD", "member_state"),
    XAE: entry("XAE", "member_state"),
    XQL: entry("XQL", "ngo"),
  },
};

function store(collections: Record<string, unknown>, order = {}): Store {
  return createStore({
    state: {
      epoch: "e",
      seq: 1,
      chain: "c",
      now: NOW,
      mine: null,
      you: { role: "moderator", link: "k1" } as never,
      state: {
        collections: { meeting: { meeting: aMeeting() }, ...collections } as never,
        order,
      },
    },
  });
}

describe("attendance", () => {
  const attendance = {
    XAD: known("XAD", { sources: ["pad", "report"] }),
    XQL: known("XQL", { sources: ["tick"], checks: { room: true } }),
    XAE: known("XAE"),
  };

  it("is summed by category, each delegation once whatever is known of it", () => {
    const links = {
      k1: { id: "k1", delegation: "XAD", revoked: false },
      k2: { id: "k2", delegation: "XAE", revoked: false },
      k3: { id: "k3", delegation: null, revoked: false },
    };
    const rows = categories(store({ attendance, links }), ROSTER);
    expect(
      rows.map(({ tier, all, present, pad, tick, report }) => [
        tier,
        all.length,
        present.length,
        pad,
        tick,
        report,
      ]),
    ).toEqual([
      ["member_state", 2, 1, 1, 0, 1],
      ["ngo", 1, 1, 0, 1, 0],
    ]);
  });

  it("counts for the quorum who is connected or in the room, not who once was", () => {
    const seen = store({ attendance });
    expect(presentNow(seen)).toBe(1);
    seen.takeHere({
      n: 0,
      set: { c1: { id: "c1", link: "k2", delegation: "XAE" } as never },
      drop: [],
    });
    expect(presentNow(seen)).toBe(2);
  });
});

describe("who was not heard", () => {
  const requests = {
    "r1.0": aRequest("r1.0", "XAE"),
    "r2.0": aRequest("r2.0", "XAD", { status: "late" }),
    "r3.0": aRequest("r3.0", "XAE", { kind: "right_of_reply", list: "y1.0" }),
    "r4.0": aRequest("r4.0", "XQL", { kind: "point_of_order", list: "p1.0" }),
  };
  const lists = {
    "l1.2": aList({ late: ["r2.0"] }),
    "y1.0": aList({ id: "y1.0", purpose: "replies" }),
    "p1.0": aList({ id: "p1.0", purpose: "points" }),
  };
  const order = { "l1.2": ["r1.0"], "y1.0": ["r3.0"], "p1.0": ["r4.0"] };

  it("is each delegation once, the trays included, points of order not", () => {
    expect(waitingStill(store({ requests, lists }, order))).toEqual(["XAE", "XAD"]);
  });

  it("is a table with contacts", () => {
    const attendance = { XAE: known("XAE", { contact: "a@example.org, b" }) };
    const lines = unheardOf(store({ attendance }), ["XAE", "XAD"]);
    expect(unheardCsv(lines).split("\r\n").slice(1)).toEqual([
      'XAE,"a@example.org, b"',
      "XAD,",
    ]);
  });
});
