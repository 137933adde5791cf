import { type Signal, signal } from "@preact/signals";
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen,
  within,
} from "@testing-library/preact";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Final, Pending } from "../lib/commands.ts";
import { roster } from "../lib/names.ts";
import { createStore, type Store } from "../lib/store.ts";
import { anchor } from "../lib/time.ts";
import { ConsoleView } from "./console.tsx";
import { createDesk, type Desk } from "./desk.ts";
import {
  aFloor,
  aList,
  aMeeting,
  anIntervention,
  aRequest,
  aSegment,
  NOW,
} from "./scene.fixture.ts";

const delegation = (code: string, plate: string, confusable = "") => ({
  code,
  tier: "member_state",
  address: "representative_of",
  region: "AFR",
  names: { en: plate },
  spoken: plate,
  plate,
  aliases: [],
  confusable,
});

const ROSTER = {
  id: "fictional",
  delegations: Object.fromEntries(
    [
      delegation("XAD", "Adunara"),
      delegation("XAE", "Aelindra"),
      delegation("XTV", "Tavora", "tav"),
      delegation("XTW", "Tavoria", "tav"),
    ].map((each) => [each.code, each]),
  ),
  groups: {},
};

interface Setting {
  readonly floor?: ReturnType<typeof aFloor>;
  readonly meeting?: Partial<ReturnType<typeof aMeeting>>;
  readonly points?: readonly ReturnType<typeof aRequest>[];
  readonly rows?: readonly ReturnType<typeof anIntervention>[];
  readonly action?: NonNullable<ReturnType<typeof aMeeting>["action"]>;
}

let answer: Final;
let send: ReturnType<typeof vi.fn>;
let blocked: Signal<string | null>;
let store: Store;

function open(setting: Setting = {}): Desk {
  const { floor, action, meeting = {}, points = [], rows = [] } = setting;
  const waiting = { "r2.0": aRequest("r2.0", "XAD"), "r3.0": aRequest("r3.0", "XAE") };
  const raised = Object.fromEntries(points.map((each) => [each.id, each]));
  const requests = { ...waiting, ...raised };
  const list = aList({ id: "p1.0", segment: null, purpose: "points" });
  store = createStore({
    state: {
      epoch: "e",
      seq: 1,
      chain: "c",
      now: NOW,
      mine: null,
      you: {
        role: "moderator",
        audience: "staff",
        link: "k1",
        delegation: null,
        device: "",
        lang: "en",
        commands: [],
      },
      state: {
        collections: {
          meeting: { meeting: aMeeting({ action: action ?? null, ...meeting }) },
          segments: { "s1.2": aSegment() },
          lists: { "l1.2": aList(), "p1.0": list },
          interventions: Object.fromEntries(rows.map((each) => [each.id, each])),
          links: { k7: { id: "k7", role: "moderator", label: "Ana", revoked: false } },
          requests,
          floor: floor ? { [floor.id]: floor } : {},
        } as never,
        order: { "l1.2": Object.keys(waiting), "p1.0": Object.keys(raised) },
      },
    },
  });
  const pending = signal<readonly Pending[]>([]);
  const desk = createDesk({
    boot: { meeting: "m", link: "k1", lang: "en" } as never,
    store,
    commands: { send: send as never, pending },
    blocked,
  });
  render(<ConsoleView desk={desk} />);
  return desk;
}

const space = () => fireEvent.keyDown(document.body, { key: " ", code: "Space" });
const key = (name: string) =>
  fireEvent.keyDown(document.activeElement ?? document.body, {
    key: name,
    code: `Key${name.toUpperCase()}`,
  });
const find = () =>
  screen.getByRole<HTMLInputElement>("combobox", { name: /delegation/ });

