import { signal } from "@preact/signals";
import { act, cleanup, render, screen } from "@testing-library/preact";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Line } from "../lib/connection.ts";

const line = signal<Line>({
  phase: "live",
  lane: "http",
  since: 0,
  reason: "",
  rtt_ms: 20,
});
vi.mock("../lib/connection.ts", () => ({ connection: line }));

const stalled = signal<number | null>(null);
const unattended = signal(false);
vi.mock("../lib/word.ts", () => ({ stalledSince: stalled, unattended }));

const { ConnectionNote, ConnectionWord } = await import("./ConnectionNote.tsx");
const { Button } = await import("./Button.tsx");
const { LineBadge } = await import("../display/LineBadge.tsx");

const SLOW = "Slow line: updates may come a few seconds late.";

describe("what a screen says of its line", () => {
  beforeEach(() => {
    line.value = { phase: "live", lane: "http", since: 0, reason: "", rtt_ms: 20 };
    stalled.value = null;
  });

  it("says on the slow lane what that means and who can help", () => {
    render(<ConnectionNote />);
    const note = screen.getByRole("status");
    expect(note.textContent).toContain(SLOW);
    expect(note.textContent).toContain("ask them to allow WebSocket to this address");
    expect(screen.queryByRole("alert")).toBe(null);
  });

  it("says it by a word with a title where there is no room for more", () => {
    const { container } = render(
      <>
        <ConnectionNote brief />
        <ConnectionWord />
      </>,
    );
    expect(container.textContent).toBe("Slow line");
    expect(screen.getByText("Slow line").title).toContain(SLOW);
  });

  it("says it on the display", () => {
    render(<LineBadge zone="UTC" />);
    expect(screen.getByText(SLOW).hasAttribute("data-quiet")).toBe(true);
  });

  it("says nothing of it where WebSocket comes through", () => {
    line.value = { ...line.value, lane: "socket" };
    const { container } = render(
      <>
        <ConnectionNote />
        <LineBadge zone="UTC" />
        <ConnectionWord />
      </>,
    );
    expect(container.textContent).toBe("Connected");
  });

  it("does not come and go with each short cut, and gives way to a long one", () => {
    const now = performance.now();
    line.value = { ...line.value, phase: "offline", since: now - 500 };
    render(<ConnectionNote />);
    expect(screen.getByRole("status").textContent).toContain(SLOW);
    cleanup();
    line.value = { ...line.value, since: now - 5_000 };
    render(<ConnectionNote />);
    expect(screen.getByRole("alert").textContent).toContain("Not connected since");
    expect(screen.queryByRole("status")).toBe(null);
  });

  it("says as long as the record is not written that what is pressed waits", () => {
    line.value = { ...line.value, lane: "socket" };
    stalled.value = performance.now() - 1_000;
    render(
      <>
        <ConnectionNote />
        <Button busy onPress={() => undefined}>
          Withdraw
        </Button>
        <Button onPress={() => undefined}>Request the floor</Button>
      </>,
    );
    const note = screen.getByRole("status");
    expect(note.textContent).toContain("what you press waits and is sent by itself");
    expect(note.textContent).toContain("Nothing is confirmed before it is kept.");
    expect(screen.getByText("Withdraw").parentElement?.textContent).toContain(
      "Waiting",
    );
    const other = screen.getByText("Request the floor").closest("button");
    expect(other?.textContent).toBe("Request the floor");
    expect(other?.getAttribute("aria-disabled")).toBe(null);
    act(() => {
      stalled.value = null;
    });
    expect(screen.queryByRole("status")).toBe(null);
    expect(screen.queryByText("Waiting")).toBe(null);
  });

  it("says on the display only after a while how old it is, and quietly", () => {
    line.value = { ...line.value, lane: "socket" };
    stalled.value = performance.now() - 1_000;
    const { container } = render(<LineBadge zone="UTC" />);
    expect(container.textContent).toBe("");
    cleanup();
    stalled.value = performance.now() - 6_000;
    render(<LineBadge zone="UTC" />);
    const badge = screen.getByText(/^As of \d\d:\d\d:\d\d; what is new follows/);
    expect(badge.hasAttribute("data-quiet")).toBe(true);
  });

  it("does not speak of a moment in which nothing could be kept", () => {
    line.value = { ...line.value, lane: "socket" };
    stalled.value = performance.now();
    const { container } = render(<ConnectionNote />);
    expect(container.textContent).toBe("");
  });

  it("speaks of the line first where that is lost as well", () => {
    const now = performance.now();
    stalled.value = now;
    line.value = { ...line.value, phase: "offline", since: now - 5_000 };
    render(<ConnectionNote />);
    expect(screen.getByRole("alert").textContent).toContain("Not connected since");
  });
});
