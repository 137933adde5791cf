import { signal } from "@preact/signals";
import { cleanup, render, screen } from "@testing-library/preact";
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

const { ConnectionNote, ConnectionWord } = await import("./ConnectionNote.tsx");
const { LineBadge } = await import("../display/LineBadge.tsx");

const SLOW = "Slow line: updates may come a few seconds late.";

describe("what a screen says of its line", () => {
  beforeEach(() => {
    line.value = { phase: "live", lane: "http", since: 0, reason: "", rtt_ms: 20 };
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
});
