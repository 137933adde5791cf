import { expect, it } from "vitest";
import { questionChoices, tagChoices, tagName } from "./tags.ts";

it("a digit that a question has is no tag's key", () => {
  const questions = questionChoices(["Needs?", "Synergies?"]);
  expect(questions.map(({ key, title }) => [key, title])).toEqual([
    ["1", "Needs?"],
    ["2", "Synergies?"],
  ]);
  const tags = tagChoices(
    [
      ["supported", "s"],
      ["second", "2"],
      ["third", "3"],
    ],
    2,
  );
  expect(tags.map(({ key }) => key)).toEqual(["s", "", "3"]);
});

it("only nine questions have a digit", () => {
  const all = questionChoices(Array.from({ length: 10 }, (_, n) => `Q${n}`));
  expect(all.at(8)?.key).toBe("9");
  expect(all.at(9)?.key).toBe("");
});

it("a tag of the secretariat's own is shown as it was typed", () => {
  expect(tagName("opposed")).toBe("Opposed");
  expect(tagName("cites resolution")).toBe("cites resolution");
});
