import { describe, expect, it } from "vitest";
import {
  done,
  dropped,
  due,
  fieldsOf,
  has,
  type Mark,
  open,
  sending,
  settled,
  shown,
  undone,
  type Wishes,
  wished,
  wishedAgain,
} from "./marks.ts";

const NOTHING: Wishes = new Map();
const SUPPORTED: Mark = { is: "tag", tag: "supported" };
const STAR: Mark = { is: "star" };
const SECOND: Mark = { is: "question", n: 2 };
const NOTE = { tags: ["opposed"], questions: [3], follow_up: false };

const pressed = (...marks: [Mark, boolean][]) =>
  marks.reduce((all, [mark, on]) => wished(all, mark, on), NOTHING);

describe("marks that were pressed", () => {
  it("are shown at once, over what the server has", () => {
    const wishes = pressed([SUPPORTED, true], [SECOND, true], [STAR, true]);
    expect(shown(NOTE, wishes)).toEqual({
      tags: ["opposed", "supported"],
      questions: [2, 3],
      follow_up: true,
    });
    const off = pressed([{ is: "tag", tag: "opposed" }, false]);
    expect(has(shown(NOTE, off), { is: "tag", tag: "opposed" })).toBe(false);
  });

  it("go as what is added and what is taken away, the star by itself", () => {
    const wishes = pressed([SUPPORTED, true], [SECOND, false], [STAR, true]);
    const first = due(wishes);
    expect(fieldsOf(first)).toEqual({
      tags: { add: ["supported"], drop: [] },
      questions: { add: [], drop: [2] },
    });
    const onTheirWay = sending(wishes, first);
    expect(due(onTheirWay)).toEqual([]);
    const next = due(done(onTheirWay, first, 4));
    expect(fieldsOf(next)).toEqual({ follow_up: true });
  });

  it("stand until the note that has them has come", () => {
    const those = due(pressed([SUPPORTED, true]));
    const wishes = done(pressed([SUPPORTED, true]), those, 4);
    expect(open(wishes)).toBe(false);
    expect(settled(wishes, 3)).toBe(wishes);
    expect(settled(wishes, 4).size).toBe(0);
  });

  it("are not answered by the answer to an earlier press", () => {
    const first = pressed([SUPPORTED, true]);
    const those = due(first);
    let wishes = sending(first, those);
    wishes = wished(wished(wishes, SUPPORTED, false), SUPPORTED, true);
    wishes = done(wishes, those, 4);
    expect(open(wishes)).toBe(true);
    expect(fieldsOf(due(wishes))).toEqual({ tags: { add: ["supported"], drop: [] } });
    expect(dropped(wishes, those)).toEqual(wishes);
  });

  it("are due again without an answer, and gone when refused for good", () => {
    const wishes = pressed([SUPPORTED, true]);
    const those = due(wishes);
    expect(due(undone(sending(wishes, those), those))).toHaveLength(1);
    expect(dropped(wishes, those).size).toBe(0);
  });

  it("are due again when the server has lost them", () => {
    const wishes = pressed([SUPPORTED, true]);
    const stood = done(wishes, due(wishes), 4);
    expect(wishedAgain(NOTHING, stood, 4).size).toBe(0);
    expect(due(wishedAgain(NOTHING, stood, 3))).toHaveLength(1);
    const since = pressed([SUPPORTED, false]);
    expect(wishedAgain(since, stood, 3)).toEqual(since);
  });
});
