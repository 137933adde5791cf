import { cleanup, fireEvent, render } from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cancel, type Pending, send } from "../lib/commands.ts";
import type { FloorEntity } from "../lib/protocol.ts";
import { createStore } from "../lib/store.ts";
import { anchor } from "../lib/time.ts";
import type { Queued, Standing, Target } from "./standing.ts";
import { Giant } from "./Thumb.tsx";

vi.mock("../lib/commands.ts", () => ({ send: vi.fn(), cancel: vi.fn() }));

const STORE = createStore({ state: null });
const OPEN = {
  segment: { title: "Discussion", kinds: ["statement"] },
  list: { id: "l1", state: "open" },
  running: true,
} as unknown as Target;

function giant(at: Standing) {
  const view = <Giant store={STORE} at={at} pending={[]} onPage={() => undefined} />;
  return render(view).getByRole("button");
}

describe("the giant button", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.mocked(send).mockClear();
    vi.mocked(cancel).mockClear();
    anchor(50_000);
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  it("asks for the floor on the list that it stands for", () => {
    fireEvent.click(giant({ is: "idle", target: OPEN }));
    expect(send).toHaveBeenCalledWith("request_floor", {
      kind: "statement",
      list: "l1",
    });
  });

  it("says why it cannot be pressed, and sends nothing", () => {
    const list = { ...OPEN.list, state: "closed" as const, closed_at: null };
    const button = giant({ is: "idle", target: { ...OPEN, list } });
    expect(button.textContent).toContain("The list is closed");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    fireEvent.click(button);
    expect(send).not.toHaveBeenCalled();
  });

  it("takes a double tap for one, and a later press for taking back", () => {
    const pending = { id: "x", since: 50_000 } as Pending;
    const button = giant({ is: "sending", pending });
    fireEvent.click(button);
    expect(cancel).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_100);
    fireEvent.click(button);
    expect(cancel).toHaveBeenCalledWith("x");
  });

  it("asks twice before a place is lost, and forgets the first press", async () => {
    const at = { request: { id: "r1" } } as Queued;
    const button = giant({ is: "queued", at, also: [] });
    fireEvent.click(button);
    await vi.advanceTimersByTimeAsync(0);
    expect(button.textContent).toContain("Press again");
    await vi.advanceTimersByTimeAsync(6_000);
    fireEvent.click(button);
    await vi.advanceTimersByTimeAsync(0);
    expect(send).not.toHaveBeenCalled();
    fireEvent.click(button);
    expect(send).toHaveBeenCalledWith("withdraw", { request: "r1" });
  });

  it("names what it acts on when it says ready", () => {
    const floor = { id: "i7", phase: "called" } as FloorEntity;
    fireEvent.click(giant({ is: "called", floor }));
    expect(send).toHaveBeenCalledWith("ready", {
      expect: { intervention: "i7", phase: "called" },
    });
  });
});
