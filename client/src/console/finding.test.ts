import { describe, expect, it } from "vitest";
import type { Hit } from "../lib/names.ts";
import { choices, entryOf, type Manner } from "./finding.ts";

const MANNER: Manner = { channel: "chat", group: "", kind: "statement" };
const HITS: Record<string, Hit[]> = {
  adu: [{ code: "XAD", via: "name", sure: true }],
  tav: [
    { code: "XTV", via: "name", sure: false },
    { code: "XTA", via: "name", sure: false },
  ],
  isl: [{ code: "", group: "ISLAND_STATES", via: "name", sure: true }],
};
const search = (text: string) => HITS[text] ?? [];

describe("what a search offers", () => {
  it("takes the first on Enter only where it cannot be confused", () => {
    expect(choices("adu", search, MANNER)[0]?.sure).toBe(true);
    expect(choices("tav", search, MANNER).some((each) => each.sure)).toBe(false);
  });

  it("offers a person without entity last, and never unread", () => {
    const found = choices("Ms. Weir", search, MANNER);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ person: "Ms. Weir", sure: false });
  });

  it("reads the group after a stroke", () => {
    const [first] = choices("adu / isl", search, MANNER);
    expect(first).toMatchObject({ code: "XAD", group: "ISLAND_STATES", sure: true });
    expect(choices("adu / nobody", search, MANNER)[0]?.sure).toBe(false);
  });

  it("is empty for nothing", () => {
    expect(choices("  ", search, MANNER)).toEqual([]);
  });
});

describe("the entry for the list", () => {
  it("is a group's statement on behalf of a group", () => {
    const [choice] = choices("adu / isl", search, MANNER);
    expect(choice && entryOf(choice, MANNER)).toEqual({
      delegation: "XAD",
      group: "ISLAND_STATES",
      kind: "group_statement",
      channel: "chat",
    });
  });

  it("keeps a group of its own words", () => {
    const manner = { ...MANNER, group: "=Friends of Rivers" };
    const [choice] = choices("adu", search, manner);
    expect(choice && entryOf(choice, manner)).toMatchObject({
      delegation: "XAD",
      group_text: "Friends of Rivers",
      kind: "group_statement",
    });
  });

  it("names a person without entity", () => {
    const [choice] = choices("Ms. Weir", search, MANNER);
    expect(choice && entryOf(choice, MANNER)).toEqual({
      person: { name: "Ms. Weir", title: "" },
      kind: "statement",
      channel: "chat",
    });
  });

  it("puts a question to the panellist who was chosen, and only a question", () => {
    const manner: Manner = { ...MANNER, kind: "question", addressed: "r1.0" };
    const [choice] = choices("adu", search, manner);
    expect(choice && entryOf(choice, manner)).toMatchObject({ addressed: ["r1.0"] });
    expect(
      choice && entryOf(choice, { ...manner, kind: "statement" }),
    ).not.toHaveProperty("addressed");
  });
});
