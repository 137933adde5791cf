import { describe, expect, it } from "vitest";
import {
  accepted,
  arrived,
  chosen,
  due,
  failed,
  NONE,
  opened,
  overtaken,
  phaseOf,
  resumed,
  sending,
  typed,
  wentBack,
} from "./draft.ts";

const FIRST = { note: "n1.0", text: "Supports.", version: 1 };
const THEIRS = { note: "n1.0", text: "Supports, asks why.", version: 2 };

describe("a note being written", () => {
  it("is saved as long as nothing was typed", () => {
    expect(phaseOf(opened(FIRST))).toBe("saved");
    expect(due(opened(FIRST))).toBeNull();
  });

  it("is sent with the version that was read", () => {
    const draft = typed(opened(FIRST), "Supports strongly.");
    expect(phaseOf(draft)).toBe("unsaved");
    expect(due(draft)).toEqual({
      note: "n1.0",
      text: "Supports strongly.",
      version: 1,
    });
  });

  it("starts from version 0 when there is no note yet", () => {
    expect(due(typed(opened(NONE), "New"))).toEqual({
      note: null,
      text: "New",
      version: 0,
    });
  });

  it("is not sent twice while the first has no answer", () => {
    const draft = typed(sending(typed(opened(FIRST), "A")), "A and B");
    expect(due(draft)).toBeNull();
    const after = accepted(draft, { note: "n1.0", text: "A", version: 2 });
    expect(due(after)).toEqual({ note: "n1.0", text: "A and B", version: 2 });
  });

  it("follows the other rapporteur while untouched", () => {
    const draft = arrived(opened(FIRST), THEIRS);
    expect(draft.text).toBe(THEIRS.text);
    expect(phaseOf(draft)).toBe("saved");
  });

  it("keeps what was typed when the other's text arrives, and asks", () => {
    const draft = arrived(typed(opened(FIRST), "Mine"), THEIRS);
    expect(draft.text).toBe("Mine");
    expect(draft.theirs).toEqual(THEIRS);
    expect(phaseOf(draft)).toBe("conflict");
    expect(due(draft)).toBeNull();
  });

  it("knows its own text when it comes back before the answer", () => {
    const draft = arrived(sending(typed(opened(FIRST), "Mine")), {
      note: "n1.0",
      text: "Mine",
      version: 2,
    });
    expect(phaseOf(draft)).toBe("saved");
    expect(accepted(draft, { note: "n1.0", text: "Mine", version: 2 })).toEqual(draft);
  });

  it("goes on in the newest version after a choice, losing neither text unasked", () => {
    const draft = overtaken(sending(typed(opened(FIRST), "Mine")), THEIRS);
    expect(due(chosen(draft, "mine"))).toMatchObject({ text: "Mine", version: 2 });
    expect(due(chosen(draft, "theirs"))).toBeNull();
    expect(chosen(draft, "both").text).toBe("Supports, asks why.\nMine");
  });

  it("is no conflict when both wrote the same", () => {
    const draft = overtaken(sending(typed(opened(FIRST), THEIRS.text)), THEIRS);
    expect(phaseOf(draft)).toBe("saved");
  });

  it("is due again after a failure", () => {
    const draft = failed(sending(typed(opened(FIRST), "Mine")), "no connection");
    expect(phaseOf(draft)).toBe("failed");
    expect(due(draft)).toMatchObject({ text: "Mine" });
  });

  it("takes up what was kept on this device", () => {
    expect(due(opened(FIRST, "kept"))).toMatchObject({ text: "kept", version: 1 });
  });

  it("goes on silently where the other changed another field of the note", () => {
    const draft = arrived(typed(opened(FIRST), "Mine"), { ...FIRST, version: 4 });
    expect([draft.text, draft.theirs]).toEqual(["Mine", null]);
    expect(due(draft)).toMatchObject({ text: "Mine", version: 4 });
    const onItsWay = arrived(sending(typed(opened(FIRST), "Mine")), {
      ...FIRST,
      version: 4,
    });
    expect(phaseOf(onItsWay)).toBe("saving");
  });

  it("goes on where the other writes over what had arrived and was not answered", () => {
    const mine = sending(typed(opened(FIRST), "Mine"));
    const met = arrived(mine, { ...THEIRS, text: "Mine, and theirs", version: 3 });
    expect(phaseOf(met)).toBe("conflict");
    const after = accepted(met, { note: "n1.0", text: "Mine", version: 2 });
    expect([after.text, phaseOf(after)]).toEqual(["Mine, and theirs", "saved"]);
    const typing = accepted(typed(met, "Mine and more"), { ...FIRST, version: 2 });
    expect(phaseOf(typing)).toBe("conflict");
  });

  it("asks no longer once the other has taken it back", () => {
    const draft = arrived(typed(opened(FIRST), "Mine"), THEIRS);
    expect(phaseOf(arrived(draft, { ...FIRST, version: 3 }))).toBe("unsaved");
  });

  it("knows after a reload what had got there before it", () => {
    const kept = { base: FIRST, text: "A, B and C", sent: "A and B" };
    const there = { note: "n1.0", text: "A and B", version: 2 };
    expect(due(resumed(kept, there))).toMatchObject({ text: "A, B and C", version: 2 });
    expect(phaseOf(resumed(kept, THEIRS))).toBe("conflict");
    expect(phaseOf(resumed({ ...kept, text: "A and B" }, there))).toBe("saved");
  });

  it("is sent again when the server has lost it", () => {
    const saved = opened({ note: "n1.0", text: "Supports, asks why.", version: 2 });
    expect(due(wentBack(saved, FIRST))).toMatchObject({
      text: "Supports, asks why.",
      version: FIRST.version,
    });
    expect(phaseOf(wentBack(saved, { ...FIRST, text: saved.text }))).toBe("saved");
    const onItsWay = sending(typed(saved, "More"));
    expect(wentBack(onItsWay, FIRST)).toBe(onItsWay);
    expect(wentBack(opened(FIRST), THEIRS)).toEqual(opened(FIRST));
  });
});
