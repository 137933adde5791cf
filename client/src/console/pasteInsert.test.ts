import { expect, it } from "vitest";
import type { Entry } from "./paste.ts";
import { parts } from "./pasteInsert.ts";

const entry = (name: string): Entry => ({
  delegation: "XAD",
  kind: "statement",
  channel: "email",
  person: { name, title: "" },
});

it("a list of a hundred delegations is one command", () => {
  expect(parts(Array.from({ length: 100 }, () => entry("Ms. Ada Weir")))).toHaveLength(
    1,
  );
});

it("a longer one goes in parts below the largest frame, in order", () => {
  const all = Array.from({ length: 120 }, (_, n) => entry(`${n} ${"م".repeat(90)}`));
  const found = parts(all);
  expect(found.length).toBeGreaterThan(1);
  expect(found.flat()).toEqual(all);
  for (const part of found) {
    expect(new TextEncoder().encode(JSON.stringify(part)).length).toBeLessThan(15_000);
  }
});
