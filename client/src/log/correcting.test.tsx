import { expect, it } from "vitest";
import { anIntervention } from "../console/scene.fixture.ts";
import { correctionOf } from "./correcting.tsx";

const ROW = anIntervention("i1.0", 1, {
  person: { name: "Mr. Where", title: "" },
  corrections: [{ at: 1, reason: "r", was: {} }],
});
const WANTED = {
  name: "Mr. Where",
  title: "",
  group: "",
  typed: "",
  reason: "misheard",
};

it("says only what is changed, and how often the row had been corrected", () => {
  expect(correctionOf(ROW, { ...WANTED, name: " Ms. Weir " })).toEqual({
    person: { name: "Ms. Weir", title: "" },
    reason: "misheard",
    expect: { intervention: "i1.0", corrections: 1 },
  });
  expect(correctionOf(ROW, { ...WANTED, group: "ISLANDS" })).toMatchObject({
    capacity: { group: "ISLANDS", group_text: "" },
  });
  expect(correctionOf(ROW, { ...WANTED, group: "?", typed: "Friends" })).toMatchObject({
    capacity: { group: null, group_text: "Friends" },
  });
});

it("is nothing where nothing is changed, or a name would be taken away", () => {
  expect(correctionOf(ROW, WANTED)).toBeNull();
  expect(correctionOf(ROW, { ...WANTED, name: "" })).toBeNull();
});
