import { beforeEach, describe, expect, it } from "vitest";
import { type RosterDelegation, roster, type Voice } from "../lib/names.ts";
import { addressed, toSay } from "./say.ts";

function voice(more: Partial<Voice>): Voice {
  return {
    delegation: null,
    group: null,
    group_text: "",
    kind: "statement",
    label: "",
    person: null,
    ...more,
  };
}

beforeEach(() => {
  const one = (code: string, name: string, address: string): RosterDelegation => ({
    code,
    tier: "member_state",
    address,
    names: { en: name },
    spoken: `the ${name}`,
    plate: name,
    aliases: [],
    confusable: "",
  });
  roster.value = {
    id: "test",
    delegations: {
      XA: one("XA", "Republic of Alma", "representative_of"),
      XB: one("XB", "Holy Seat", "observer_for"),
      XC: one("XC", "State of Cora", "observer_of"),
      XU: one("XU", "Union of Isles", "eu_observer"),
    },
    groups: {
      G: { code: "G", names: { en: "Islands" }, spoken: "the Islands", aliases: [] },
    },
  };
});

describe("the sentence to say", () => {
  it.each([
    ["XA", "the representative of the Republic of Alma"],
    ["XB", "the observer for the Holy Seat"],
    ["XC", "the observer of the State of Cora"],
    ["XU", "the representative of the Union of Isles, in its capacity as observer"],
  ])("addresses %s by the roster's form", (delegation, words) => {
    expect(addressed(voice({ delegation }))).toBe(words);
  });

  it("adds the group, and names persons of the programme by name and function", () => {
    expect(addressed(voice({ delegation: "XA", group: "G" }))).toBe(
      "the representative of the Republic of Alma, on behalf of the Islands",
    );
    const person = { name: "Mr. V. Rey", title: "" };
    const usg = voice({ kind: "programme", person, label: "Under-Secretary-General" });
    expect(addressed(usg)).toBe("Mr. V. Rey, Under-Secretary-General");
  });

  it("thanks, gives the floor and says who follows, as far as there is anyone", () => {
    const [a, b] = [voice({ delegation: "XA" }), voice({ delegation: "XB" })];
    expect(toSay({ thanked: a, next: b, after: a })).toBe(
      "I thank the representative of the Republic of Alma. I now give the floor to the observer for the Holy Seat, to be followed by the representative of the Republic of Alma.",
    );
    expect(toSay({ thanked: null, next: b, after: null })).toBe(
      "I now give the floor to the observer for the Holy Seat.",
    );
    expect(toSay({ thanked: a, next: null, after: null })).toBe(
      "I thank the representative of the Republic of Alma.",
    );
    expect(toSay({ thanked: null, next: null, after: null })).toBe("");
  });
});
