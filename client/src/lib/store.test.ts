import { describe, expect, it } from "vitest";
import { aBeat, aWelcome } from "./frames.fixture.ts";
import type { Delta, FloorEntity, Mine, RequestEntity } from "./protocol.ts";
import { createStore, merged, type View, viewOf } from "./store.ts";

const EMPTY = { collections: {}, order: {} };
const START = { epoch: "e", seq: 1, chain: "c1", state: EMPTY };

function delta(from: number, change: Partial<Delta> = {}): Delta {
  return {
    from,
    seq: from + 1,
    chain: `c${from + 1}`,
    ...change,
  };
}

function request(id: string, more: Partial<RequestEntity> = {}): RequestEntity {
  return { id, list: "l1", status: "queued", ...more } as RequestEntity;
}

function ok(view: View | "gap"): View {
  if (view === "gap") throw new Error("gap");
  return view;
}

describe("merged", () => {
  it("sets whole entities, drops, then splices the order in turn", () => {
    const one = ok(
      merged(
        viewOf(START),
        delta(1, {
          set: { requests: { a: { id: "a" }, b: { id: "b" } } },
          order: { l1: [[0, 0, "a", "b"]] },
        }),
      ),
    );
    const two = ok(
      merged(
        one,
        delta(2, {
          set: { requests: { c: { id: "c" } } },
          drop: { requests: ["a"] },
          order: {
            l1: [
              [0, 1],
              [1, 0, "c"],
            ],
          },
        }),
      ),
    );
    expect([...two.things.requests.keys()]).toEqual(["b", "c"]);
    expect(two.order.get("l1")).toEqual(["b", "c"]);
    expect([two.seq, two.chain]).toEqual([3, "c3"]);
  });

  it("fills in what is usual, and the id", () => {
    const view = ok(
      merged(
        viewOf(START),
        delta(1, {
          set: { requests: { r1: { list: "l1" }, r2: { status: "called", turn: 2 } } },
        }),
      ),
    );
    const [one, two] = [...view.things.requests.values()];
    expect(one).toMatchObject({ id: "r1", list: "l1", status: "queued", turn: 0 });
    expect(one).toMatchObject({ kind: "statement", person: null, why: [] });
    expect(two).toMatchObject({ id: "r2", list: "", status: "called", turn: 2 });
    // what only some may see is never filled in
    expect(one && "note" in one).toBe(false);
  });

  it("changes the fields of a patch and no others, in a new object", () => {
    const one = ok(
      merged(viewOf(START), delta(1, { set: { lists: { l1: { state: "open" } } } })),
    );
    const two = ok(
      merged(one, delta(2, { patch: { lists: { l1: { count: 3, basis: "rule" } } } })),
    );
    const list = two.things.lists.get("l1");
    expect(list).toMatchObject({ id: "l1", state: "open", count: 3, basis: "rule" });
    expect(one.things.lists.get("l1")?.count).toBe(0);
  });

  it("counts those who are left on a list by its order", () => {
    const one = ok(
      merged(
        viewOf(START),
        delta(1, {
          set: { lists: { l1: { count: 7 } } },
          order: { l1: [[0, 0, "a"]] },
        }),
      ),
    );
    expect(one.things.lists.get("l1")?.count).toBe(1);
    // nobody is shown on it: then the list itself says how many there are
    const two = ok(
      merged(
        one,
        delta(2, { patch: { lists: { l1: { count: 5 } } }, order: { l1: [[0, 1]] } }),
      ),
    );
    expect(two.things.lists.get("l1")?.count).toBe(5);
  });

  it("refuses what does not continue this very view", () => {
    const view = viewOf(START);
    expect(merged(view, delta(2))).toBe("gap");
    expect(merged(view, delta(0))).toBe("gap");
  });

  it("leaves the view before it as it was, and untouched collections alone", () => {
    const view = viewOf(START);
    const next = ok(merged(view, delta(1, { set: { requests: { a: { id: "a" } } } })));
    expect(view.things.requests.size).toBe(0);
    expect(next.things.segments).toBe(view.things.segments);
  });

  it("takes a delta of several seqs", () => {
    expect(ok(merged(viewOf(START), delta(1, { seq: 9 }))).seq).toBe(9);
  });

  it.each([1, 2, 3, 4, 5])(
    "equals a fresh snapshot after any deltas, seed %i",
    (seed) => {
      const chance = mulberry(seed);
      const below = (n: number) => Math.floor(chance() * n);
      const truth = new Map<string, { id: string; v: number; turn: number }>();
      let ids: string[] = [];
      let view = viewOf(START);
      for (let step = 1; step <= 300; step += 1) {
        const set: Record<string, { v: number; turn?: number }> = {};
        const patch: Record<string, { v?: number; turn?: number }> = {};
        const drop: string[] = [];
        const order: (string | number)[][] = [];
        for (let n = below(3); n >= 0; n -= 1) {
          const id = `r${below(40)}`;
          const held = truth.get(id);
          if (held && !(id in set)) {
            patch[id] = chance() < 0.5 ? { v: step } : { turn: step };
            truth.set(id, { ...held, ...patch[id] });
          } else if (!held) {
            // a turn of 0 is usual
            set[id] = chance() < 0.5 ? { v: step } : { v: step, turn: step };
            truth.set(id, { id, turn: 0, ...set[id] });
          }
        }
        for (const id of truth.keys()) {
          if (chance() < 0.1 && !(id in set) && !(id in patch)) drop.push(id);
        }
        for (const id of drop) truth.delete(id);
        for (let n = below(3); n > 0; n -= 1) {
          const index = below(ids.length + 1);
          const count = below(ids.length - index + 1);
          const added = Array.from(
            { length: below(3) },
            (_, i) => `r${step}.${n}.${i}`,
          );
          order.push([index, count, ...added]);
          ids = [...ids.slice(0, index), ...added, ...ids.slice(index + count)];
        }
        view = ok(
          merged(
            view,
            delta(view.seq, {
              set: { requests: set },
              patch: { requests: patch },
              drop: { requests: drop },
              order: { l1: order },
            }),
          ),
        );
      }
      expect([...view.things.requests.keys()].sort()).toEqual([...truth.keys()].sort());
      for (const [id, entity] of truth) {
        expect(view.things.requests.get(id)).toMatchObject(entity);
      }
      expect(view.order.get("l1")).toEqual(ids);
    },
  );
});

