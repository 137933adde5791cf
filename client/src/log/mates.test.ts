import { expect, it } from "vitest";
import type { Present } from "../lib/protocol.ts";
import { byPlace, mateName, matesOf, writer } from "./mates.ts";

function present(id: string, over: Partial<Present> = {}): Present {
  return {
    id,
    link: "k4",
    role: "rapporteur",
    delegation: null,
    device: "",
    since: 1,
    server: "",
    row: null,
    label: "Rapporteur 2",
    ...over,
  };
}

const here = (...all: Present[]) => new Map(all.map((each) => [each.id, each]));

it("the others are the rapporteurs that are not this page", () => {
  const all = here(
    present("b", { since: 2 }),
    present("a"),
    present("me"),
    present("o", { role: "moderator" }),
  );
  expect(matesOf(all, "me").map((each) => each.id)).toEqual(["a", "b"]);
});

it("two devices of one link are told apart by their names", () => {
  const two = [present("a", { device: "Laptop" }), present("b", { device: "Tablet" })];
  expect(two.map((each) => mateName(each, two))).toEqual([
    "Rapporteur 2 (Laptop)",
    "Rapporteur 2 (Tablet)",
  ]);
  const one = present("c", { device: "Laptop", label: "" });
  expect(mateName(one, [one])).toBe("Another rapporteur");
});

it("each row names who works in it", () => {
  const mates = [
    present("a", { row: "i1.0" }),
    present("b", { label: "Rapporteur 3", row: "i1.0" }),
    present("c", { label: "Rapporteur 4" }),
  ];
  expect([...byPlace(mates)]).toEqual([["i1.0", ["Rapporteur 2", "Rapporteur 3"]]]);
});

it("names who wrote only where it can be nobody else", () => {
  const [a, b] = [
    present("a", { row: "i1.0" }),
    present("b", { label: "Rapporteur 3", row: "i2.0" }),
  ];
  expect(writer([a, b], "i2.0")).toBe("Rapporteur 3");
  expect(writer([a], "i9.0")).toBe("Rapporteur 2");
  expect(writer([a, b], "i9.0")).toBe("Another rapporteur");
  expect(writer([], "i1.0")).toBe("Another rapporteur");
});
