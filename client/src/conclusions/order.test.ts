import { expect, it } from "vitest";
import { aMeeting, aSegment, NOW } from "../console/scene.fixture.ts";
import { aConclusion } from "../lib/scene.fixture.ts";
import { dueAt, headings, inOrder, isUsual, keyOf, sections } from "./order.ts";

const SEGMENTS = new Map(
  [
    aSegment({ id: "s1.0", kind: "opening", title: "Opening" }),
    aSegment({ id: "s1.1", kind: "perspectives", title: "Regions", questions: [1, 2] }),
    aSegment({ id: "s1.2", title: "Discussion", questions: [1, 2] }),
  ].map((each) => [each.id, each]),
);
const QUESTIONS = ["What is needed?", "What is shared?"];

function of(...all: ReturnType<typeof aConclusion>[]) {
  return new Map(all.map((each) => [each.id, each]));
}

it("stand under their question in the order of their places", () => {
  const all = of(
    aConclusion("c1", { question: 2, place: 1 }),
    aConclusion("c2", { question: 2, place: 0 }),
    aConclusion("c3", { question: 1, addendum: true }),
    aConclusion("c4", { segment: "s1.0" }),
  );
  const found = sections(SEGMENTS, QUESTIONS, all, false);
  expect(
    found.map(({ title, words, conclusions }) => [
      title,
      words,
      conclusions.map((each) => each.id).join(" "),
    ]),
  ).toEqual([
    ["Opening", "", "c4"],
    ["Discussion", "What is shared?", "c2 c1"],
  ]);
  expect(inOrder(SEGMENTS, all).map((each) => each.id)).toEqual([
    "c4",
    "c2",
    "c1",
    "c3",
  ]);
});

it("an empty heading is shown where it is usual: each question once", () => {
  const usual = isUsual(SEGMENTS);
  expect(headings(SEGMENTS).filter(usual).map(keyOf)).toEqual(["s1.2.1", "s1.2.2"]);
  expect(sections(SEGMENTS, QUESTIONS, of(), false, usual)).toHaveLength(2);
  expect(sections(SEGMENTS, QUESTIONS, of(), false)).toEqual([]);
});

it("without guiding questions the discussion as a whole is the heading", () => {
  const plain = new Map(
    [...SEGMENTS].map(([id, one]) => [id, { ...one, questions: [] }]),
  );
  expect(headings(plain).filter(isUsual(plain)).map(keyOf)).toEqual(["s1.2.0"]);
});

it("what stands under a question that is gone is still read", () => {
  const lone = of(aConclusion("c1", { question: 7 }));
  expect(inOrder(SEGMENTS, lone).map((each) => each.id)).toEqual(["c1"]);
});

it("are handed over a quarter of an hour before the end", () => {
  expect(dueAt(aMeeting({ ends_at: NOW }))).toBe(NOW - 900_000);
  expect(dueAt(aMeeting({ ends_at: null }))).toBeNull();
});
