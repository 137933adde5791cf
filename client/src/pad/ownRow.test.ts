import { expect, it, vi } from "vitest";
import { anIntervention } from "../console/scene.fixture.ts";
import { storeOf } from "../lib/scene.fixture.ts";
import { lookForOwnRow, ownRow } from "./ownRow.ts";

it("is the last of one's own, fetched when the line does not bring it", async () => {
  const others = anIntervention("i9.0", 9, { delegation: "XAE" });
  const store = storeOf({ delegation: "XAD", rows: [others] });
  expect(ownRow(store)).toBeNull();
  const rows = [
    anIntervention("i1.0", 1, { delegation: "XAD" }),
    anIntervention("i2.0", 2, { delegation: "XAD" }),
    others,
  ];
  const get = vi.fn(async () => new Response(JSON.stringify({ rows })));
  await lookForOwnRow(store, get as typeof fetch);
  expect(ownRow(store)?.id).toBe("i2.0");
  await lookForOwnRow(store, get as typeof fetch);
  expect(get).toHaveBeenCalledTimes(1);
});
