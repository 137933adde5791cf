import { describe, expect, it } from "vitest";
import { filledRoster } from "./roster.ts";

describe("the roster as it was sent", () => {
  it("is filled in with what nearly every delegation is", () => {
    const { delegations } = filledRoster({
      delegations: { CHE: { names: { en: "Switzerland" }, region: "WEO" } },
    });
    expect(delegations["CHE"]).toEqual({
      code: "CHE",
      tier: "member_state",
      region: "WEO",
      may_reply: true,
      replies: null,
      may_order: true,
      names: { en: "Switzerland" },
      spoken: "Switzerland",
      plate: "Switzerland",
      address: "representative_of",
      aliases: [],
      confusable: "",
    });
  });

  it("keeps what is said of one, and the groups", () => {
    const { delegations, groups } = filledRoster({
      delegations: {
        IRN: {
          names: { en: "Iran (Islamic Republic of)" },
          spoken: "the Islamic Republic of Iran",
          tier: "observer_state",
          may_order: false,
        },
      },
      groups: { G77: { names: { en: "Group of 77" }, spoken: "the Group of 77" } },
    });
    expect(delegations["IRN"]).toMatchObject({
      spoken: "the Islamic Republic of Iran",
      plate: "Iran (Islamic Republic of)",
      tier: "observer_state",
      may_order: false,
    });
    expect(groups["G77"]).toMatchObject({
      code: "G77",
      names: { en: "Group of 77" },
      spoken: "the Group of 77",
    });
  });
});
