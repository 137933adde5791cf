import { expect, it } from "vitest";
import { bytes, exportedLines, KEY, OTHER_KEY } from "./exported.fixture.ts";
import { judge } from "./judge.ts";

// A thousand edits are tried by tests/record/test_verify.py, against both verifiers.

function verdict(lines: readonly string[], key = "") {
  return judge(bytes(lines.join("")), key);
}

function edited(line: number, from: string, to: string): string[] {
  return exportedLines().map((each, index) => {
    if (index !== line - 1) return each;
    expect(each).toContain(from);
    return each.replace(from, to);
  });
}

it("finds an export that was made by the specification alone intact", () => {
  const intact = { kind: "intact", meeting: "harbour", count: 3, key: KEY, erased: 2 };
  expect(verdict(exportedLines())).toEqual(intact);
  expect(verdict(exportedLines(), KEY.toUpperCase())).toEqual(intact);
});

it("knows what is no export", () => {
  expect(verdict([])).toEqual({ kind: "empty" });
  expect(verdict(["number,name\n"])).toEqual({ kind: "other" });
  expect(judge(new Uint8Array([0xff, 0xfe]))).toEqual({ kind: "other" });
});

it("knows an export that was cut within a letter of its first line", () => {
  const [line = ""] = exportedLines();
  const cut = bytes(line).indexOf(0xc3) + 1; // the first half of an é
  expect(judge(bytes(line).subarray(0, cut))).toMatchObject({ kind: "wrong", line: 1 });
});

it("names the first line that is wrong, and why", () => {
  const [one = "", two = "", three = "", head = ""] = exportedLines();
  const [, strange = ""] = exportedLines("other");
  const wrong = (line: number, why: string, more = {}) => ({
    kind: "wrong",
    line,
    why,
    ...more,
  });
  const displaced = { seq: "3", meeting: "harbour" };
  expect(verdict([one, three, head])).toEqual(wrong(2, "displaced", displaced));
  expect(verdict([one, strange, three, head])).toEqual(
    wrong(2, "displaced", { seq: "2", meeting: "other" }),
  );
  expect(verdict([one, two, head])).toEqual(wrong(3, "cut", { count: 3 }));
  expect(verdict([one, two])).toEqual(wrong(3, "unsigned"));
  expect(verdict([one, two, three, head, "\n"])).toEqual(wrong(5, "trailing"));
  expect(verdict([one, "{\n", three, head])).toEqual(wrong(2, "unreadable"));
  expect(verdict(edited(4, '"count":3', '"count":4'))).toEqual(wrong(4, "misfit"));
  expect(verdict(exportedLines(), OTHER_KEY)).toEqual(wrong(4, "key", { key: KEY }));
});

it.each([
  ["a digit of a digest", '"personal_sha256":"', '"personal_sha256":"0'],
  ["a note", '{\\"note\\":1}', '{\\"note\\":2}'],
  ["a blank", '"seq":2', '"seq": 2'],
  ["another way to write a letter", "é", "\\u00e9"],
  ["a field twice", '{"seq":2', '{"seq":2,"seq":2'],
  ["a part that was not signed", ',"internal_salt"', ',"personal":"","internal_salt"'],
  ["the line's end", "}\n", "}\r\n"],
])("finds a change that a reader of JSON might not: %s", (_, from, to) => {
  expect(verdict(edited(2, from, to))).toMatchObject({ kind: "wrong", line: 2 });
});

it("takes half a surrogate pair for no text, though the browser writes one for it", () => {
  const lines = exportedLines().map((line) => line.replace("é", "\ufffd"));
  // The digest of both is the same where an encoder mends what it is given.
  expect(verdict(edited(2, "é", "\\ud800"))).toMatchObject({ why: "unreadable" });
  expect(verdict(lines)).toMatchObject({ line: 1, why: "changed" });
});

it("does not take a byte order mark for nothing", () => {
  expect(verdict(edited(1, '{"seq"', '\ufeff{"seq"'))).toMatchObject({ line: 1 });
});
