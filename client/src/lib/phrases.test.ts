import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { PHRASES, phraseText } from "./phrases.ts";

/** The codes that the server takes, as its source lists them. */
function known(): readonly string[] {
  const source = readFileSync(resolve("../server/rostra/core/channel.py"), "utf8");
  const list =
    /PHRASES: tuple\[str, \.\.\.\] = \(([\s\S]*?)\n\)/.exec(source)?.[1] ?? "";
  return [...list.matchAll(/^ {4}"(\w+)"/gm)].map((found) => found[1] ?? "");
}

it("every phrase of the server has words, and every role is offered known ones", () => {
  const codes = known();
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => phraseText(code) === code)).toEqual([]);
  const offered = Object.values(PHRASES).flat();
  expect(offered.filter((code) => !codes.includes(code))).toEqual([]);
});
