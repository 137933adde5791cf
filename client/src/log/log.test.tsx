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
          meeting: {
            meeting: aMeeting({
              questions: ["What is needed?"],
              tags: [["supported", "s"]],
            }),
          },
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

it("a key marks the row that is worked in, not while somebody types", async () => {
  open();
  const note = screen.getByLabelText<HTMLTextAreaElement>("What Ms. Ada Weir said");
  note.focus();
  await vi.advanceTimersByTimeAsync(20);
  const pressed = () =>
    screen.getByRole("button", { name: "Supported" }).getAttribute("aria-pressed");
  fireEvent.keyDown(note, { key: "s", code: "KeyS" });
  await vi.advanceTimersByTimeAsync(20);
  expect(pressed()).toBe("false");
  fireEvent.keyDown(note, { key: "s", code: "KeyS", altKey: true });
  await vi.advanceTimersByTimeAsync(20);
  expect(pressed()).toBe("true");
  expect(document.activeElement).toBe(note);
  fireEvent.keyDown(note, { key: "Escape" });
  expect(document.activeElement?.id).toBe("row-i1.0");
  fireEvent.keyDown(document.activeElement as Element, { key: "s", code: "KeyS" });
  await vi.advanceTimersByTimeAsync(20);
  expect(pressed()).toBe("false");
});

it("the time goes where the cursor stands", async () => {
  open();
  const note = screen.getByLabelText<HTMLTextAreaElement>("What Ms. Ada Weir said");
  note.focus();
  fireEvent.input(note, { target: { value: "Before. After." } });
  note.setSelectionRange(8, 8);
  fireEvent.keyDown(note, { key: "t", code: "KeyT", altKey: true });
  await vi.advanceTimersByTimeAsync(20);
  expect(note.value).toMatch(/^Before\. \d\d:\d\d:\d\d After\.$/);
  expect(note.selectionStart).toBe("Before. 10:42:00 ".length);
});

it("a search says how many of how many, and Escape shows all rows again", async () => {
  const store = open();
  speaks(store);
  await vi.advanceTimersByTimeAsync(20);
  fireEvent.keyDown(document.body, { key: "/" });
  const search = screen.getByRole<HTMLInputElement>("searchbox");
  expect(document.activeElement).toBe(search);
  fireEvent.input(search, { target: { value: "keras" } });
  await vi.advanceTimersByTimeAsync(20);
  expect(screen.getByText("1 of 2 rows")).toBeTruthy();
  expect(screen.queryByLabelText("What Ms. Ada Weir said")).toBeNull();
  fireEvent.keyDown(search, { key: "Escape" });
  await vi.advanceTimersByTimeAsync(20);
  expect(screen.getByLabelText("What Ms. Ada Weir said")).toBeTruthy();
});

it("the row in which another works names them", async () => {
  const store = open();
  const at = { link: "k5", role: "rapporteur", delegation: null, device: "", since: 1 };
  const other = { ...at, id: "b", server: "", row: "i1.0", label: "Rapporteur 2" };
  store.takeHere({ n: 0, set: { b: other as never }, drop: [] });
  await vi.advanceTimersByTimeAsync(20);
  expect(screen.getByText("Rapporteur 2 works here")).toBeTruthy();
  expect(screen.getByText("Rapporteur 2 is in row 1")).toBeTruthy();
});

it("a question mark opens the keys", async () => {
  open();
  fireEvent.keyDown(document.body, { key: "?" });
  await vi.advanceTimersByTimeAsync(20);
  expect(screen.getByText("Insert the time")).toBeTruthy();
});

it("others than rapporteurs read the notes and cannot write", () => {
  open("moderator");
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.getByText("No note")).toBeTruthy();
});