describe("store", () => {
  it("names the floor, the running segment, its list and its queue in order", () => {
    const store = createStore({ state: null });
    store.welcome(
      aWelcome({
        state: {
          collections: {
            meeting: { meeting: { id: "meeting", segment: "s1" } },
            segments: { s1: { id: "s1", list: "l1" } },
            lists: { l1: { id: "l1" } },
            requests: {
              a: { ...request("a") },
              b: { ...request("b", { status: "called" }) },
              c: { ...request("c") },
            },
            floor: { i1: { id: "i1", request: "b" } },
          },
          order: { l1: ["b", "c", "a", "unseen"] },
        },
      }),
    );
    expect(store.floor.value?.id).toBe("i1");
    expect(store.runningList.value?.id).toBe("l1");
    expect(store.queue.value.map((each) => each.id)).toEqual(["b", "c", "a"]);
    expect(store.nextOf(1).map((each) => each.id)).toEqual(["c"]);
  });

  it("says gap and stays as it was", () => {
    const store = createStore({ state: null });
    store.welcome(aWelcome());
    expect(store.apply(delta(5))).toBe("gap");
    expect(store.seq.value).toBe(1);
    expect(store.beat(aBeat(5, 6))).toBe("gap");
  });

  it("moves on with a beat, for changes that are hidden from it", () => {
    const store = createStore({ state: null });
    store.welcome(aWelcome());
    expect(store.beat(aBeat(1, 4))).toBe("ok");
    expect(store.position()).toEqual({ epoch: "e", seq: 4, chain: "c4" });
  });

  it("begins anew where a change is of something that it does not have", () => {
    const store = createStore({ state: null });
    store.welcome(aWelcome());
    expect(store.apply(delta(1, { patch: { requests: { a: { turn: 1 } } } }))).toBe(
      "gap",
    );
    expect(store.position()).toBeNull();
    store.welcome(aWelcome({ seq: 2 }));
    expect(store.position()?.seq).toBe(2);
  });

  it("fills in the delegation's own request and floor", () => {
    const store = createStore({ state: null });
    const layer = {
      delegation: "CHE",
      requests: { r1: { told: true } },
      floor: { id: "i1", phase: "called" },
    };
    store.welcome(aWelcome({ mine: layer as unknown as Mine }));
    const { requests, floor } = store.mine.value as Mine;
    expect(requests["r1"]).toMatchObject({ id: "r1", told: true, status: "queued" });
    expect(floor).toMatchObject({ id: "i1", phase: "called", kind: "statement" });
  });

  it("keeps its own state at a resume", () => {
    const store = createStore({ state: null });
    store.welcome(aWelcome());
    store.apply(delta(1, { set: { requests: { a: { id: "a" } } } }));
    store.welcome(aWelcome({ mode: "resume", reason: null, state: null, seq: 2 }));
    expect(store.requests.value.has("a")).toBe(true);
    expect(store.seq.value).toBe(2);
  });

  it("applies the delegation's layer once its seq is reached, the newest only", () => {
    const store = createStore({ state: null });
    store.welcome(aWelcome());
    const mine = (delegation: string) =>
      ({ delegation, requests: {}, floor: null }) as unknown as Mine;
    store.takeMine({ seq: 2, state: mine("old") });
    store.takeMine({ seq: 3, state: mine("new") });
    store.apply(delta(1));
    expect(store.mine.value).toBeNull();
    store.apply(delta(2));
    expect(store.mine.value?.delegation).toBe("new");
  });

  it("takes presence whole when n is 0, and changes after that", () => {
    const store = createStore({ state: null });
    const present = (id: string) => ({ id }) as never;
    store.takeHere({ n: 0, set: { a: present("a"), b: present("b") }, drop: [] });
    store.takeHere({ n: 1, set: { c: present("c") }, drop: ["a"] });
    expect([...store.here.value.keys()]).toEqual(["b", "c"]);
    store.takeHere({ n: 0, set: {}, drop: [] });
    expect(store.here.value.size).toBe(0);
    store.welcome(aWelcome({ connection: "b" }));
    expect(store.me.value).toBe("b");
  });

  it("shows all of a delta at once", () => {
    const store = createStore({ state: null });
    store.welcome(aWelcome());
    const seen: [number, FloorEntity | null][] = [];
    const stop = store.seq.subscribe(() =>
      seen.push([store.seq.peek(), store.floor.peek()]),
    );
    store.apply(delta(1, { set: { floor: { i: { id: "i" } } } }));
    stop();
    expect(seen.at(-1)?.[1]?.id).toBe("i");
  });
});

/** A small random generator, so that a failing seed can be run again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
