import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  aFloor,
  aMeeting,
  anIntervention,
  aSegment,
  NOW,
} from "../console/scene.fixture.ts";
import { createStore, type Store } from "../lib/store.ts";
import { anchor } from "../lib/time.ts";
import { LogView } from "./log.tsx";
import { createNotebook } from "./notebook.ts";

const FIRST = anIntervention("i1.0", 1, {
  delegation: null,
  person: { name: "Ms. Ada Weir" },
});

function open(role = "rapporteur"): Store {
  const store = createStore({
    state: {
      epoch: "e",
      seq: 1,
      chain: "c",
      now: NOW,
      mine: null,
      you: { role, audience: "record", link: "k4", commands: [] } as never,
      state: {
        collections: {
          meeting: { meeting: aMeeting({ questions: ["What is needed?"] }) },
          segments: { "s1.2": aSegment({ questions: [1] }) },
          interventions: { "i1.0": FIRST },
        } as never,
        order: {},
      },
    },
  });
  const book = createNotebook({
    notes: store.notes,
    send: vi.fn(() => new Promise(() => {})) as never,
    now: () => NOW,
    key: "log-test",
  });
  const boot = { meeting: "m", link: "k4", lang: "en" };
  render(<LogView app={{ boot, store } as never} book={book} />);
  return store;
}

function speaks(store: Store): void {
  const floor = aFloor({ delegation: null, person: { name: "Mr. Ilan Keras" } });
  store.apply({
    epoch: "e",
    from: 1,
    seq: 2,
    chain: "d",
    at: NOW,
    set: { floor: { [floor.id]: floor } },
    drop: {},
    order: {},
  } as never);
}

beforeEach(() => {
  vi.useFakeTimers();
  anchor(NOW);
  localStorage.clear();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

it("the cursor stays where it is while rows arrive by themselves", async () => {
  const store = open();
  const note = screen.getByLabelText<HTMLTextAreaElement>("What Ms. Ada Weir said");
  note.focus();
  fireEvent.input(note, { target: { value: "Needs tr" } });
  note.setSelectionRange(2, 2);
  speaks(store);
  await vi.advanceTimersByTimeAsync(20);
  expect(screen.getByLabelText("What Mr. Ilan Keras said")).toBeTruthy();
  expect(document.activeElement).toBe(note);
  expect([note.value, note.selectionStart]).toEqual(["Needs tr", 2]);
});

it("goes to the row of who speaks only when asked", async () => {
  speaks(open());
  await vi.advanceTimersByTimeAsync(20);
  fireEvent.keyDown(document, { key: "ArrowDown", ctrlKey: true });
  expect(document.activeElement).toBe(
    screen.getByLabelText("What Mr. Ilan Keras said"),
  );
});

it("says at once that a note is not saved yet", async () => {
  open();
  fireEvent.input(screen.getByLabelText("What Ms. Ada Weir said"), {
    target: { value: "Needs" },
  });
  await vi.advanceTimersByTimeAsync(20);
  expect(screen.getByText("Not saved yet")).toBeTruthy();
  expect(screen.queryByText("All saved")).toBeNull();
});

it("others than rapporteurs read the notes and cannot write", () => {
  open("moderator");
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.getByText("No note")).toBeTruthy();
});
