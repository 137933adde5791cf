/** Where this delegation stands, worked out from what the server says. */

import type { Pending } from "../lib/commands.ts";
import type {
  FieldsOf,
  FloorEntity,
  ListEntity,
  Mine,
  RequestEntity,
  SegmentEntity,
} from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING } from "../lib/terms.ts";
import { left } from "../lib/time.ts";

/** A live request of this delegation, and where it stands. */
export interface Queued {
  readonly request: RequestEntity;
  readonly segment: SegmentEntity | null;
  /** Counted from 1; null where it is not known. */
  readonly place: number | null;
  /** Those before it, where the list is shown. */
  readonly ahead: readonly RequestEntity[];
  /** Until its turn, as things stand; null where that cannot be said. */
  readonly wait_ms: number | null;
  /** First on the running list and told to be ready. */
  readonly next: boolean;
  /** How many speakers are still to come first, when those are few; else null. */
  readonly soon: number | null;
  /** Whether its place is still to be drawn by lot. */
  readonly lot: boolean;
}

/** From this place on one connects to the platform and tests the sound (RULES 6). */
const SOON_PLACE = 5;

export type Standing =
  | { readonly is: "called"; readonly floor: FloorEntity }
  | { readonly is: "speaking"; readonly floor: FloorEntity }
  | { readonly is: "held"; readonly floor: FloorEntity }
  | { readonly is: "sending"; readonly pending: Pending }
  | { readonly is: "queued"; readonly at: Queued; readonly also: readonly Queued[] }
  /** Asked for, and not on the list: it waits for the secretariat's yes, or came late. */
  | { readonly is: "waiting"; readonly at: Queued; readonly also: readonly Queued[] }
  /** Stepped aside for now. */
  | { readonly is: "parked"; readonly at: Queued; readonly also: readonly Queued[] }
  | { readonly is: "over" }
  | { readonly is: "idle"; readonly target: Target | null };

/** One kind of standing. */
export type Of<K extends Standing["is"]> = Extract<Standing, { is: K }>;

/** The list that the giant button asks for. */
export interface Target {
  readonly segment: SegmentEntity;
  readonly list: ListEntity;
  readonly running: boolean;
}

export function standing(
  store: Store,
  pending: readonly Pending[],
  now: number,
): Standing {
  const mine = store.mine.value;
  const floor = mine?.floor;
  if (floor) return { is: onFloor(store, floor), floor };
  const sending = pending.find(isRequest);
  if (sending) return { is: "sending", pending: sending };
  const [first, ...also] = queued(store, mine, now);
  if (first) return { is: inWhichWay(first.request), at: first, also };
  const state = store.meeting.value.state;
  if (state === "rose" || state === "archived") return { is: "over" };
  return { is: "idle", target: target(store) };
}

function onFloor(store: Store, floor: FloorEntity): "called" | "speaking" | "held" {
  if (floor.phase === "called") return "called";
  return floor.phase === "paused" || interrupter(store, floor) ? "held" : "speaking";
}

/** Who speaks over `floor` now, as far as that is public. */
export function interrupter(store: Store, floor: FloorEntity): FloorEntity | null {
  const top = store.floor.value;
  return top && top.id !== floor.id && top.depth > floor.depth ? top : null;
}

function inWhichWay({ status }: RequestEntity): "queued" | "waiting" | "parked" {
  if (status === "deferred") return "parked";
  return status === "requested" || status === "late" ? "waiting" : "queued";
}

/** Asked for beside one's place on the list: it hides nothing while it is sent. */
export function isAside(kind: unknown): boolean {
  return kind === "right_of_reply" || INTERRUPTING.has(kind as RequestEntity["kind"]);
}

/** A request for the floor that is not registered yet; a call for help is none. */
export function isRequest(pending: Pending): boolean {
  return pending.type === "request_floor" && !isAside(pending.fields.kind);
}

