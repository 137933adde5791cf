import { beforeEach, expect, it } from "vitest";
import { createKeeping, MOST } from "./keeping.ts";

beforeEach(() => localStorage.clear());

it("what was kept is found again, what is forgotten is gone", () => {
  const first = createKeeping("k");
  first.put("text i1.0", { text: "a" });
  first.put("text i2.0", { text: "b" });
  first.put("text i1.0", null);
  expect([...createKeeping("k").found]).toEqual([["text i2.0", { text: "b" }]]);
  expect(createKeeping("other").found.size).toBe(0);
});

it("two pages of one link do not write over each other's", () => {
  const [one, other] = [createKeeping("k"), createKeeping("k")];
  one.put("text i1.0", "one");
  other.put("text i2.0", "other");
  one.put("text i1.0", null);
  expect([...createKeeping("k").found.keys()]).toEqual(["text i2.0"]);
});

it("keeps so much and no more, and says so", () => {
  const keeping = createKeeping("k");
  for (let n = 0; n < MOST; n += 1) keeping.put(`text i${n}`, n);
  expect(keeping.works.value).toBe(true);
  keeping.put("text one more", 1);
  expect(keeping.works.value).toBe(false);
  keeping.put("text one more", null);
  expect(keeping.works.value).toBe(true);
  expect(localStorage.length).toBe(MOST);
});

it("what cannot be read is left out", () => {
  localStorage.setItem("k:text i1.0", "{broken");
  expect(createKeeping("k").found.size).toBe(0);
});
