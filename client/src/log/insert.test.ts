import { expect, it } from "vitest";
import { inserted } from "./insert.ts";

it("puts a word where the cursor stands, a gap before it where there is none", () => {
  expect(inserted("asks why", 4, 4, "10:42 ")).toEqual({
    text: "asks 10:42  why",
    caret: 11,
  });
  expect(inserted("", 0, 0, "10:42 ")).toEqual({ text: "10:42 ", caret: 6 });
  expect(inserted("a bad c", 2, 5, "good")).toEqual({ text: "a good c", caret: 6 });
});
