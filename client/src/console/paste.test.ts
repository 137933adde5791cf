import { describe, expect, it } from "vitest";
import {
  changed,
  entries,
  isReady,
  type Recognised,
  rowsOf,
  standing,
  tally,
} from "./paste.ts";

function line(n: number, text: string, over: Partial<Recognised> = {}): Recognised {
  return {
    line: n,
    text,
    delegation: null,
    group: null,
    group_text: "",
    person: null,
    kind: "statement",
    sure: false,
    alternatives: [],
    ...over,
  };
}

const SURE = line(1, "Adunara", { delegation: "XAD", sure: true });
const UNSURE = line(2, "Tavora", { delegation: "XTV", alternatives: ["XTA"] });
const UNKNOWN = line(3, "Adunarra (Mr. Weir)");

describe("a pasted list", () => {
  it("tells recognised, unsure and unknown apart", () => {
    expect(rowsOf([SURE, UNSURE, UNKNOWN]).map(standing)).toEqual([
      "recognised",
      "unsure",
      "unknown",
    ]);
  });

  it("goes only when every line is decided, in the order of the lines", () => {
    let rows = rowsOf([SURE, UNSURE, UNKNOWN]);
    expect(isReady(rows)).toBe(false);
    rows = changed(rows, { do: "confirm", line: 2 });
    rows = changed(rows, { do: "leave_out", line: 3 });
    expect(isReady(rows)).toBe(true);
    expect(entries(rows, "email")).toEqual([
      { delegation: "XAD", kind: "statement", channel: "email" },
      { delegation: "XTV", kind: "statement", channel: "email" },
    ]);
  });

  it("takes a choice for an unknown line and keeps its text", () => {
    const rows = changed(rowsOf([UNKNOWN]), {
      do: "choose",
      line: 3,
      delegation: "XAD",
    });
    expect(rows[0]).toMatchObject({ delegation: "XAD", text: UNKNOWN.text });
    expect(standing(rows[0] as never)).toBe("recognised");
  });

  it("cannot confirm a line that names nobody", () => {
    const rows = changed(rowsOf([UNKNOWN]), { do: "confirm", line: 3 });
    expect(tally(rows).unknown).toBe(1);
  });

  it("puts back what was left out", () => {
    let rows = changed(rowsOf([SURE]), { do: "leave_out", line: 1 });
    expect(isReady(rows)).toBe(false);
    rows = changed(rows, { do: "put_back", line: 1 });
    expect(isReady(rows)).toBe(true);
  });

  it("makes a person without an entity of a line", () => {
    const rows = changed(rowsOf([line(1, " Ms. Ada Weir ")]), {
      do: "person",
      line: 1,
      kind: "programme",
    });
    expect(entries(rows, "chat")).toEqual([
      {
        person: { name: "Ms. Ada Weir", title: "" },
        kind: "programme",
        channel: "chat",
      },
    ]);
  });

  it("keeps a group that is not in the register as it was typed", () => {
    const rows = rowsOf([
      line(1, "Adunara (on behalf of Friends)", {
        delegation: "XAD",
        group_text: "Friends",
        kind: "group_statement",
        sure: true,
      }),
    ]);
    expect(entries(rows, "paper")[0]).toMatchObject({
      delegation: "XAD",
      group_text: "Friends",
      kind: "group_statement",
    });
  });
});
