import { expect, it } from "vitest";
import { anIntervention } from "../console/scene.fixture.ts";
import { rowsOf } from "./rows.ts";
import { totals } from "./totals.ts";

it("adds up what counts, once for an intervention in two parts", () => {
  const rows = rowsOf(
    new Map(),
    new Map(
      [
        anIntervention("i1.0", 1, { outcome: "returned", used_ms: 50_000 }),
        anIntervention("i2.0", 2, { delegation: "XAE", used_ms: 30_000 }),
        anIntervention("i3.0", 3, { resume_of: "i1.0", used_ms: 20_000 }),
        anIntervention("i4.0", 4, { kind: "programme" }),
      ].map((each) => [each.id, each]),
    ),
    [],
  );
  expect(totals(rows, (row) => row.voice.delegation ?? "")).toEqual([
    { key: "XAD", times: 1, spoken_ms: 70_000 },
    { key: "XAE", times: 1, spoken_ms: 30_000 },
  ]);
});