/** What this delegation has raised and the chair has not yet recognised. */
export function raised(mine: Mine | null): readonly RequestEntity[] {
  return Object.values(mine?.requests ?? {}).filter(
    (each) => INTERRUPTING.has(each.kind) && each.id !== mine?.floor?.request,
  );
}

/** This delegation's requests, the one that comes first before the others. */
function queued(store: Store, mine: Mine | null, now: number): Queued[] {
  const running = store.runningList.value?.id;
  return Object.values(mine?.requests ?? {})
    .filter((request) => !INTERRUPTING.has(request.kind))
    .map((request) => place(store, mine, request, now))
    .sort(
      (a, b) =>
        Number(b.request.list === running) - Number(a.request.list === running) ||
        Number(isListed(b.request)) - Number(isListed(a.request)) ||
        (a.place ?? Infinity) - (b.place ?? Infinity),
    );
}

function isListed(request: RequestEntity): boolean {
  return inWhichWay(request) === "queued";
}

function place(
  store: Store,
  mine: Mine | null,
  request: RequestEntity,
  now: number,
): Queued {
  const list = store.lists.value.get(request.list);
  const lot = list?.state === "lot_window";
  const queue = lot ? [] : store.queueOf(request.list);
  const index = queue.findIndex((each) => each.id === request.id);
  const told = lot ? undefined : mine?.places[request.id];
  const position = index >= 0 ? index + 1 : told === undefined ? null : told + 1;
  const ahead = index > 0 ? queue.slice(0, index) : [];
  const running = request.list === store.runningList.value?.id;
  const segment = list?.segment ?? request.item ?? "";
  const heard = running && store.meeting.value.state === "in_session";
  const known = heard && index >= 0;
  return {
    request,
    segment: store.segments.value.get(segment) ?? null,
    place: position,
    ahead,
    wait_ms: known ? wait(store, ahead, now) : null,
    next: running && position === 1 && request.told === true,
    soon: heard && !request.told ? soon(store, position) : null,
    lot,
  };
}

/** Those before on the list, and whoever has the floor now. */
function soon(store: Store, position: number | null): number | null {
  if (position === null || position > SOON_PLACE) return null;
  return Math.max(1, position - 1 + (store.floor.value ? 1 : 0));
}

/** What is left of the present speaker and what those before will take. */
function wait(store: Store, ahead: readonly RequestEntity[], now: number): number {
  const floor = store.floor.value;
  const rest = floor ? Math.max(0, left(floor, now)) : 0;
  const between = floor ? store.meeting.value.rules.overhead_ms : 0;
  return ahead.reduce((sum, each) => sum + each.cost_ms, rest + between);
}

/**
 * The list that the giant button asks for: the running segment's if it takes requests,
 * else the next one for statements, an open one before others.
 */
export function target(store: Store): Target | null {
  const all = targets(store);
  const running = all.find((each) => each.running);
  const statements = all.filter((each) => each.segment.kinds.includes("statement"));
  const open = statements.find((each) => takes(each.list));
  return running ?? open ?? statements[0] ?? all[0] ?? null;
}

/** All lists that take requests now or later, the running one first. */
export function targets(store: Store): Target[] {
  const running = store.runningSegment.value?.id;
  return [...store.segments.value.values()]
    .filter((segment) => segment.requests && segment.state !== "done")
    .flatMap((segment) => {
      const list = store.lists.value.get(segment.list);
      return list ? [{ segment, list, running: segment.id === running }] : [];
    })
    .sort((a, b) => Number(b.running) - Number(a.running));
}

/** Whether a list takes a request now. */
export function takes(list: ListEntity): boolean {
  return ["open", "closing", "lot_window"].includes(list.state);
}

/** The fields of a request for a list. */
export function ask(
  target: Target,
  fields: Omit<FieldsOf<"request_floor">, "list">,
): FieldsOf<"request_floor"> {
  return { ...fields, list: target.list.id };
}