async function search(text: string) {
  const field = find();
  field.focus();
  fireEvent.input(field, { target: { value: text } });
  fireEvent.keyDown(field, { key: "Enter" });
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  anchor(NOW);
  roster.value = ROSTER;
  blocked = signal<string | null>(null);
  answer = { outcome: "ok", seq: 2, result: {} };
  send = vi.fn(async () => answer);
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe("the console", () => {
  it("gives the floor by Space, with what the button showed", () => {
    open();
    expect(screen.getByText("Give the floor to Adunara")).toBeTruthy();
    space();
    expect(send.mock.calls).toEqual([
      [
        "call",
        { request: "r2.0", expect: { head: "r2.0" } },
        { quiet: true, said: "Give the floor to Adunara" },
      ],
    ]);
  });

  it("takes no press right after the button has changed its meaning", async () => {
    open();
    store.apply({
      epoch: "e",
      from: 1,
      seq: 2,
      chain: "d",
      at: NOW,
      set: { floor: { "i9.0": aFloor({ phase: "called", running_since: null }) } },
      drop: {},
      order: {},
    } as never);
    await vi.advanceTimersByTimeAsync(10);
    space();
    expect(send).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(500);
    space();
    expect(send.mock.calls[0]?.[0]).toBe("start");
  });

  it("has its letters only while nobody types", () => {
    open({ floor: aFloor() });
    find().focus();
    key("e");
    expect(send).not.toHaveBeenCalled();
    find().blur();
    key("e");
    expect(send.mock.calls[0]?.[0]).toBe("end");
  });

  it("has a key of its own for the next, which rests while somebody speaks", () => {
    open({ floor: aFloor() });
    key("n");
    expect(send).not.toHaveBeenCalled();
    const next = screen.getByRole("button", { name: /^Next: Adunara/ });
    expect(next.getAttribute("aria-disabled")).toBe("true");
  });

  it("says in its buttons that it is not connected, and sends nothing", () => {
    open();
    blocked.value = "Not connected";
    cleanup();
    open();
    expect(screen.getAllByText("Not connected").length).toBeGreaterThan(1);
    space();
    expect(send).not.toHaveBeenCalled();
  });

  it("shows a refusal as the sentence that came with it", async () => {
    answer = {
      outcome: "no",
      code: "stale",
      message: "Your colleague has just called Aelindra. Nothing was changed.",
      current: {},
    };
    open();
    space();
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.getByText(/has just called Aelindra/)).toBeTruthy();
  });

  it("names the last act beside its undo, and takes back just that one", () => {
    open({
      action: {
        seq: 88,
        type: "move",
        at: NOW,
        until: NOW + 10_000,
        request: "r3.0",
        list: "l1.2",
        segment: null,
      },
    });
    expect(screen.getByText("Aelindra was moved.")).toBeTruthy();
    key("z");
    expect(send.mock.calls[0]?.slice(0, 2)).toEqual([
      "undo",
      { expect: { action: 88 } },
    ]);
  });

  it("moves the chosen row by the arrows, from the place that it showed", () => {
    open();
    fireEvent.keyDown(document.body, { key: "ArrowDown" });
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "ArrowDown" });
    fireEvent.keyDown(document.activeElement ?? document.body, {
      key: "ArrowUp",
      altKey: true,
    });
    expect(send.mock.calls[0]?.slice(0, 2)).toEqual([
      "move",
      { request: "r3.0", to: 0, expect: { request: "r3.0", place: 1 } },
    ]);
  });

  it("gives the floor out of turn naming the head that it skips", () => {
    const desk = open();
    desk.chosen.value = "r3.0";
    key("g");
    expect(send.mock.calls[0]?.slice(0, 2)).toEqual([
      "call",
      { request: "r3.0", expect: { head: "r2.0" } },
    ]);
  });
});

