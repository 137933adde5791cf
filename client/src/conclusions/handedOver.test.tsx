import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, it, vi } from "vitest";
import { aRequest, aSegment, NOW } from "../console/scene.fixture.ts";
import { aConclusion, storeOf } from "../lib/scene.fixture.ts";
import { HandedOver } from "./handedOver.tsx";

afterEach(cleanup);

function open(handed_over_at: number | null): void {
  const last = aSegment({ id: "s1.3", list: "l1.3", kind: "conclusions" });
  const store = storeOf({
    meeting: { handed_over_at, questions: ["What is needed?"] },
    segments: [aSegment({ questions: [1] }), last],
    requests: [
      aRequest("r1", null, {
        list: "l1.3",
        kind: "programme",
        person: { name: "Ms. Ada Weir", title: "Under-Secretary-General" },
      }),
    ],
    conclusions: [aConclusion("c1", { question: 1, text: "Train.", agreed: true })],
  });
  render(<HandedOver store={store} />);
}

it("the Chair sees no draft", () => {
  open(null);
  expect(document.body.textContent).toBe("");
});

it("the Chair reads what was handed over, and who presents it", () => {
  open(NOW);
  expect(screen.getByText("Train.")).toBeTruthy();
  expect(screen.getByText(/presented by Ms. Ada Weir/)).toBeTruthy();
});

it("the script is printed alone, and leaves the page as it was", () => {
  const print = vi.fn(() => {
    const sheet = document.querySelector(".printed");
    expect(sheet?.textContent).toContain("Train.");
    expect(document.documentElement.dataset.printed).toBe("");
  });
  vi.stubGlobal("print", print);
  open(NOW);
  fireEvent.click(screen.getByRole("button", { name: "Print the speaker's script" }));
  expect(print).toHaveBeenCalledTimes(1);
  dispatchEvent(new Event("afterprint"));
  expect(document.querySelector(".printed")).toBeNull();
  expect(document.documentElement.dataset.printed).toBeUndefined();
  vi.unstubAllGlobals();
});
