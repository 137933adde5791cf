import { expect, it } from "vitest";
import { pages } from "./pages.ts";

it("a text that fits is one page, in one line", () => {
  expect(pages(" One.\nTwo. ")).toEqual(["One. Two."]);
});

it("pages end at sentences, and none is longer than a display takes", () => {
  const text = Array.from({ length: 9 }, (_, n) => `Sentence ${n} says this.`).join(
    " ",
  );
  const found = pages(text, 80);
  expect(found.join(" ")).toBe(text);
  for (const page of found) {
    expect(page.endsWith(".")).toBe(true);
    expect(page.length).toBeLessThanOrEqual(80);
  }
});

it("a long sentence is cut between words, Arabic and Chinese as well", () => {
  const words = "قال الوفد إن التدريب ضروري ".repeat(20).trim();
  expect(pages(words, 80).join(" ")).toBe(words);
  const chinese = "各国需要训练有素的调查员".repeat(20);
  const found = pages(chinese, 80);
  expect(found.join("")).toBe(chinese);
  expect(found.every((each) => each.length <= 80)).toBe(true);
});
