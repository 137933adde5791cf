import { describe, expect, it } from "vitest";
import { instantAt, instantOn, wallOn } from "./wallclock.ts";

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

describe("a day and a time typed as on the wall", () => {
  const zone = "America/New_York";

  it("is the instant at the meeting's place, in summer and in winter", () => {
    expect(instantOn("2020-07-11T18:00", zone)).toBe(Date.UTC(2020, 6, 11, 22, 0));
    expect(instantOn("2020-12-11T18:00", zone)).toBe(Date.UTC(2020, 11, 11, 23, 0));
    expect(instantOn("2020-11-01T00:30", zone)).toBe(Date.UTC(2020, 10, 1, 4, 30));
  });

  it("is nothing for an hour that the clocks leap over, or for no time", () => {
    expect(instantOn("2020-03-08T02:30", zone)).toBeNull();
    expect(instantOn("soon", zone)).toBeNull();
  });

  it("comes back as it was typed", () => {
    const at = instantOn("2020-07-11T18:00", zone);
    expect(wallOn(at ?? 0, zone)).toBe("2020-07-11T18:00");
  });
});
