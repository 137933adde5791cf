import { computed, signal } from "@preact/signals";
import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { anIntervention, aSegment, NOW } from "../console/scene.fixture.ts";
import type { ConclusionEntity, MeetingEntity } from "../lib/protocol.ts";
import { aConclusion, storeOf } from "../lib/scene.fixture.ts";
import { anchor } from "../lib/time.ts";
import { createDesk } from "../log/desk.ts";
import { createNotebook } from "../log/notebook.ts";
import { rowsOf } from "../log/rows.ts";
import { createDrafts } from "./drafts.ts";
import { Conclusions } from "./panel.tsx";

const sent = vi.hoisted(() => vi.fn());
vi.mock("../lib/commands.ts", async (original) => ({
  ...(await original<object>()),
  send: sent,
}));

const ROW = anIntervention("i1.0", 1, {
  delegation: null,
  person: { name: "Ms. Ada Weir" },
});
const QUESTIONS = ["What is needed?", "What is shared?"];

function open(
  conclusions: readonly ConclusionEntity[],
  meeting: Partial<MeetingEntity> = {},
  commands: readonly string[] = ["write_conclusion"],
) {
  const store = storeOf({
    meeting: { questions: QUESTIONS, handed_over_at: null, ...meeting },
    segments: [aSegment({ questions: [1, 2] })],
    rows: [ROW],
    conclusions,
    commands,
  });
  const book = createNotebook({
    notes: store.notes,
    send: vi.fn(() => new Promise(() => {})) as never,
    now: () => NOW,
    key: "panel-test",
  });
  const rows = computed(() => rowsOf(new Map(), store.interventions.value, []));
  const desk = createDesk({ store } as never, book, rows);
  const drafts = createDrafts({
    conclusions: store.conclusions,
    send: sent,
    losses: signal([]),
    key: "panel-test-c",
  });
  const onRow = vi.fn();
  render(<Conclusions desk={desk} drafts={drafts} onRow={onRow} />);
  return { onRow };
}

beforeEach(() => {
  anchor(NOW);
  localStorage.clear();
  sent.mockReset().mockResolvedValue({ outcome: "ok", result: {} });
});
afterEach(cleanup);

const TWO = [
  aConclusion("c1", { question: 1, place: 0, version: 4, interventions: ["i1.0"] }),
  aConclusion("c2", { question: 1, place: 1, version: 2 }),
];

it("a chip says who supports it and leads to the row", () => {
  const { onRow } = open(TWO);
  fireEvent.click(screen.getByRole("button", { name: "1 Ms. Ada Weir" }));
  expect(onRow).toHaveBeenCalledWith("i1.0");
});

it("Alt and an arrow move a conclusion, not beyond the last", () => {
  open(TWO);
  const text = screen.getByLabelText(/^Conclusion 1/);
  const last = screen.getByLabelText(/^Conclusion 2/);
  fireEvent.keyDown(text, { key: "ArrowUp", altKey: true });
  fireEvent.keyDown(last, { key: "ArrowDown", altKey: true });
  expect(sent).not.toHaveBeenCalled();
  fireEvent.keyDown(text, { key: "ArrowDown", altKey: true });
  expect(sent).toHaveBeenCalledWith(
    "move_conclusion",
    { to: 1, expect: { conclusion: "c1", place: 0 } },
    { quiet: true },
  );
});

it("links and unlinks what stands beside the chosen one", () => {
  open(TWO);
  fireEvent.focusIn(screen.getByLabelText(/^Conclusion 2/));
  fireEvent.change(screen.getByLabelText("Guiding question"), {
    target: { value: "0" },
  });
  fireEvent.click(screen.getByRole("button", { name: "Link row 1, Ms. Ada Weir" }));
  const link = { conclusion: "c2", interventions: { add: ["i1.0"] }, version: 2 };
  expect(sent).toHaveBeenLastCalledWith("write_conclusion", link, { quiet: true });
  fireEvent.focusIn(screen.getByLabelText(/^Conclusion 1/));
  fireEvent.click(screen.getByRole("button", { name: "Unlink row 1, Ms. Ada Weir" }));
  const unlink = { conclusion: "c1", interventions: { drop: ["i1.0"] }, version: 4 };
  expect(sent).toHaveBeenLastCalledWith("write_conclusion", unlink, { quiet: true });
});

it("says when the hand-over is due", () => {
  open(TWO, { ends_at: NOW + 25 * 60_000 });
  expect(screen.getByText(/^To be handed over by .* in 10 minutes:/)).toBeTruthy();
  cleanup();
  open(TWO, { ends_at: NOW + 5 * 60_000 });
  expect(screen.getByText(/^It is time to hand over/)).toBeTruthy();
});

it("hands over only after saying what that does", () => {
  open(TWO);
  fireEvent.click(screen.getByRole("button", { name: "Hand over" }));
  expect(sent).not.toHaveBeenCalled();
  expect(screen.getByText(/^Text, links and order are fixed/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Hand over now" }));
  const fields = { expect: { handed_over_at: null } };
  expect(sent).toHaveBeenCalledWith("hand_over", fields, { quiet: true });
});

it("what was handed over stands fixed; new ones go into the addendum", () => {
  const later = aConclusion("c3", { question: 2, addendum: true });
  open([...TWO, later], { handed_over_at: NOW });
  expect(screen.getByRole("heading", { name: "Addendum" })).toBeTruthy();
  expect(screen.getByText("Text of c1")).toBeTruthy();
  const fields = screen.getAllByRole<HTMLTextAreaElement>("textbox");
  expect(fields.map((each) => each.value)).toEqual(["", "Text of c3", ""]);
});

it("who may not write reads them", () => {
  open(TWO, {}, []);
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.getByText("Text of c2")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Hand over" })).toBeNull();
});
