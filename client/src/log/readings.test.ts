import { expect, it } from "vitest";
import { anIntervention } from "../console/scene.fixture.ts";
import { roster } from "../lib/roster.ts";
import { aNote } from "./notes.fixture.ts";
import { corrected, proposal } from "./readings.ts";

const WAS = { person: null, kind: "statement", group: null, group_text: "" } as const;
const person = (name: string, title = "") => ({ name, title });

it("what a correction replaced is told, and only that", () => {
  roster.value = {
    ...roster.value,
    groups: {
      ISLANDS: { code: "ISLANDS", names: {}, spoken: "the Islands", aliases: [] },
    },
  } as never;
  const row = anIntervention("i1.0", 1, {
    person: person("Ms. Ada Weir", "Minister"),
    group: "ISLANDS",
    corrections: [
      { at: 5, reason: "misheard", was: { ...WAS, person: person("Mr. Where") } },
      {
        at: 9,
        reason: "said so",
        was: { ...WAS, person: person("Ms. Ada Weir", "Minister") },
      },
    ],
  });
  expect(corrected(row)).toEqual([
    { at: 5, reason: "misheard", was: "Mr. Where" },
    { at: 9, reason: "said so", was: "for XAD alone" },
  ]);
});

it("nobody named is said as well", () => {
  const row = anIntervention("i1.0", 1, {
    person: person("Ms. Ada Weir"),
    corrections: [{ at: 5, reason: "r", was: WAS }],
  });
  expect(corrected(row)[0]?.was).toBe("nobody named");
});

it("what a delegation proposes is told in words", () => {
  const row = anIntervention("i1.0", 1);
  const proposed = { ...WAS, person: person("Ms. Ada Weir", "Minister") };
  expect(proposal(aNote({ proposed }), row)).toBe(
    "Ms. Ada Weir, Minister, for XAD alone",
  );
  expect(proposal(aNote(), row)).toBe("");
});
