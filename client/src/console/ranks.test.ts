import { describe, expect, it } from "vitest";
import type { Rank } from "../lib/terms.ts";
import { rankFell, toldRanks } from "./ranks.ts";
import { aMeeting, aRequest } from "./scene.fixture.ts";

const MEETING = aMeeting();

function named(rank: Rank | null, told = true) {
  return aRequest("r2.0", "XAD", { rank, told });
}

function fell(was: Rank | null, is: Rank | null, meeting = MEETING): boolean {
  const told = toldRanks(new Map(), [named(was)]);
  return rankFell(meeting, toldRanks(told, [named(is)]), named(is));
}

describe("a rank that fell after they were told", () => {
  it("is seen, and a higher or an equal one is none", () => {
    expect(fell("head_of_state", "minister")).toBe(true);
    expect(fell("minister", "head_of_state")).toBe(false);
    expect(fell("head_of_state", "crown_prince")).toBe(false);
  });

  it("counts nobody named as the chair of a delegation", () => {
    expect(fell("minister", null)).toBe(true);
    expect(fell(null, "chair_of_delegation")).toBe(false);
  });

  it("goes by the numbers of the profile", () => {
    const ranks = { minister: 3, vice_minister: 3 };
    const profile = { id: "p", title: "P", limits: {}, ranks };
    expect(fell("minister", "vice_minister")).toBe(true);
    expect(fell("minister", "vice_minister", aMeeting({ profile }))).toBe(false);
  });

  it("is nothing before they are told, and begins anew when they are told again", () => {
    const untold = toldRanks(new Map(), [named("minister", false)]);
    expect(rankFell(MEETING, untold, named(null))).toBe(false);
    const first = toldRanks(new Map(), [named("minister")]);
    const away = toldRanks(first, [named("vice_minister", false)]);
    const again = toldRanks(away, [named("vice_minister")]);
    expect(rankFell(MEETING, again, named("vice_minister"))).toBe(false);
  });
});
