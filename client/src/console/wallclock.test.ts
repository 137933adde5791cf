import { describe, expect, it } from "vitest";
import { instantAt } from "./wallclock.ts";

// 10 July 2020, 11:30:40 in New York
const NOW = Date.UTC(2020, 6, 10, 15, 30, 40);

describe("a time typed as on the wall", () => {
  it("is the instant at the meeting's place, not here", () => {
    expect(instantAt("12:30", "America/New_York", NOW)).toBe(
      Date.UTC(2020, 6, 10, 16, 30),
    );
    expect(instantAt("9.15", "America/New_York", NOW)).toBe(
      Date.UTC(2020, 6, 10, 13, 15),
    );
  });

  it("is the nearest one over midnight", () => {
    const late = Date.UTC(2020, 6, 11, 3, 50);
    expect(instantAt("00:05", "America/New_York", late)).toBe(
      Date.UTC(2020, 6, 11, 4, 5),
    );
  });

  it("is nothing where no time was typed", () => {
    for (const text of ["", "soon", "25:00", "12:71"]) {
      expect(instantAt(text, "UTC", NOW)).toBeNull();
    }
  });
});
