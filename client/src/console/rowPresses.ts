/** Presses that are about one row of the list that is looked at. */
import type { RequestEntity } from "../lib/protocol.ts";
import type { Desk } from "./desk.ts";
import { call, move, type Press } from "./press.ts";

/** Up (-1) or down (1) among those who wait; null at the end of the list. */
export function moveBy(desk: Desk, request: RequestEntity, by: -1 | 1): Press | null {
  const rows = desk.rows.value;
  const neighbour = rows[rows.findIndex((each) => each.id === request.id) + by];
  return neighbour ? moveTo(desk, request, neighbour.id) : null;
}

/** To the place where another row stands. Places count the whole list, from 0. */
export function moveTo(
  desk: Desk,
  request: RequestEntity,
  target: string,
): Press | null {
  const order = desk.store.order.value.get(request.list) ?? [];
  const place = order.indexOf(request.id);
  const to = order.indexOf(target);
  return place < 0 || to < 0 || place === to ? null : move(request, place, to);
}

/** The floor out of turn; can be undone, so it is not asked. */
export function giveNow(desk: Desk, request: RequestEntity): Press | null {
  const { meeting, floor, head, list, nameOf } = desk.scene.value;
  if (meeting.state !== "in_session" || floor || request.list !== list?.id) return null;
  return call(request, head, nameOf(request));
}
