import { signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { MeetingEntity, NoteEntity } from "../../lib/protocol.ts";
import { aConclusion, storeOf } from "../../lib/scene.fixture.ts";
import { anchor } from "../../lib/time.ts";
import { createDesk } from "../desk.ts";
import { anIntervention, NOW } from "../scene.fixture.ts";
import { ConclusionsWindow } from "./conclusions.tsx";
import { CorrectionsWindow } from "./corrections.tsx";

const NOTE = {
  id: "n1.0",
  intervention: "i1.0",
  request: null,
  scope: "record",
  text: "Our Minister spoke.",
  at: NOW,
  version: 1,
  correction: true,
  correction_by: "XAD",
  proposed: { person: { name: "Ms. Ola Venn", title: "Minister" } },
  settled: null,
  answer: "",
} as unknown as NoteEntity;

function desk(meeting: Partial<MeetingEntity> = {}) {
  const store = storeOf({
    meeting,
    conclusions: [
      aConclusion("c1", { agreed: true, released: true }),
      aConclusion("c2", { place: 1 }),
    ],
    notes: [NOTE],
    rows: [anIntervention("i1.0", 1)],
  });
  const send = vi.fn(async (..._: unknown[]) => ({ outcome: "ok", result: {} }));
  const commands = { send, pending: signal([]) } as never;
  const boot = {} as never;
  return { desk: createDesk({ boot, store, commands, blocked: signal(null) }), send };
}

beforeEach(() => anchor(NOW));
afterEach(cleanup);

it("a draft is agreed before it is released, and released before it is shown", () => {
  const made = desk();
  render(<ConclusionsWindow desk={made.desk} />);
  const [first, second] = screen.getAllByRole("listitem");
  expect(first?.textContent).toContain("Take back");
  expect(second?.textContent).toContain("Once it is agreed");
  fireEvent.click(screen.getByRole("button", { name: "Show on the display" }));
  expect(made.send.mock.calls[0]?.slice(0, 2)).toEqual([
    "show_conclusion",
    { conclusion: "c1", expect: { conclusion: null } },
  ]);
});

it("says which one stands on the display", () => {
  const made = desk({ conclusion_shown: "c1" });
  render(<ConclusionsWindow desk={made.desk} />);
  fireEvent.click(screen.getByRole("button", { name: "Clear the display" }));
  expect(screen.getByText("On the display")).toBeTruthy();
  expect(made.send.mock.calls[0]?.[1]).toEqual({
    conclusion: null,
    expect: { conclusion: "c1" },
  });
});

it("a correction is accepted at once, and declined only with a reason", () => {
  const made = desk({ state: "rose" });
  render(<CorrectionsWindow desk={made.desk} />);
  expect(screen.getByText("To read: Ms. Ola Venn, Minister")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /^Decline/ }));
  expect(made.send).not.toHaveBeenCalled();
  fireEvent.input(screen.getByLabelText("Answer to the delegation"), {
    target: { value: "Heard otherwise" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Decline" }));
  expect(made.send.mock.calls[0]?.slice(0, 2)).toEqual([
    "settle_correction",
    { correction: "n1.0", accept: false, reason: "Heard otherwise" },
  ]);
});

it("the time for corrections is opened once the meeting has risen", () => {
  render(<CorrectionsWindow desk={desk().desk} />);
  expect(screen.queryByRole("button", { name: /^Take corrections/ })).toBeNull();
  cleanup();
  const made = desk({ state: "rose" });
  render(<CorrectionsWindow desk={made.desk} />);
  fireEvent.click(screen.getByRole("button", { name: "Take corrections until then" }));
  const [type, fields] = made.send.mock.calls[0] ?? [];
  expect(type).toBe("open_corrections");
  expect((fields as { until: number }).until).toBeGreaterThan(NOW);
});
