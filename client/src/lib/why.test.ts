import { describe, expect, it } from "vitest";
import { reason, whyReasons, whySentence } from "./why.ts";

describe("why an entry stands where it stands", () => {
  it.each([
    ["arrival", "in the order of arrival"],
    ["lot:3", "drawn by lot as number 3"],
    ["lot:later", "asked after the draw"],
    ["lot:waiting", "the lots are still to be drawn"],
    ["tier:member_state", "with the Member States"],
    ["rank:head_of_state", "by the rank of the speaker: Head of State"],
    ["region:AFR:2", "African States: their turn in round 2"],
    ["region:none:1", "those without a regional group: their turn in round 1"],
    ["round:2", "the turn of its regional group in round 2"],
    ["letter:P", "in alphabetical order, under P"],
    ["side:for", "for and against in turn: in favour"],
    ["side:none", "takes no side"],
    ["turn:2", "a second reply"],
    ["generation:1", "asked after the list was reopened"],
    ["band:introduction", "by its kind: Introduction"],
    ["motion:close_debate", "a motion to close the debate, by its precedence"],
  ])("%s is “%s”", (code, words) => {
    expect(reason(code)).toBe(words);
  });

  it("is one sentence, the most decisive reason first, and not more than three", () => {
    expect(whySentence(["group", "lot:2", "first_time", "arrival"])).toBe(
      "Its place: speaks for a group: groups come first; drawn by lot as number 2;" +
        " has not spoken yet: before those who have.",
    );
  });

  it("says nothing of a code that it does not know, and nothing of nothing", () => {
    expect(whySentence(["something_new"])).toBe("");
    expect(whyReasons(["something_new", "arrival"])).toBe("in the order of arrival");
    expect(whySentence([])).toBe("");
  });
});
