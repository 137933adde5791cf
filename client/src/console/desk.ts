/** What the parts of the console share: the scene, what is chosen, and pressing. */
import {
  computed,
  effect,
  type ReadonlySignal,
  type Signal,
  signal,
} from "@preact/signals";
import type { Boot } from "../lib/boot.ts";
import type { Commands, Final } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { label, roster, unnamed } from "../lib/names.ts";
import type {
  CommandType,
  FloorEntity,
  InterventionEntity,
  ListEntity,
  NoteEntity,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { serverNow, tick } from "../lib/time.ts";
import { isChannel } from "./channels.ts";
import { type Forecast, forecast } from "./forecast.ts";
import { heldElsewhere, holderIsHere, holderOf } from "./gavel.ts";
import { listed } from "./journal.ts";
import { kept } from "./kept.ts";
import type { Channel } from "./paste.ts";
import { awaitingRuling, raised } from "./points.ts";
import type { Press } from "./press.ts";
import { nevertheless, OVERRULED } from "./pressLists.ts";
import { type Decision, UNDECIDED } from "./pressPoints.ts";
import { meaning, primary, type Scene } from "./primary.ts";
import { following } from "./programme.ts";
import { rankFell, watchRanks } from "./ranks.ts";
import { repliesWaiting } from "./replies.ts";
import { settling } from "./settle.ts";

/** How often a forecast is renewed by itself. */
const COARSE_MS = 5_000;

/** As long as a hand that is on its way to a key may take. */
const ARRIVING_MS = 1_000;

/** Windows over the console; one at a time. */
export type Window =
  | { readonly name: "paste" }
  | { readonly name: "row"; readonly request: string }
  | { readonly name: "segment"; readonly segment: string }
  | { readonly name: "text"; readonly text: string }
  | { readonly name: "raise"; readonly delegation: string | null }
  | { readonly name: "aside"; readonly request: string }
  | {
      readonly name:
        | "keys"
        | "meeting"
        | "suspend"
        | "people"
        | "links"
        | "totals"
        | "announce"
        | "order"
        | "list_state"
        | "pause"
        | "more"
        | "limit"
        | "replies"
        | "gavel"
        | "messages"
        | "adjourn"
        | "unheard"
        | "attendance"
        | "rules"
        | "conclusions"
        | "corrections"
        | "documents"
        | "ruling";
    };

/** A word of the console about what was just done or refused. */
export interface Word {
  readonly tone: "done" | "refused";
  readonly text: string;
  /** What an operator may do nevertheless. */
  readonly press?: Press;
}

export interface Desk {
  readonly boot: Boot;
  readonly store: Store;
  readonly scene: ReadonlySignal<Scene>;
  readonly primary: ReadonlySignal<Press | null>;
  /** The filled button has just changed its meaning: a press may be meant for before. */
  readonly settling: ReadonlySignal<boolean>;
  /** A point of order has just come or gone: its key may be meant for something else. */
  readonly arriving: ReadonlySignal<boolean>;
  /** The list that is looked at: the running one, unless another was chosen. */
  readonly list: ReadonlySignal<ListEntity | null>;
  readonly rows: ReadonlySignal<readonly RequestEntity[]>;
  readonly outlook: ReadonlySignal<Forecast>;
  readonly lookAt: Signal<string | null>;
  readonly chosen: Signal<string | null>;
  readonly channel: Signal<Channel>;
  /** The text of a list that is being pasted; kept until it is on the list. */
  readonly pasted: Signal<string>;
  readonly window: Signal<Window | null>;
  readonly asking: Signal<Press | null>;
  readonly word: Signal<Word | null>;
  /** Why nothing can be sent now; null when it can. */
  readonly blocked: ReadonlySignal<string | null>;
  /** Why this cannot be sent from here: no line, or a colleague holds the gavel. */
  whyNot(type: CommandType): string | null;
  /** What was chosen of the ruling that is asked for; forgotten with it. */
  readonly decision: ReadonlySignal<Decision>;
  decide(change: Partial<Decision>): void;
  /** Since when the holder of the gavel is not connected; null while they are. */
  readonly gavelGone: ReadonlySignal<number | null>;
  /** Lines of the back-channel up to this instant were read at this console. */
  readonly readUntil: Signal<number>;
  /** Whether this very press is on its way. */
  isOnItsWay(press: Press | null): boolean;
  /** Sends what a button showed; asks first where the press says so. */
  press(press: Press): void;
  /** Sends at once, and tells the outcome. */
  carryOut(press: Press): Promise<Final>;
  say(text: string): void;
  /** Names of requests by id, also of those that are gone from every list. */
  readonly known: ReadonlyMap<string, string>;
  /** The operators' note on a request; "" for none. */
  noteOf(request: RequestEntity): string;
  /** The regional group, where the roster has it; for operators only. */
  regionOf(request: RequestEntity): string;
  /** A lower rank was named after they were told; known as far as this console saw it. */
  rankFell(request: RequestEntity): boolean;
  /** To whom a question is put. */
  addressedTo(request: RequestEntity): string;
}

export interface DeskNeeds {
  readonly boot: Boot;
  readonly store: Store;
  readonly commands: Pick<Commands, "send" | "pending">;
  readonly blocked: ReadonlySignal<string | null>;
}

export function createDesk({ boot, store, commands, blocked }: DeskNeeds): Desk {
  const lookAt = signal<string | null>(null);
  const word = signal<Word | null>(null);
  const toldRanks = watchRanks(store);
  const known = remembered(store);
  const asking = signal<Press | null>(null);

  const ruling = computed<InterventionEntity | null>(() =>
    awaitingRuling(
      store.meeting.value,
      store.floor.value,
      store.interventions.value.values(),
    ),
  );
  const chosen = signal<{ readonly row: string; readonly what: Decision } | null>(null);
  const decision = computed(() =>
    chosen.value && chosen.value.row === ruling.value?.id
      ? chosen.value.what
      : UNDECIDED,
  );
  const whyNot = (type: CommandType) => blocked.value ?? heldElsewhere(store, type);

  const scene = computed<Scene>(() => ({
    meeting: store.meeting.value,
    segment: store.runningSegment.value,
    following: following(store.segments.value, store.meeting.value.segment),
    list: store.runningList.value,
    head: store.nextOf(1)[0] ?? null,
    floor: store.floor.value,
    points: raised(store),
    ruling: ruling.value,
    decision: decision.value,
    replies: repliesWaiting(store),
    nameOf,
  }));
  const list = computed(() => {
    const other = lookAt.value === null ? null : store.lists.value.get(lookAt.value);
    return other ?? store.runningList.value ?? firstList(store);
  });

  const carryOut = async (press: Press): Promise<Final> => {
    word.value = null;
    const final = await commands.send(press.type, press.fields as never, {
      quiet: true,
      said: saidOf(press, known),
    });
    if (final.outcome === "no") {
      const may = press.type === "insert" && OVERRULED.has(final.code);
      word.value = {
        tone: "refused",
        text: final.code === "not_entitled" ? notEntitled() : final.message,
        ...(may && { press: nevertheless(press) }),
      };
    }
    return final;
  };

  const waiting = () => {
    const now = store.runningList.value ?? list.value;
    return store
      .queueOf(now?.id)
      .filter((each) => each.id !== store.floor.value?.request);
  };
  const isOnItsWay = (press: Press | null) => {
    if (!press) return false;
    const fields = JSON.stringify(press.fields);
    return commands.pending.value.some(
      (each) => each.type === press.type && JSON.stringify(each.fields) === fields,
    );
  };
  const coarse = computed(() => Math.floor(tick.value / COARSE_MS) * COARSE_MS);
  const main = computed(() => primary(scene.value));

  return {
    boot,
    store,
    scene,
    primary: main,
    settling: settling(computed(() => meaning(scene.value))),
    arriving: settling(
      computed(() => scene.value.points[0]?.id ?? ""),
      ARRIVING_MS,
    ),
    list,
    rows: computed(() =>
      store
        .queueOf(list.value?.id)
        .filter((each) => each.id !== store.floor.value?.request),
    ),
    outlook: computed(() =>
      forecast(store.meeting.value, store.floor.value, waiting(), coarse.value),
    ),
    lookAt,
    chosen: signal(null),
    channel: kept("rostra-channel", "platform", isChannel),
    pasted: signal(""),
    window: signal(null),
    asking,
    word,
    blocked,
    isOnItsWay,
    whyNot,
    decision,
    decide(change) {
      const row = ruling.value?.id;
      if (row) chosen.value = { row, what: { ...decision.value, ...change } };
    },
    gavelGone: goneSince(store),
    readUntil: signal(0),
    press(press) {
      if (isOnItsWay(press) || whyNot(press.type)) return;
      if (press.ask) asking.value = press;
      else void carryOut(press);
    },
    carryOut,
    say(text) {
      word.value = { tone: "done", text };
    },
    known,
    noteOf: (request) => noteOn(store, request.id)?.text ?? request.note ?? "",
    rankFell: (request) => rankFell(store.meeting.value, toldRanks(), request),
    regionOf: ({ delegation }) =>
      roster.value.delegations[delegation ?? ""]?.region ?? "",
    addressedTo(request) {
      const names = request.addressed.flatMap((id) => {
        const panellist = store.requests.value.get(id);
        return panellist ? [label(panellist).main] : [];
      });
      return t("to {names}", { names: listed(names) });
    },
  };
}

/** Since when no device of the gavel's holder is connected, as this console saw it. */
function goneSince(store: Store): ReadonlySignal<number | null> {
  const since = signal<number | null>(null);
  let whose: string | null = null;
  effect(() => {
    const holder = holderOf(store.meeting.value);
    const gone = holder !== null && !holderIsHere(store);
    if (!gone) since.value = null;
    else if (since.peek() === null || whose !== holder) since.value = serverNow();
    whose = holder;
  });
  return since;
}

/** Who was removed or declined is still named beside the undo of it. */
function remembered(store: Store): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  effect(() => {
    for (const each of store.requests.value.values()) {
      names.set(each.id, label(each).main);
    }
  });
  return names;
}

/** What the button said, and about whom where the row said that. */
function saidOf(press: Press, known: ReadonlyMap<string, string>): string {
  const act = press.label;
  const name = known.get(String(press.fields.request ?? "")) ?? "";
  return name === "" || act.includes(name) ? act : t("{act}: {name}", { act, name });
}

/** The server says it to a delegation; at the console it is about one. */
function notEntitled(): string {
  return t("The rules do not give this delegation that right here.");
}

/** The operators' note on a request, the newest. */
export function noteOn(store: Store, request: string): NoteEntity | null {
  const notes = [...store.notes.value.values()].filter(
    (each) => each.request === request && each.scope === "staff",
  );
  return notes.sort((a, b) => b.at - a.at)[0] ?? null;
}

/** How a voice is called on a button. */
export function nameOf(who: RequestEntity | FloorEntity): string {
  return unnamed(who) ? t("the next speaker") : label(who).main;
}

/** Before the meeting has begun: the first list that takes requests. */
function firstList(store: Store): ListEntity | null {
  const segments: readonly SegmentEntity[] = [...store.segments.value.values()];
  const first = segments.find((each) => each.requests) ?? segments[0];
  return store.lists.value.get(first?.list ?? "") ?? null;
}
