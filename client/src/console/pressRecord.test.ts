import { expect, it } from "vitest";
import { aConclusion } from "../lib/scene.fixture.ts";
import { publish, release, show } from "./pressRecord.ts";
import { aMeeting } from "./scene.fixture.ts";

it("releases what is agreed and not public yet, as it was read", () => {
  const all = [
    aConclusion("c1", { agreed: true, version: 3 }),
    aConclusion("c2"),
    aConclusion("c3", { agreed: true, released: true }),
  ];
  expect(release(all, true)?.fields).toEqual({
    released: true,
    expect: [{ conclusion: "c1", version: 3 }],
  });
  expect(release(all, false)?.fields).toEqual({
    released: false,
    expect: [{ conclusion: "c3", version: 1 }],
  });
  expect(release([aConclusion("c2")], true)).toBeNull();
});

it("says what stood on the display before", () => {
  const meeting = aMeeting({ conclusion_shown: "c1" });
  expect(show(meeting, "c2").fields).toEqual({
    conclusion: "c2",
    expect: { conclusion: "c1" },
  });
});

it("makes one more public, or takes one back", () => {
  const meeting = aMeeting({ published: ["page", "timeline"] });
  expect(publish(meeting, "time_by_kind").fields).toEqual({
    published: ["page", "timeline", "time_by_kind"],
    expect: { published: ["page", "timeline"] },
  });
  expect(publish(meeting, "page").fields.published).toEqual(["timeline"]);
});
