import { beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../lib/store.ts";
import { heldElsewhere, isOffered } from "./gavel.ts";
import { aFloor, aMeeting, NOW } from "./scene.fixture.ts";

function held(by: string | null, control: "all" | "gavel" = "gavel"): Store {
  const profile = { id: "p", title: "P", limits: {}, control, gavel_offer_s: 60 };
  const gavel = by === null ? null : { link: by, at: NOW };
  return createStore({
    state: {
      epoch: "e",
      seq: 1,
      chain: "c",
      now: NOW,
      mine: null,
      you: { role: "moderator", link: "k1" } as never,
      state: {
        collections: {
          meeting: { meeting: aMeeting({ profile, gavel }) },
          links: {
            k7: { id: "k7", role: "moderator", label: "Ana", revoked: false },
          },
        } as never,
        order: {},
      },
    },
  });
}

describe("the gavel", () => {
  let store: Store;
  beforeEach(() => {
    store = held("k7");
  });

  it("in a colleague's hand is said in the buttons that need it, and in no other", () => {
    expect(heldElsewhere(store, "call")).toBe("Ana holds the gavel");
    for (const free of ["note", "announce", "message", "take_gavel"] as const) {
      expect(heldElsewhere(store, free)).toBeNull();
    }
  });

  it("binds nobody who holds it, nor while nobody does, nor under other rules", () => {
    expect(heldElsewhere(held("k1"), "call")).toBeNull();
    expect(heldElsewhere(held(null), "call")).toBeNull();
    expect(heldElsewhere(held("k7", "all"), "call")).toBeNull();
  });

  it("is offered a minute after its holder is gone, and not to the holder", () => {
    expect(isOffered(store, NOW, NOW + 59_000)).toBe(false);
    expect(isOffered(store, NOW, NOW + 60_000)).toBe(true);
    expect(isOffered(store, null, NOW + 60_000)).toBe(false);
    expect(isOffered(held("k1"), NOW, NOW + 60_000)).toBe(false);
  });

  it("is never offered while somebody has the floor", () => {
    store.apply({
      epoch: "e",
      from: 1,
      seq: 2,
      chain: "d",
      at: NOW,
      set: { floor: { "i9.0": aFloor() } },
      drop: {},
      order: {},
    } as never);
    expect(isOffered(store, NOW, NOW + 600_000)).toBe(false);
  });
});
