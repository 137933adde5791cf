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
  sending,
  typed,
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
});
