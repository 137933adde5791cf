import { describe, expect, it } from "vitest";
import { ledger } from "./replies.ts";
import { aList, anIntervention, aRequest } from "./scene.fixture.ts";
import { traysOf } from "./trays.ts";

describe("the trays beside a list", () => {
  const requests = new Map(
    ["r1.0", "r2.0", "r3.0", "r4.0"].map((id) => [id, aRequest(id, "XAD")]),
  );

  it("come with what needs an answer first, and only where somebody waits", () => {
    const list = aList({ requested: ["r3.0"], late: [], deferred: ["r2.0", "r1.0"] });
    const shown = traysOf(list, requests).map((tray) => [
      tray.name,
      tray.requests.map((each) => each.id),
    ]);
    expect(shown).toEqual([
      ["requested", ["r3.0"]],
      ["deferred", ["r2.0", "r1.0"]],
    ]);
  });

  it("leave out what is not known, and are none to whom they are not shown", () => {
    expect(traysOf(aList({ late: ["r9.0"] }), requests)).toEqual([]);
    expect(traysOf(aList(), requests)).toEqual([]);
  });
});

describe("the ledger of replies", () => {
  const reply = (id: string, code: string, turn: number, to: string | null = null) =>
    aRequest(id, code, { kind: "right_of_reply", turn, to });
  const heard = (n: number, code: string, over = {}) =>
    anIntervention(`i${n}.0`, n, { delegation: code, kind: "right_of_reply", ...over });

  it("counts by delegation what was made and what waits", () => {
    const lines = ledger(
      [reply("r5.0", "XAD", 2), reply("r6.0", "XAF", 1, "XAD")],
      [heard(3, "XAD", { to: "XAE" }), heard(4, "XAE")],
      new Set(["s1.2"]),
    );
    expect(
      lines.map(({ delegation, made, asked, to }) => [delegation, made, asked, to]),
    ).toEqual([
      ["XAD", 1, 1, "XAE"],
      ["XAE", 1, 0, null],
      ["XAF", 0, 1, "XAD"],
    ]);
    expect(lines[0]?.request?.id).toBe("r5.0");
  });

  it("leaves out what was voided, and other items", () => {
    const rows = [heard(0, "XAD"), heard(5, "XAE", { segment: "s1.9" })];
    expect(ledger([], rows, new Set(["s1.2"]))).toEqual([]);
  });
});
