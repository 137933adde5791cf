import { beforeEach, describe, expect, it } from "vitest";
import type { Pending } from "./commands.ts";
import { aWelcome } from "./frames.fixture.ts";
import { dismissLosses, losses, type Memory, noteLoss } from "./losses.ts";
import { lossText, lostText, notKeptTexts } from "./lossTexts.ts";

const command = (id: string, over: Partial<Pending> = {}): Pending => ({
  id,
  type: "request_floor",
  fields: { kind: "statement" },
  since: 0,
  ...over,
});

/** A page that pressed these; of `open` the answer is still to come. */
function pressed(commands: readonly Pending[] = [], open: string[] = []): Memory {
  const known = new Map(commands.map((each) => [each.id, each]));
  return {
    accepted: (id) => known.get(id) ?? null,
    isPending: (id) => open.includes(id),
  };
}

const lost = (over = {}) =>
  aWelcome({ epoch: "f", reason: "epoch", lost: { after: 40, until: 43 }, ...over });

const told = () => losses.value.flatMap(notKeptTexts);

describe("a loss", () => {
  beforeEach(dismissLosses);

  it("is told with the numbers that are gone, until it is put away", () => {
    noteLoss(lost(), pressed());
    expect(losses.value.map(lossText)).toEqual([
      "The server lost its last seconds: entries 41 to 43 are gone. What you see now is what is kept.",
    ]);
    expect(told()).toEqual([]);
    dismissLosses();
    expect(losses.value).toEqual([]);
  });

  it("of one entry names the one", () => {
    noteLoss(lost({ lost: { after: 40, until: 41 } }), pressed());
    expect(losses.value.map(lossText)[0]).toContain("entry 41 is gone");
    expect(lostText(40, 41, "10:42")).toBe("Entry 41 was lost at 10:42.");
    expect(lostText(40, 43, "10:42")).toBe("Entries 41 to 43 were lost at 10:42.");
  });

  it("is told once, on however many servers one is welcomed", () => {
    noteLoss(lost(), pressed());
    noteLoss(lost(), pressed());
    expect(losses.value).toHaveLength(1);
    noteLoss(lost({ epoch: "g", lost: { after: 60, until: 62 } }), pressed());
    expect(losses.value.map((each) => each.lost?.after)).toEqual([40, 60]);
  });

  it("is none where a page comes for the first time, or was away for long", () => {
    for (const reason of ["first", "too_old", null] as const) {
      noteLoss(aWelcome({ reason }), pressed());
    }
    expect(losses.value).toEqual([]);
  });

  it("is told without numbers where the page alone had another past", () => {
    noteLoss(aWelcome({ reason: "diverged" }), pressed());
    expect(losses.value.map(lossText)).toEqual([
      "Something that this screen showed was not kept. What you see now is what is kept.",
    ]);
  });

  it("names what was pressed here and confirmed", () => {
    const mine = [
      command("a"),
      command("b", { fields: { kind: "point_of_order" } }),
      command("c", { type: "withdraw", fields: {} }),
      command("d", { type: "call", fields: {}, said: "Give the floor to Adunara" }),
      command("e", { type: "resume", fields: {} }),
    ];
    noteLoss(lost({ not_kept: ["a", "b", "c", "d", "e"] }), pressed(mine));
    expect(told()).toEqual([
      "Your request for the floor was not kept. Press again if it still holds.",
      "Not kept: Point of order. Press again if it still holds.",
      "Not kept: Withdraw. Press again if it still holds.",
      "Not kept: Give the floor to Adunara. Press again if it still holds.",
      "Not kept: the last action. Press again if it still holds.",
    ]);
  });

  it("counts what was pressed on other devices of the same link", () => {
    noteLoss(lost({ not_kept: ["a", "x", "y"] }), pressed([command("a")]));
    expect(told()[1]).toBe("2 entries by other devices of yours were not kept.");
  });

  it("says nothing of what is sent again by itself", () => {
    const note = command("n", { type: "note", fields: {} });
    noteLoss(lost({ not_kept: ["p", "n"] }), pressed([note], ["p"]));
    expect(losses.value).toHaveLength(1);
    expect(told()).toEqual([]);
  });
});
