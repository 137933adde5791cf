import { expect, it } from "vitest";
import { nextShown } from "./fit.ts";

const LONG = "United Commonwealth of Thornwick and Outer Skerries";

it("shows three names where they fit", () => {
  expect(nextShown(["Alma", "Bora", "Cora", "Dora"])).toBe(3);
  expect(nextShown(["Alma", LONG, "Cora"])).toBe(3);
});

it("leaves a name out whole rather than cutting it", () => {
  expect(nextShown([LONG, LONG, "Cora"])).toBe(2);
  expect(nextShown([])).toBe(0);
});
