import { expect, it } from "vitest";
import { aNote } from "./notes.fixture.ts";
import { byRow, corrections, noteOf, otherNotes, savedOf } from "./notes.ts";

const mapOf = (...notes: ReturnType<typeof aNote>[]) =>
  new Map(notes.map((each) => [each.id, each]));

it("the note of a row is the first that is no correction and no operator's", () => {
  const notes = byRow(
    mapOf(
      aNote({ id: "n3.0", at: 3, text: "later" }),
      aNote({ id: "n2.0", at: 2, text: "the shared one", document: "A/75/1" }),
      aNote({ id: "n1.0", at: 1, correction: true }),
      aNote({ id: "n0.0", at: 0, scope: "staff" }),
    ),
  );
  expect(noteOf(notes, "i1.0")?.id).toBe("n2.0");
  expect(savedOf(notes, "i1.0", "document")).toMatchObject({ text: "A/75/1" });
  const all = notes.get("i1.0") ?? [];
  expect(otherNotes(all).map((each) => each.id)).toEqual(["n3.0"]);
  expect(corrections(all).map((each) => each.id)).toEqual(["n1.0"]);
  expect(savedOf(notes, "i9.9")).toEqual({ note: null, text: "", version: 0 });
});

it("rows without news keep their notes as they are", () => {
  const [one, other] = [aNote(), aNote({ id: "n2.0", intervention: "i2.0" })];
  const before = byRow(mapOf(one, other));
  const after = byRow(mapOf(one, { ...other, text: "new" }), before);
  expect(after.get("i1.0")).toBe(before.get("i1.0"));
  expect(after.get("i2.0")).not.toBe(before.get("i2.0"));
});
