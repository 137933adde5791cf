import { describe, expect, it } from "vitest";
import type { Present } from "./protocol.ts";
import { deviceNames, devicesByServer } from "./servers.ts";

function hereOf(
  ...devices: readonly (readonly [string, string])[]
): Map<string, Present> {
  return new Map(
    devices.map(([device, server], index) => [
      `c${index}`,
      { id: `c${index}`, device, server } as Present,
    ]),
  );
}

describe("The servers of a meeting", () => {
  it("are not spoken of where there is one", () => {
    const here = hereOf(["Phone", "geneva:8080"], ["", "geneva:8080"]);
    expect([...here.values()].map(deviceNames(here))).toEqual(["Phone", ""]);
    expect(devicesByServer(here).size).toBe(0);
    expect(devicesByServer(new Map()).size).toBe(0);
  });

  it("are named with each device where there are several, and counted", () => {
    const here = hereOf(["Phone", "b"], ["", "a"], ["Laptop", "b"]);
    expect([...here.values()].map(deviceNames(here))).toEqual([
      "Phone · b",
      "a",
      "Laptop · b",
    ]);
    expect([...devicesByServer(here)]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
  });
});
