import { expect, it } from "vitest";
import { aFloor, aList, anIntervention, NOW } from "../console/scene.fixture.ts";
import { storeOf } from "../lib/scene.fixture.ts";
import { closing, justRuled, news, RULING_MS } from "./news.ts";

it("says a ruling beside the one who goes on, and only for a moment", () => {
  const row = anIntervention("i5.0", 3, {
    kind: "point_of_order",
    over: "i9.0",
    ruling: "not_upheld",
  });
  const floor = aFloor({ running_since: NOW });
  const store = storeOf({ floor: [floor], rows: [row] });
  expect(justRuled(store, floor, NOW + 1_000)).toBe("Point of order: not upheld");
  expect(justRuled(store, floor, NOW + RULING_MS + 1_000)).toBe("");
  const other = storeOf({ rows: [{ ...row, over: "i8.0" }] });
  expect(justRuled(other, floor, NOW)).toBe("");
});

it("counts down to the closing of a list when it is near", () => {
  const list = aList({ state: "closing", closes_at: NOW + 90_000 });
  expect(closing(list, "UTC", NOW)).toBe("list closes at 15:31, in 1:30");
  expect(closing(list, "UTC", NOW - 3_600_000)).toBe("list closes at 15:31");
  expect(closing(aList(), "UTC", NOW)).toBe("");
});

it("tells another limit for two minutes", () => {
  const lists = [aList({ limits_s: { member_state: 120 }, limits_set_at: NOW })];
  expect(news(storeOf({ lists }), NOW + 1_000)).toBe("From the next speaker on: 2:00");
  expect(news(storeOf({ lists }), NOW + 180_000)).toBe("");
});

it("tells it no more once the next speaker has begun", () => {
  const lists = [aList({ limits_s: { member_state: 120 }, limits_set_at: NOW })];
  const told = (started_at: number, over: string | null = null) =>
    news(storeOf({ lists, floor: [aFloor({ started_at, over })] }), NOW + 9_000) !== "";
  expect(told(NOW - 1_000)).toBe(true);
  expect(told(NOW + 1_000, "i8.0")).toBe(true);
  expect(told(NOW + 1_000)).toBe(false);
  const spoken = anIntervention("i5.0", 3, { started_at: NOW + 1_000 });
  expect(news(storeOf({ lists, rows: [spoken] }), NOW + 9_000)).toBe("");
});
