import { describe, expect, it } from "vitest";
import { actOf, digitOf, keyLines, type Pressed } from "./keymap.ts";

function key(pressed: Partial<Pressed>): Pressed {
  return {
    key: "",
    code: "",
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    repeat: false,
    ...pressed,
  };
}

describe("the keys of the console", () => {
  it.each([
    [" ", "Space", "primary"],
    ["n", "KeyN", "next"],
    ["e", "KeyE", "end"],
    ["p", "KeyP", "pause"],
    ["l", "KeyL", "line_lost"],
    ["z", "KeyZ", "undo"],
    ["/", "Slash", "find"],
    ["+", "Equal", "extend"],
    ["=", "Equal", "extend"],
    ["+", "NumpadAdd", "extend"],
    ["Delete", "Delete", "remove"],
    ["ArrowDown", "ArrowDown", "row_down"],
  ])("%s (%s) means %s", (name, code, act) => {
    expect(actOf(key({ key: name, code }), "page")).toBe(act);
  });

  it("goes by what the key says where the letters are Latin", () => {
    // French keyboard: the key that says z lies where others have w
    expect(actOf(key({ key: "z", code: "KeyW" }), "page")).toBe("undo");
    expect(actOf(key({ key: "w", code: "KeyZ" }), "page")).toBe("people");
  });

  it("goes by the place of the key where they are not", () => {
    expect(actOf(key({ key: "ث", code: "KeyE" }), "page")).toBe("end");
    expect(actOf(key({ key: "т", code: "KeyN" }), "page")).toBe("next");
    expect(actOf(key({ key: "ظ", code: "Slash" }), "page")).toBe("find");
  });

  it("is silent while somebody types or a window is open", () => {
    for (const focus of ["text", "dialog"] as const) {
      expect(actOf(key({ key: "e", code: "KeyE" }), focus)).toBeNull();
      expect(actOf(key({ key: " ", code: "Space" }), focus)).toBeNull();
    }
    expect(actOf(key({ key: "z", code: "KeyZ", ctrlKey: true }), "text")).toBeNull();
  });

  it("leaves Space to a button that was reached by keyboard", () => {
    expect(actOf(key({ key: " ", code: "Space" }), "control")).toBeNull();
    expect(actOf(key({ key: "e", code: "KeyE" }), "control")).toBe("end");
  });

  it("acts once however long a key is held, but for choosing rows", () => {
    expect(actOf(key({ key: " ", code: "Space", repeat: true }), "page")).toBeNull();
    expect(actOf(key({ key: "+", code: "Equal", repeat: true }), "page")).toBeNull();
    expect(
      actOf(key({ key: "ArrowDown", code: "ArrowDown", repeat: true }), "page"),
    ).toBe("row_down");
  });

  it("moves rows with Alt, undoes with Ctrl, and leaves the browser its own", () => {
    expect(actOf(key({ key: "ArrowUp", altKey: true }), "page")).toBe("move_up");
    expect(actOf(key({ key: "z", code: "KeyZ", ctrlKey: true }), "page")).toBe("undo");
    expect(actOf(key({ key: "p", code: "KeyP", ctrlKey: true }), "page")).toBeNull();
    expect(actOf(key({ key: "E", code: "KeyE", shiftKey: true }), "page")).toBeNull();
  });

  it("reads the digits of a menu on any keyboard", () => {
    expect(digitOf(key({ key: "2", code: "Digit2" }))).toBe(2);
    expect(digitOf(key({ key: "é", code: "Digit2" }))).toBe(2);
    expect(digitOf(key({ key: "7", code: "Numpad7" }))).toBe(7);
    expect(digitOf(key({ key: "x", code: "KeyX" }))).toBeNull();
  });

  it("prints no key twice", () => {
    const keys = keyLines().flatMap(({ lines }) => lines.flatMap((line) => line.keys));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