describe("the end of the meeting", () => {
  const near = { ends_at: NOW + 10 * 60_000 };

  it("is spoken of below the floor, and put away for good", async () => {
    const desk = open({ meeting: near });
    desk.lookAt.value = "p1.0";
    fireEvent.click(screen.getByRole("button", { name: "Shorten the limit" }));
    expect(desk.window.value).toEqual({ name: "limit" });
    expect(desk.lookAt.value).toBeNull();
    desk.window.value = null;
    fireEvent.click(screen.getByRole("button", { name: "Not now" }));
    await vi.advanceTimersByTimeAsync(0);
    expect(screen.queryByText(/At the present limit/)).toBeNull();
    expect(send).not.toHaveBeenCalled();
  });

  it("waits while something is to be decided about the floor", () => {
    const floor = aFloor({
      phase: "called",
      called_at: NOW - 60_000,
      attempts: [NOW - 60_000],
      running_since: null,
    });
    open({ meeting: near, floor });
    expect(screen.getByText(/^No answer from Adunara/)).toBeTruthy();
    expect(screen.queryByText(/At the present limit/)).toBeNull();
  });
});

describe("a speaker of lower rank", () => {
  it("is said when the order may have changed by it, and only then", async () => {
    HTMLDialogElement.prototype.showModal ??= () => {};
    const desk = open();
    const save = async (rank: string) => {
      desk.window.value = { name: "row", request: "r2.0" };
      await vi.advanceTimersByTimeAsync(0);
      const field = screen.getByLabelText<HTMLSelectElement>(/^Rank/);
      fireEvent.change(field, { target: { value: rank } });
      fireEvent.submit(field.form as HTMLFormElement);
      await vi.advanceTimersByTimeAsync(0);
      expect(desk.window.value).toBeNull();
    };
    await save("minister");
    expect(desk.word.value).toBeNull();
    answer = { outcome: "ok", seq: 3, result: { rank_fell: true } };
    await save("vice_minister");
    expect(desk.word.value?.text).toBe(
      "Rank is lower now: the place may have changed.",
    );
  });
});

const POINT = aRequest("r9.0", "XTV", { kind: "point_of_order", list: "p1.0" });
const RULED = {
  ...aMeeting().rules,
  interruptions: { point_of_order: { enabled: true, ruling: true } },
};

describe("a point of order", () => {
  it("stands over the list and is recognised by its key, over whoever speaks", () => {
    open({ points: [POINT], floor: aFloor() });
    expect(screen.getByText("Tavora")).toBeTruthy();
    key("o");
    expect(send.mock.calls[0]?.slice(0, 2)).toEqual([
      "recognise",
      { request: "r9.0", expect: { floor: "i9.0" } },
    ]);
  });

  it("leaves its key to the order of the list where none is raised", () => {
    HTMLDialogElement.prototype.showModal ??= () => {};
    const desk = open();
    key("o");
    expect(desk.window.value).toEqual({ name: "order" });
    expect(send).not.toHaveBeenCalled();
  });

  it("does not take a key that was meant for before it came", async () => {
    open();
    store.apply({
      epoch: "e",
      from: 1,
      seq: 2,
      chain: "d",
      at: NOW,
      set: { requests: { "r9.0": POINT } },
      drop: {},
      order: { "p1.0": [[0, 0, "r9.0"]] },
    } as never);
    await vi.advanceTimersByTimeAsync(300);
    key("o");
    expect(send).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_000);
    key("o");
    expect(send.mock.calls[0]?.[0]).toBe("recognise");
  });
});

describe("the ruling", () => {
  const row = anIntervention("i9.1", 1, {
    delegation: "XTV",
    kind: "point_of_order",
    over: "i9.0",
  });
  const floor = aFloor({
    phase: "paused",
    reason: "interruption",
    running_since: null,
    used_ms: 46_000,
  });

  it("is chosen by a digit and recorded by Space, and nothing else acts before", () => {
    open({ floor, rows: [row], meeting: { rules: RULED } });
    for (const early of ["e", "n", "l"]) key(early);
    space();
    expect(send).not.toHaveBeenCalled();
    fireEvent.keyDown(document.body, { key: "2", code: "Digit2" });
    expect(screen.getByText(/goes on with 2:14/)).toBeTruthy();
    space();
    expect(send.mock.calls[0]?.[0]).toBe("rule");
    expect(send.mock.calls[0]?.[1]).toMatchObject({
      intervention: "i9.1",
      ruling: "not_upheld",
    });
  });

  it("shows whom the point interrupted, with the time that stays", () => {
    open({ floor, rows: [row], meeting: { rules: RULED } });
    const strip = screen.getByText("Its time stands still").closest(".held-strip");
    expect(strip?.textContent).toContain("Adunara");
    expect(strip?.textContent).toContain("2:14");
  });
});

