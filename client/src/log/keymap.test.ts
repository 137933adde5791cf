import { describe, expect, it } from "vitest";
import { actOf, keyLines, keyOf, type Place, type Press } from "./keymap.ts";
import { questionChoices, tagChoices } from "./tags.ts";

const CHOICES = [
  ...questionChoices(["Needs?"]),
  ...tagChoices(
    [
      ["supported", "s"],
      ["for later", "f"],
    ],
    1,
  ),
];

function press(key: string, over: Partial<Press> = {}): Press {
  const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : `Digit${key}`;
  return { key, code, altKey: false, ctrlKey: false, metaKey: false, ...over };
}

const act = (key: string, place: Place, over: Partial<Press> = {}) =>
  actOf(press(key, over), place, CHOICES);

describe("the keys of the log", () => {
  it("mark a row by one letter, but never while somebody types", () => {
    const supported = { do: "mark", mark: { is: "tag", tag: "supported" } };
    expect(act("s", "page")).toEqual(supported);
    expect(act("s", "control")).toEqual(supported);
    expect(act("s", "note")).toBeNull();
    expect(act("s", "field")).toBeNull();
    expect(act("?", "note")).toBeNull();
  });

  it("mark it with Alt while it is written, whatever Alt makes of the key", () => {
    const mark = { is: "question", n: 1 };
    expect(act("1", "note", { altKey: true })).toEqual({ do: "mark", mark });
    const typed = press("ß", { code: "KeyS", altKey: true });
    expect(actOf(typed, "note", CHOICES)).toMatchObject({ do: "mark" });
    expect(act("1", "field", { altKey: true })).toBeNull();
    // AltGr is Ctrl and Alt: it writes letters
    expect(act("s", "note", { altKey: true, ctrlKey: true })).toBeNull();
  });

  it("leave a letter to the profile's tag that has it", () => {
    expect(act("f", "page")).toMatchObject({ mark: { tag: "for later" } });
    expect(keyOf("f", CHOICES)).toBe("");
    expect(act("d", "page")).toEqual({ do: "document" });
    const does = keyLines(CHOICES).flatMap(({ lines }) => lines.map((l) => l.does));
    expect(does).toContain("Document symbol");
    expect(does).not.toContain("Follow-up");
  });

  it("insert the time while a note is written, and only there", () => {
    expect(act("t", "note", { ctrlKey: true })).toEqual({ do: "time" });
    expect(act("t", "note", { altKey: true })).toEqual({ do: "time" });
    expect(act("t", "page", { ctrlKey: true })).toBeNull();
    expect(act("t", "field", { ctrlKey: true })).toBeNull();
  });

  it("leave a button its Enter, and move in the page", () => {
    expect(act("Enter", "control")).toBeNull();
    expect(act("Enter", "page")).toEqual({ do: "write" });
    expect(act("ArrowUp", "page")).toEqual({ do: "move", by: "up" });
    expect(act("ArrowUp", "note")).toBeNull();
    expect(act("ArrowDown", "note", { ctrlKey: true })).toEqual({ do: "now" });
    expect(act("Escape", "note")).toEqual({ do: "leave" });
  });
});
