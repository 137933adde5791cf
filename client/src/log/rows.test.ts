import { describe, expect, it } from "vitest";
import { aFloor, anIntervention } from "../console/scene.fixture.ts";
import { missingFrom, rowsOf } from "./rows.ts";

const mapOf = (...rows: ReturnType<typeof anIntervention>[]) =>
  new Map(rows.map((each) => [each.id, each]));

describe("the rows of the record", () => {
  it("stand in the order of the record, the present speaker last", () => {
    const live = mapOf(anIntervention("i3.0", 2), anIntervention("i2.0", 1));
    const rows = rowsOf(new Map(), live, aFloor());
    expect(rows.map(({ id, n }) => [id, n])).toEqual([
      ["i2.0", 1],
      ["i3.0", 2],
      ["i9.0", 3],
    ]);
    expect(rows.at(-1)?.ended_at).toBeNull();
  });

  it("take what the line brings before what was fetched", () => {
    const fetched = mapOf(anIntervention("i2.0", 1, { used_ms: 1 }));
    const live = mapOf(anIntervention("i2.0", 1, { used_ms: 2 }));
    expect(rowsOf(fetched, live, null).map((row) => row.used_ms)).toEqual([2]);
  });

  it("leave out what is void, and who is called but has not begun", () => {
    const live = mapOf(anIntervention("i2.0", 0));
    const called = aFloor({ phase: "called", started_at: null });
    expect(rowsOf(new Map(), live, called)).toEqual([]);
  });

  it("do not double a speaker whose end has just come", () => {
    const live = mapOf(anIntervention("i9.0", 1));
    expect(rowsOf(new Map(), live, aFloor())).toHaveLength(1);
  });

  it("say from where they are incomplete", () => {
    const live = mapOf(anIntervention("i2.0", 1), anIntervention("i5.0", 4));
    expect(missingFrom(rowsOf(new Map(), live, null))).toBe(2);
    expect(missingFrom(rowsOf(new Map(), mapOf(anIntervention("i2.0", 1)), null))).toBe(
      null,
    );
  });
});
