import { expect, it } from "vitest";
import { inserted, tokenOf, tokens } from "./tokens.ts";

it("puts a word where the cursor stands, parted from what is before it", () => {
  expect(inserted("Needs training", 5, 5, "[Question 1] ")).toEqual({
    text: "Needs [Question 1]  training",
    caret: 19,
  });
  expect(inserted("", 0, 0, "[Asked] ")).toEqual({ text: "[Asked] ", caret: 8 });
});

it("goes by the place of the key, for Alt changes what it types", () => {
  const all = tokens(2);
  const alt = { altKey: true, ctrlKey: false };
  expect(tokenOf({ ...alt, code: "KeyS" }, all)?.id).toBe("supported");
  expect(tokenOf({ ...alt, code: "Digit2" }, all)?.id).toBe("q2");
  expect(tokenOf({ ...alt, code: "Digit3" }, all)).toBeNull();
  // AltGr on a European keyboard types a sign of its own
  expect(tokenOf({ altKey: true, ctrlKey: true, code: "KeyS" }, all)).toBeNull();
});

it("no key is given twice", () => {
  const keys = tokens(9).map((each) => each.key);
  expect(new Set(keys).size).toBe(keys.length);
});
