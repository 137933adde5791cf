import { describe, expect, it } from "vitest";
import { lengthOf, mmss } from "./length.ts";

describe("a length", () => {
  it.each([
    ["2:30", 150],
    ["2", 120],
    ["0:45", 45],
    ["2.15", 135],
    ["2:75", null],
    ["0:03", null],
    ["two", null],
    ["", null],
  ])("%j is %s seconds", (text, seconds) => {
    expect(lengthOf(text)).toBe(seconds);
  });

  it("is written as on the clock", () => {
    expect(mmss(150_000)).toBe("2:30");
    expect(mmss(4_205_000)).toBe("70:05");
  });
});
