import { describe, expect, it } from "vitest";
import { forecast, windowOf } from "./forecast.ts";
import { aFloor, aMeeting, aRequest, NOW } from "./scene.fixture.ts";

const A = aRequest("r1.0", "XAD");
const B = aRequest("r2.0", "XAE");
const MINUTE = 60_000;

describe("the forecast", () => {
  it("adds the costs up from now when the floor is idle", () => {
    const found = forecast(aMeeting(), null, [A, B], NOW);
    expect(found.called_at.get("r1.0")).toBe(NOW);
    expect(found.called_at.get("r2.0")).toBe(NOW + 200_000);
    expect(found.heard_at).toBe(NOW + 400_000);
    expect(found.spare_ms).toBe(60 * MINUTE - 400_000 - 300_000);
  });

  it("begins at the deadline of the present speaker", () => {
    expect(forecast(aMeeting(), aFloor(), [], NOW).heard_at).toBe(NOW + 120_000);
  });

  it("begins now when the present speaker is over time", () => {
    const floor = aFloor({ running_since: NOW - 300_000 });
    expect(forecast(aMeeting(), floor, [], NOW).heard_at).toBe(NOW);
  });

  it("counts what is left of a clock that stands still", () => {
    const floor = aFloor({ phase: "paused", running_since: null, used_ms: 100_000 });
    expect(forecast(aMeeting(), floor, [], NOW).heard_at).toBe(NOW + 80_000);
  });

  it("begins when the meeting is to resume", () => {
    const meeting = aMeeting({ state: "suspended", resume_at: NOW + 10 * MINUTE });
    expect(forecast(meeting, null, [A], NOW).heard_at).toBe(
      NOW + 10 * MINUTE + 200_000,
    );
  });

  it("says nothing of an end that is not known or on another day", () => {
    expect(forecast(aMeeting({ ends_at: null }), null, [A], NOW).spare_ms).toBeNull();
    const other = aMeeting({ ends_at: NOW - 365 * 86_400_000 });
    expect(forecast(other, null, [A], NOW).spare_ms).toBeNull();
  });
});

describe("a person's window", () => {
  it("warns when they leave before they would have spoken", () => {
    const leaves = { ...A, not_after: NOW + 10 * MINUTE };
    expect(windowOf(leaves, NOW + 9 * MINUTE)).toBe("leaves_before");
    expect(windowOf(leaves, NOW + 7 * MINUTE)).toBeNull();
  });

  it("warns when they are not there yet", () => {
    const comes = { ...A, not_before: NOW + 10 * MINUTE };
    expect(windowOf(comes, NOW + 9 * MINUTE)).toBe("comes_after");
    expect(windowOf(comes, undefined)).toBeNull();
  });
});
