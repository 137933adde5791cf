/** What the buttons about lists and single rows send, beyond adding and moving. */
import { t, tn } from "../lib/i18n.ts";
import type {
  FieldsOf,
  FloorEntity,
  ListEntity,
  RequestEntity,
  SwapEntity,
} from "../lib/protocol.ts";
import { mmss } from "./length.ts";
import { made, onFloor, onList, type Press } from "./press.ts";

/** Asked first: a draw is public at once and nobody takes it back. */
export function draw(list: ListEntity): Press {
  const ask = {
    title: t("Draw by lot now?"),
    text: tn(
      "{n} waits on the list. The draw is shown to everyone and is not undone.",
      "{n} wait on the list. The draw is shown to everyone and is not undone.",
      list.count,
    ),
    yes: t("Draw"),
  };
  return { ...made("draw", onList(list), t("Draw now")), ask };
}

export function setLimit(list: ListEntity, seconds: number, scaled: boolean): Press {
  const label = t("From the next speaker: {time}, announced on every pad", {
    time: mmss(seconds * 1000),
  });
  return made("set_limit", { seconds, scaled, ...onList(list) }, label);
}

/** All of the late tray in the order of their arrival, or these of it. */
export function admitLate(list: ListEntity, requests: string[] | null): Press {
  const n = requests?.length ?? list.late?.length ?? 0;
  const label = tn("Admit it", "Admit all {n}", n);
  return made("admit_late", { requests, ...onList(list) }, label);
}

export function accept(request: RequestEntity): Press {
  return made("accept", { request: request.id }, t("Accept"));
}

export function park(request: RequestEntity): Press {
  return made("park", { request: request.id }, t("Hold"));
}

export function unpark(request: RequestEntity): Press {
  return made("unpark", { request: request.id }, t("Back on the list"));
}

/** `place` is counted from 0. */
export function pin(request: RequestEntity, place: number): Press {
  const expect = { request: request.id, place };
  return request.fixed
    ? made("unpin", { expect }, t("Let it move again"))
    : made("pin", { expect }, t("Keep it at this place"));
}

export function setWindow(
  request: RequestEntity,
  not_before: number | null,
  not_after: number | null,
): Press {
  const fields = { request: request.id, not_before, not_after };
  return made("set_window", fields, t("Save"));
}

export function settleSwap(swap: SwapEntity, allow: boolean): Press {
  const label = allow ? t("Allow") : t("Veto");
  return made("settle_swap", { swap: swap.id, allow }, label);
}

/** `credit` aside: the speaker begins again with the whole limit. */
export function resetClock(floor: FloorEntity): Press {
  const label = t("Start again with {time}", { time: mmss(floor.allotted_ms) });
  return made("reset_clock", onFloor(floor), label);
}

/** The same insertion, against the rules, on the operator's word. */
export function nevertheless(press: Press): Press {
  const fields = press.fields as unknown as FieldsOf<"insert">;
  const entries = fields.entries.map((entry) => ({ ...entry, override: true }));
  return {
    ...press,
    fields: { ...fields, entries },
    label: t("Allow nevertheless, logged"),
  };
}

/** Refusals that an operator may overrule for a single entry. */
export const OVERRULED: ReadonlySet<string> = new Set([
  "max_replies",
  "not_entitled",
  "max_statements",
  "in_writing",
]);
