import { expect, it } from "vitest";
import { anIntervention } from "../console/scene.fixture.ts";
import { ALL, type Facts, type Filter, isFiltering, matches } from "./filter.ts";
import { UNMARKED } from "./marks.ts";
import { rowsOf } from "./rows.ts";

const [ROW] = rowsOf(
  new Map(),
  new Map([["i1.0", anIntervention("i1.0", 1, { group: "ISLANDS" })]]),
  [],
);

const FACTS: Facts = {
  marked: { tags: ["supported"], questions: [2], follow_up: true },
  words: ["Adunara", "Ms. Ada Weir, Minister", "Needs training on A/75/1."],
  region: "AFR",
  empty: false,
};

function finds(over: Partial<Filter>, facts = FACTS): boolean {
  if (!ROW) throw new Error("no row");
  return matches(ROW, facts, { ...ALL, ...over });
}

it("by words that begin words of the row, in any order and case", () => {
  expect(finds({ words: "TRAIN adun" })).toBe(true);
  expect(finds({ words: "raining" })).toBe(false);
  expect(finds({ words: "a/75/1" })).toBe(true);
  expect(finds({ words: "  " })).toBe(true);
});

it("by delegation, group, region, question, tag and star, all at once", () => {
  const all: Partial<Filter> = {
    delegation: "XAD",
    group: "ISLANDS",
    question: 2,
    tag: "supported",
    state: "follow_up",
  };
  expect(finds(all)).toBe(true);
  expect(finds({ ...all, group: "region:AFR" })).toBe(true);
  for (const wrong of [
    { delegation: "XAE" },
    { group: "region:WEO" },
    { group: "OTHERS" },
    { question: 1 },
    { tag: "opposed" },
    { words: "nothing" },
    { state: "empty" as const },
  ]) {
    expect(finds({ ...all, ...wrong })).toBe(false);
  }
  expect(finds({ state: "follow_up" }, { ...FACTS, marked: UNMARKED })).toBe(false);
});

it("by rows on which nobody has written", () => {
  expect(finds({ state: "empty" })).toBe(false);
  expect(finds({ state: "empty" }, { ...FACTS, empty: true })).toBe(true);
});

it("knows whether it hides anything", () => {
  expect(isFiltering(ALL)).toBe(false);
  expect(isFiltering({ ...ALL, question: 1 })).toBe(true);
});
