import { describe, expect, it } from "vitest";
import { aFloor, anIntervention } from "../console/scene.fixture.ts";
import {
  currentRow,
  heldBy,
  lossesBefore,
  missingFrom,
  rowsOf,
  steadied,
} from "./rows.ts";

const mapOf = (...rows: ReturnType<typeof anIntervention>[]) =>
  new Map(rows.map((each) => [each.id, each]));

describe("the rows of the record", () => {
  it("stand in the order of the record, the present speaker last", () => {
    const live = mapOf(anIntervention("i3.0", 2), anIntervention("i2.0", 1));
    const rows = rowsOf(new Map(), live, [aFloor()]);
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
    expect(rowsOf(fetched, live, []).map((row) => row.used_ms)).toEqual([2]);
  });

  it("leave out what is void, and who is called but has not begun", () => {
    const live = mapOf(anIntervention("i2.0", 0));
    const called = aFloor({ phase: "called", started_at: null });
    expect(rowsOf(new Map(), live, [called])).toEqual([]);
  });

  it("do not double a speaker whose end has just come", () => {
    const live = mapOf(anIntervention("i9.0", 1));
    expect(rowsOf(new Map(), live, [aFloor()])).toHaveLength(1);
  });

  it("say from where they are incomplete", () => {
    const live = mapOf(anIntervention("i2.0", 1), anIntervention("i5.0", 4));
    expect(missingFrom(rowsOf(new Map(), live, []))).toBe(2);
    expect(missingFrom(rowsOf(new Map(), mapOf(anIntervention("i2.0", 1)), []))).toBe(
      null,
    );
  });

  it("stand under the one that they interrupted, whatever their number", () => {
    const live = mapOf(
      anIntervention("i2.0", 1),
      anIntervention("i4.0", 2, { over: "i3.0", kind: "point_of_order" }),
      anIntervention("i5.0", 3, { over: "i4.0", kind: "point_of_order" }),
      anIntervention("i3.0", 4),
    );
    const rows = rowsOf(new Map(), live, []);
    expect(rows.map(({ id, depth }) => [id, depth])).toEqual([
      ["i2.0", 0],
      ["i3.0", 0],
      ["i4.0", 1],
      ["i5.0", 2],
    ]);
    expect(missingFrom(rows)).toBeNull();
  });

  it("show the floor as it stands: the interrupted, and under it who speaks", () => {
    const stack = [
      aFloor({ id: "i8.0", over: "i7.0", depth: 1, kind: "point_of_order" }),
      aFloor({ id: "i7.0", phase: "paused" }),
    ];
    const rows = rowsOf(new Map(), mapOf(anIntervention("i2.0", 1)), stack);
    expect(rows.map(({ id, n, depth }) => [id, n, depth])).toEqual([
      ["i2.0", 1, 0],
      ["i7.0", 3, 0],
      ["i8.0", 2, 1],
    ]);
    expect(currentRow(rows)?.id).toBe("i8.0");
  });

  it("say how long they were held for which reason", () => {
    const hold = (reason: "audio" | "interruption", from: number, to: number) => ({
      reason,
      since: from,
      until: to,
    });
    expect(
      heldBy([
        hold("audio", 0, 10),
        hold("interruption", 20, 50),
        hold("audio", 60, 65),
      ]),
    ).toEqual([
      { reason: "audio", ms: 15 },
      { reason: "interruption", ms: 30 },
    ]);
  });

  it("say where a part of the past was lost, and after the last", () => {
    const live = mapOf(
      anIntervention("i2.0", 1, { started_at: 100 }),
      anIntervention("i3.0", 2, { started_at: 200 }),
    );
    const [early, late] = [
      { after: 40, until: 43, at: 150 },
      { after: 60, until: 61, at: 300 },
    ];
    const found = lossesBefore(rowsOf(new Map(), live, []), [early, late]);
    expect([...found]).toEqual([
      ["i3.0", [early]],
      ["", [late]],
    ]);
  });
});

it("a row that says the same stays the same object", () => {
  const live = mapOf(anIntervention("i2.0", 1), anIntervention("i3.0", 2));
  const before = rowsOf(new Map(), live, []);
  const changed = new Map(live).set("i3.0", anIntervention("i3.0", 2, { used_ms: 7 }));
  const after = steadied(rowsOf(new Map(), changed, []), before);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
});