describe("the gavel in a colleague's hand", () => {
  it("is said in the buttons, and nothing is sent", () => {
    const profile = { id: "p", title: "P", limits: {}, control: "gavel" as const };
    open({ meeting: { profile, gavel: { link: "k7", at: NOW } } });
    expect(screen.getAllByText("Ana holds the gavel").length).toBeGreaterThan(1);
    space();
    key("n");
    expect(send).not.toHaveBeenCalled();
  });
});

describe("what the rules refuse to a delegation", () => {
  it("can be allowed nevertheless by a second press, which says so", async () => {
    answer = { outcome: "no", code: "max_replies", message: "Used up.", current: {} };
    open();
    await search("aeli");
    const press = screen.getByRole("button", { name: "Allow nevertheless, logged" });
    answer = { outcome: "ok", seq: 3, result: {} };
    fireEvent.click(press);
    expect(send.mock.calls.at(-1)?.[1]).toMatchObject({
      entries: [{ delegation: "XAE", override: true }],
    });
  });
});

describe("adding by search", () => {
  it("puts on the list by Enter and keeps the cursor", async () => {
    open();
    await search("aeli");
    expect(send.mock.calls[0]?.slice(0, 2)).toEqual([
      "insert",
      {
        list: "l1.2",
        entries: [{ delegation: "XAE", kind: "statement", channel: "platform" }],
      },
    ]);
    expect(find().value).toBe("");
    expect(document.activeElement).toBe(find());
  });

  it("never takes one of two that are easily confused on the first Enter", async () => {
    open();
    await search("tavo");
    expect(send).not.toHaveBeenCalled();
    expect(screen.getByText(/Easily confused/)).toBeTruthy();
    fireEvent.keyDown(find(), { key: "ArrowDown" });
    fireEvent.keyDown(find(), { key: "Enter" });
    expect(send.mock.calls[0]?.[1]).toMatchObject({ entries: [{ delegation: "XTV" }] });
  });

  it("takes it when it is typed exactly", async () => {
    open();
    await search("Tavora");
    expect(send.mock.calls[0]?.[1]).toMatchObject({ entries: [{ delegation: "XTV" }] });
  });

  it("says when nobody is found, and keeps what was typed after a refusal", async () => {
    open();
    await search("nowhere");
    expect(screen.getByText("Not in this meeting's roster.")).toBeTruthy();
    expect(send).not.toHaveBeenCalled();
    answer = { outcome: "no", code: "already_on_list", message: "There.", current: {} };
    await search("aeli");
    expect(find().value).toBe("aeli");
  });
});

describe("what cannot be taken back", () => {
  it("is asked, and the safe answer does nothing", () => {
    const desk = open();
    HTMLDialogElement.prototype.showModal ??= () => {};
    desk.press({
      type: "adjourn",
      fields: {},
      label: "Adjourn",
      ask: { title: "Adjourn the meeting?", text: "Two wait.", yes: "Adjourn" },
    });
    cleanup();
    expect(send).not.toHaveBeenCalled();
    expect(desk.asking.value?.ask?.text).toBe("Two wait.");
  });
});

it("rows say since when, how often spoken, and the limit", () => {
  open();
  const [, first] = screen.getAllByRole("row");
  expect(first).toBeTruthy();
  if (first) expect(within(first).getByText("3:00")).toBeTruthy();
});

it("lists what the server lost of its past", () => {
  const losses = [{ at: NOW, after: 40, until: 43 }];
  const desk = open({ meeting: { losses } });
  act(() => {
    desk.window.value = { name: "meeting" };
  });
  expect(screen.getByText(/^Entries 41 to 43 were lost at \d\d:\d\d\.$/)).toBeTruthy();
});
