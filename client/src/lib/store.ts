/**
 * What this screen knows of the meeting, and how it changes.
 *
 * `merged` is the calculation: state and delta give the next state. `createStore`
 * keeps the result in signals. Nothing is sorted, counted or forbidden here: the
 * server owns order and rules.
 */

import {
  batch,
  computed,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import { OWN, USUAL } from "../generated/usual.ts";
import type { Boot } from "./boot.ts";
import type {
  Beat,
  Collection,
  Delta,
  Entities,
  FloorEntity,
  Here,
  ListEntity,
  MeetingEntity,
  Mine,
  MineFrame,
  Present,
  RequestEntity,
  SegmentEntity,
  State,
  Welcome,
  You,
} from "./protocol.ts";

type Things = { readonly [C in Collection]: ReadonlyMap<string, Entities[C]> };
type Order = ReadonlyMap<string, readonly string[]>;

/** A view of one audience at one seq. */
export interface View {
  readonly epoch: string;
  readonly seq: number;
  readonly chain: string;
  readonly things: Things;
  readonly order: Order;
}

const COLLECTIONS = [
  "meeting",
  "segments",
  "lists",
  "requests",
  "floor",
  "interventions",
  "delegations",
  "notes",
  "announcements",
  "signals",
  "links",
  "messages",
  "swaps",
  "attendance",
  "conclusions",
] as const satisfies readonly Collection[];

const NO_MEETING: MeetingEntity = {
  id: "meeting",
  title: "",
  theme: "",
  event: "",
  state: "scheduled",
  segment: null,
  starts_at: null,
  ends_at: null,
  zone: "UTC",
  questions: [],
  called_to_order_at: null,
  resume_at: null,
  rose_at: null,
  roster: "",
  rules: {
    title: "",
    enforcement: "soft",
    show_list: "all",
    on_deck: 2,
    overhead_ms: 0,
    extension_cap_percent: 0,
    park: false,
    swaps: "off",
    late_tray: false,
    replies: null,
    interruptions: {},
    media_intro_ms: 0,
    grace_ms: 0,
  },
  reserve_ms: 0,
  written_until: null,
  losses: [],
  corrections_until: null,
  published: [],
  conclusion_shown: null,
};

const NOBODY: You = {
  role: "viewer",
  audience: "public",
  link: "",
  delegation: null,
  device: "",
  lang: "en",
  commands: [],
};

type Row = Readonly<Record<string, unknown>>;
type Rows = Readonly<Record<string, Row>>;

/** The whole entity of which `row` says what is not usual; its id is its key. */
function filled(name: string, id: string, row: Row): Row {
  return { ...USUAL[name as Collection], id, ...row };
}

function* filledRows(name: string, rows: Rows): Iterable<[string, Row]> {
  for (const [id, row] of Object.entries(rows)) yield [id, filled(name, id, row)];
}

/** A delegation's own layer, whole. */
function filledMine(mine: Mine): Mine {
  const { requests, floor } = { ...OWN.mine, ...mine };
  const whole = Object.entries(requests).map(([id, row]) => [
    id,
    { ...OWN.requests, ...row, id },
  ]);
  return {
    ...OWN.mine,
    ...mine,
    requests: Object.fromEntries(whole),
    floor: floor && { ...OWN.floor, ...floor },
  } as Mine;
}

/** The view in a snapshot. Collections that it leaves out are empty. */
export function viewOf(at: {
  epoch: string;
  seq: number;
  chain: string;
  state: State;
}): View {
  const given = at.state.collections as Record<string, Rows>;
  const things = Object.fromEntries(
    COLLECTIONS.map((name) => [name, new Map(filledRows(name, given[name] ?? {}))]),
  ) as unknown as Things;
  const { epoch, seq, chain } = at;
  return { epoch, seq, chain, things, order: new Map(Object.entries(at.state.order)) };
}

/**
 * The view after a delta, or "gap" if the delta does not continue this very view.
 * Whole entities are set, fields changed, entities dropped, then the orders spliced, in
 * that order. Collections that the delta does not touch stay the same objects.
 */
export function merged(view: View, delta: Delta): View | "gap" {
  if (delta.from !== view.seq) return "gap";
  const things: Record<string, ReadonlyMap<string, unknown>> = { ...view.things };
  const touched = new Map<string, Map<string, unknown>>();
  const open = (name: string) => {
    const copy = touched.get(name) ?? new Map(things[name] ?? []);
    touched.set(name, copy);
    things[name] = copy;
    return copy;
  };
  for (const [name, entities] of Object.entries(delta.set ?? {})) {
    const map = open(name);
    for (const [id, row] of filledRows(name, entities)) map.set(id, row);
  }
  for (const [name, patches] of Object.entries(delta.patch ?? {})) {
    const map = open(name);
    for (const [id, fields] of Object.entries(patches)) {
      if (!map.has(id)) return "gap";
      map.set(id, { ...(map.get(id) as Row), ...fields });
    }
  }
  for (const [name, ids] of Object.entries(delta.drop ?? {})) {
    const map = open(name);
    for (const id of ids) map.delete(id);
  }
  const order = spliced(view.order, delta.order ?? {});
  for (const list of Object.keys(delta.order ?? {})) {
    // who stands on a list that is shown says how many do
    const count = order.get(list)?.length ?? 0;
    const held = things.lists?.get(list) as Row | undefined;
    if (held && count) open("lists").set(list, { ...held, count });
  }
  const { seq, chain } = delta;
  const { epoch } = view;
  return { epoch, seq, chain, things: things as unknown as Things, order };
}

function spliced(order: Order, changes: NonNullable<Delta["order"]>): Order {
  const lists = Object.entries(changes);
  if (lists.length === 0) return order;
  const next = new Map(order);
  for (const [list, splices] of lists) {
    const ids = [...(next.get(list) ?? [])];
    for (const [index, count, ...added] of splices) {
      ids.splice(Number(index), Number(count), ...added.map(String));
    }
    next.set(list, ids);
  }
  return next;
}

export type Applied = "ok" | "gap";

export interface Store {
  readonly meeting: ReadonlySignal<MeetingEntity>;
  readonly segments: ReadonlySignal<Things["segments"]>;
  readonly lists: ReadonlySignal<Things["lists"]>;
  readonly requests: ReadonlySignal<Things["requests"]>;
  /** Who has the floor, as this audience may know it: the top, if one interrupts. */
  readonly floor: ReadonlySignal<FloorEntity | null>;
  /** Whom the one on the floor interrupts, the nearest first. */
  readonly beneath: ReadonlySignal<readonly FloorEntity[]>;
  readonly interventions: ReadonlySignal<Things["interventions"]>;
  /** Totals by voice, not names: those are in lib/names. */
  readonly delegations: ReadonlySignal<Things["delegations"]>;
  readonly notes: ReadonlySignal<Things["notes"]>;
  readonly announcements: ReadonlySignal<Things["announcements"]>;
  readonly signals: ReadonlySignal<Things["signals"]>;
  readonly links: ReadonlySignal<Things["links"]>;
  readonly messages: ReadonlySignal<Things["messages"]>;
  readonly swaps: ReadonlySignal<Things["swaps"]>;
  readonly attendance: ReadonlySignal<Things["attendance"]>;
  readonly conclusions: ReadonlySignal<Things["conclusions"]>;
  readonly order: ReadonlySignal<Order>;
  readonly mine: ReadonlySignal<Mine | null>;
  readonly you: ReadonlySignal<You>;
  readonly seq: ReadonlySignal<number>;
  /** Who is connected: for staff everybody, for rapporteurs the rapporteurs. */
  readonly here: ReadonlySignal<ReadonlyMap<string, Present>>;
  /** The name of this page among them. */
  readonly me: ReadonlySignal<string>;

  readonly runningSegment: ReadonlySignal<SegmentEntity | null>;
  readonly runningList: ReadonlySignal<ListEntity | null>;
  /** Points of order, motions and responses that were raised, in the order of call. */
  readonly points: ReadonlySignal<readonly RequestEntity[]>;
  /** The requests of the running list in the server's order, the called one included. */
  readonly queue: ReadonlySignal<readonly RequestEntity[]>;
  /** The first `n` of the queue that are not called yet. */
  nextOf(n: number): readonly RequestEntity[];
  /** The requests of any list in order; reads signals, so it can be used in a view. */
  queueOf(list: string | null | undefined): readonly RequestEntity[];

  apply(delta: Delta): Applied;
  beat(beat: Beat): Applied;
  /** Takes a `welcome`: a snapshot replaces everything, a resume keeps it. */
  welcome(frame: Welcome): void;
  /** Takes the delegation's own layer, at once or when its seq is reached. */
  takeMine(frame: MineFrame): void;
  takeHere(frame: Here): void;
  /** Where this screen stands, for resuming; null before the first state. */
  position(): { epoch: string; seq: number; chain: string } | null;
}

/** The list that is called from: the segment's own, or its replies (RULES 2). */
function runningListOf(segment: SegmentEntity | null): string {
  if (!segment) return "";
  const replying = segment.phase === "reply_1" || segment.phase === "reply_2";
  return replying ? segment.replies : segment.list;
}

/** A store with the state that the page came with. */
export function createStore(boot: Pick<Boot, "state">): Store {
  const start = boot.state;
  let view = start
    ? viewOf(start)
    : viewOf({ epoch: "", seq: 0, chain: "", state: { collections: {}, order: {} } });
  let waiting: MineFrame | null = null;
  let lost = false;

  const all = Object.fromEntries(
    COLLECTIONS.map((name) => [name, signal(view.things[name])]),
  ) as unknown as { [C in Collection]: Signal<Things[C]> };
  const order = signal(view.order);
  const seq = signal(view.seq);
  const mine = signal<Mine | null>(start?.mine ? filledMine(start.mine) : null);
  const you = signal<You>(start?.you ?? NOBODY);
  const here = signal<ReadonlyMap<string, Present>>(new Map());
  const me = signal("");

  const show = (next: View) => {
    view = next;
    for (const name of COLLECTIONS) {
      (all[name] as Signal<unknown>).value = next.things[name];
    }
    order.value = next.order;
    seq.value = next.seq;
    if (waiting && waiting.seq <= next.seq) {
      mine.value = filledMine(waiting.state);
      waiting = null;
    }
  };

  const takeMine = (frame: MineFrame) => {
    if (frame.seq <= view.seq) {
      waiting = null;
      mine.value = filledMine(frame.state);
    } else {
      waiting = frame;
    }
  };

  const meeting = computed(() => all.meeting.value.get("meeting") ?? NO_MEETING);
  const stack = computed(() =>
    [...all.floor.value.values()].sort((a, b) => b.depth - a.depth),
  );
  const floor = computed(() => stack.value[0] ?? null);
  const beneath = computed(() => stack.value.slice(1));
  const runningSegment = computed(
    () => all.segments.value.get(meeting.value.segment ?? "") ?? null,
  );
  const runningList = computed(
    () => all.lists.value.get(runningListOf(runningSegment.value)) ?? null,
  );
  const queueOf = (list: string | null | undefined) => {
    const ids = order.value.get(list ?? "") ?? [];
    const requests = all.requests.value;
    return ids.flatMap((id) => requests.get(id) ?? []);
  };
  const queue = computed(() => queueOf(runningList.value?.id));
  const points = computed(() =>
    [...all.lists.value.values()]
      .filter((list) => list.purpose === "points")
      .flatMap((list) => queueOf(list.id)),
  );

  return {
    meeting,
    segments: all.segments,
    lists: all.lists,
    requests: all.requests,
    floor,
    beneath,
    interventions: all.interventions,
    delegations: all.delegations,
    notes: all.notes,
    announcements: all.announcements,
    signals: all.signals,
    links: all.links,
    messages: all.messages,
    swaps: all.swaps,
    attendance: all.attendance,
    conclusions: all.conclusions,
    order,
    mine,
    you,
    seq,
    here,
    me,
    runningSegment,
    runningList,
    points,
    queue,
    queueOf,
    nextOf: (n) =>
      queue.value
        .filter((each) => each.status === "queued" && each.id !== floor.value?.request)
        .slice(0, n),

    apply(delta) {
      const next = merged(view, delta);
      if (next === "gap") {
        // it does go on from here, and changes what is not here: begin anew
        if (delta.from === view.seq) lost = true;
        return "gap";
      }
      batch(() => show(next));
      return "ok";
    },

    beat({ from, seq: to, chain }) {
      if (from !== view.seq) return "gap";
      batch(() => show({ ...view, seq: to, chain }));
      return "ok";
    },

    welcome(frame) {
      const { epoch, seq: at, chain, state } = frame;
      batch(() => {
        you.value = frame.you;
        me.value = frame.connection;
        here.value = new Map();
        if (state) {
          waiting = null;
          lost = false;
          mine.value = frame.mine && filledMine(frame.mine);
          show(viewOf({ epoch, seq: at, chain, state }));
        } else if (frame.mine) {
          takeMine({ seq: at, state: frame.mine });
        }
      });
    },

    takeMine,

    takeHere({ n, set, drop }) {
      const next = n === 0 ? new Map<string, Present>() : new Map(here.value);
      for (const [id, present] of Object.entries(set)) next.set(id, present);
      for (const id of drop) next.delete(id);
      here.value = next;
    },

    position() {
      const { epoch, seq: at, chain } = view;
      return epoch && !lost ? { epoch, seq: at, chain } : null;
    },
  };
}
