import { describe, expect, it } from "vitest";
import type { Pending } from "../lib/commands.ts";
import type { Mine, RequestEntity, State, Welcome } from "../lib/protocol.ts";
import { createStore, type Store } from "../lib/store.ts";
import { raised, standing } from "./standing.ts";

const NOW = 1_000_000;

interface Scene {
  readonly state?: string;
  readonly queue?: readonly string[];
  readonly mine?: Partial<Mine>;
  readonly floor?: object;
  readonly running?: string;
}

function request(id: string, more: Partial<RequestEntity> = {}): RequestEntity {
  return {
    id,
    list: "l2",
    kind: "statement",
    status: "queued",
    cost_ms: 200_000,
    told: false,
    ...more,
  } as RequestEntity;
}

function scene({
  state = "in_session",
  queue = [],
  mine,
  floor,
  running = "s2",
}: Scene) {
  const store = createStore({ state: null });
  const collections = {
    meeting: {
      meeting: {
        id: "meeting",
        state,
        segment: running,
        rules: { overhead_ms: 20_000 },
      },
    },
    segments: {
      s1: { id: "s1", list: "l1", requests: false, state: "done", kinds: [] },
      s2: {
        id: "s2",
        list: "l2",
        requests: true,
        state: "running",
        kinds: ["statement"],
      },
    },
    lists: { l2: { id: "l2", segment: "s2", state: "open", count: queue.length } },
    requests: Object.fromEntries(queue.map((id) => [id, request(id)])),
    floor: floor ? { i1: { id: "i1", ...floor } } : {},
  } as unknown as State["collections"];
  store.welcome({
    epoch: "e",
    seq: 1,
    chain: "c",
    state: { collections, order: { l2: [...queue] } },
    mine: { requests: {}, places: {}, floor: null, signals: [], ended: null, ...mine },
    you: {},
  } as unknown as Welcome);
  return store;
}

function at(store: Store, pending: readonly Pending[] = []) {
  return standing(store, pending, NOW);
}

describe("where a delegation stands", () => {
  it("is nowhere, and may ask for the running list", () => {
    expect(at(scene({}))).toMatchObject({
      is: "idle",
      target: { running: true, list: { id: "l2" } },
    });
  });

  it("waits for the next list that takes requests", () => {
    expect(at(scene({ running: "s1" }))).toMatchObject({
      is: "idle",
      target: { running: false, list: { id: "l2" } },
    });
  });

  it("is sending while a request is not registered; a call for help is none", () => {
    const pending = (kind: string): Pending => ({
      id: "x",
      type: "request_floor",
      fields: { kind },
      since: NOW,
    });
    expect(at(scene({}), [pending("statement")]).is).toBe("sending");
    expect(at(scene({}), [pending("technical")]).is).toBe("idle");
  });

  it("has a place, and a time until its turn", () => {
    const store = scene({
      queue: ["a", "b", "me"],
      mine: { requests: { me: request("me") } },
      floor: { allotted_ms: 180_000, used_ms: 0, running_since: NOW - 120_000 },
    });
    const found = at(store);
    expect(found).toMatchObject({ is: "queued", at: { place: 3, next: false } });
    // One minute left, the change of speakers, and two before.
    expect(found.is === "queued" && found.at.wait_ms).toBe(60_000 + 20_000 + 400_000);
  });

  it("is next only when first and told", () => {
    const queue = ["me", "b"];
    const told = scene({
      queue,
      mine: { requests: { me: request("me", { told: true }) } },
    });
    const untold = scene({ queue, mine: { requests: { me: request("me") } } });
    expect(at(told)).toMatchObject({ is: "queued", at: { next: true } });
    expect(at(untold)).toMatchObject({ is: "queued", at: { place: 1, next: false } });
  });

  it("is soon from the fifth place on, until it is told, while the list is heard", () => {
    const soon = (n: number, over: Partial<Scene> = {}, told = false) => {
      const queue = [..."abcdefgh".slice(0, n - 1), "me"];
      const mine = { requests: { me: request("me", { told }) } };
      const found = at(scene({ queue, mine, ...over }));
      return found.is === "queued" ? found.at.soon : undefined;
    };
    expect(soon(6)).toBeNull();
    expect(soon(5)).toBe(4);
    expect(soon(5, { floor: { phase: "speaking" } })).toBe(5);
    expect(soon(1)).toBe(1);
    expect(soon(3, {}, true)).toBeNull();
    expect(soon(3, { state: "suspended" })).toBeNull();
    expect(soon(3, { running: "s1" })).toBeNull();
    const hidden = { requests: { me: request("me") }, places: { me: 4 } };
    expect(soon(1, { queue: [], mine: hidden })).toBe(4);
  });

  it("knows its place from its own layer where the list is not shown", () => {
    const store = scene({
      mine: { requests: { me: request("me") }, places: { me: 6 } },
    });
    expect(at(store)).toMatchObject({ is: "queued", at: { place: 7, wait_ms: null } });
  });

  it("has the floor from the call on, whatever else is so", () => {
    const floor = (phase: string) => ({ mine: { floor: { phase } as Mine["floor"] } });
    expect(at(scene(floor("called"))).is).toBe("called");
    expect(at(scene(floor("speaking"))).is).toBe("speaking");
    expect(at(scene(floor("paused"))).is).toBe("held");
  });

  it("is over when the meeting rose", () => {
    expect(at(scene({ state: "rose" })).is).toBe("over");
  });

  it("waits for a yes, came late, or stepped aside: none of these has a place", () => {
    const of = (status: string) =>
      at(scene({ mine: { requests: { me: request("me", { status } as never) } } }));
    expect(of("requested")).toMatchObject({ is: "waiting", at: { place: null } });
    expect(of("late")).toMatchObject({ is: "waiting" });
    expect(of("deferred")).toMatchObject({ is: "parked" });
  });

  it("stands where its statement stands, not where its point of order does", () => {
    const store = scene({
      queue: ["a", "me"],
      mine: {
        requests: {
          po: request("po", { kind: "point_of_order", list: "p1" }),
          me: request("me"),
        },
      },
    });
    expect(at(store)).toMatchObject({ is: "queued", at: { place: 2 }, also: [] });
    expect(raised(store.mine.value).map((each) => each.id)).toEqual(["po"]);
  });

  it("keeps what it shows while a point of order is sent", () => {
    const pending = { fields: { kind: "point_of_order" }, type: "request_floor" };
    expect(at(scene({}), [pending as unknown as Pending]).is).toBe("idle");
  });

  it("is held while somebody speaks over it, though its clock runs on", () => {
    const floor = { phase: "speaking", id: "own", depth: 0 } as Mine["floor"];
    const store = scene({ mine: { floor }, floor: { depth: 1, phase: "speaking" } });
    expect(at(store).is).toBe("held");
  });
});
