import { describe, expect, it } from "vitest";
import { aList, aMeeting, NOW } from "../console/scene.fixture.ts";
import type { EndedRequest } from "../lib/protocol.ts";
import { lengthOf } from "./RecordedForm.tsx";
import {
  closedReason,
  endedSentence,
  isUnheard,
  listSentence,
  soonSentence,
} from "./words.ts";

const ZONE = "UTC";

function ended(how: EndedRequest["how"], text = ""): EndedRequest {
  return { id: "r1.0", list: "l1.2", how, at: NOW, kind: "statement", text };
}

describe("a list that takes no request", () => {
  it("says since when it is closed, and takes late ones where there is a tray", () => {
    const list = aList({ state: "closed", closed_at: NOW });
    expect(closedReason(list, ZONE)).toBe("The list closed at 15:30");
    expect(closedReason(list, ZONE, true)).toBeNull();
  });

  it("says when it opens, and is no obstacle while lots are awaited", () => {
    const list = aList({ state: "not_open", opens_at: NOW });
    expect(closedReason(list, ZONE)).toBe("The list opens at 15:30");
    const lot = aList({ state: "lot_window", lot_until: NOW });
    expect(closedReason(lot, ZONE)).toBeNull();
    expect(listSentence(lot, ZONE)).toBe(
      "Places are drawn by lot at 15:30. It does not matter who asks first.",
    );
  });
});

describe("what became of a request", () => {
  it("says the reason of a decline, and no more than that where there is none", () => {
    const meeting = aMeeting({ zone: ZONE });
    expect(endedSentence(ended("declined", "Please see the note."), meeting)).toContain(
      "Please see the note.",
    );
    expect(endedSentence(ended("contact_secretariat"), meeting)).toBe(
      "Please contact the secretariat about your request.",
    );
  });

  it("thanks for a reply as a reply, and calls no point of order a statement", () => {
    const said = (kind: EndedRequest["kind"]) =>
      endedSentence({ ...ended("heard"), kind }, aMeeting());
    expect(said("statement")).toBe("Thank you. Your statement was heard.");
    expect(said("right_of_reply")).toBe("Thank you. Your reply was heard.");
    expect(said("point_of_order")).toBe("Your point of order was heard.");
  });

  it("names the deadline for written statements, with its day", () => {
    const meeting = aMeeting({ zone: ZONE, written_until: NOW });
    expect(endedSentence(ended("written_only"), meeting)).toBe(
      "Time did not permit. Written statements are taken until 15:30, Friday 10 July 2020.",
    );
    expect(isUnheard(ended("written_only"))).toBe(true);
    expect(isUnheard(ended("heard"))).toBe(false);
  });

  it("never says that somebody was absent", () => {
    const all = ["removed", "contact_secretariat", "time_did_not_permit"] as const;
    for (const how of all) {
      const said = endedSentence(ended(how), aMeeting());
      expect(said).not.toMatch(/absent|no.show|did not answer/i);
    }
  });
});

it("asks to connect and to test the sound a few speakers before", () => {
  expect(soonSentence(5)).toBe(
    "In about 5 speakers: connect to the platform and test your sound.",
  );
  expect(soonSentence(1)).toContain("1 speaker:");
});

it.each([
  ["4:30", 270],
  ["4", 240],
  [" 12:05 ", 725],
  ["0:00", null],
  ["4:70", null],
  ["four", null],
  ["", null],
])("the length of a recording typed as %j is %s s", (typed, seconds) => {
  expect(lengthOf(typed)).toBe(seconds);
});
