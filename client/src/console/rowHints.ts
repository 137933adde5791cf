/** The words under a name in the list: what an operator should know of the row. */
import { commas, t, time } from "../lib/i18n.ts";
import { listName } from "../lib/names.ts";
import type { RequestEntity } from "../lib/protocol.ts";
import { CHECKS, checkName, rankName } from "../lib/terms.ts";
import { reason } from "../lib/why.ts";
import type { Desk } from "./desk.ts";
import { windowOf } from "./forecast.ts";
import { mmss } from "./length.ts";
import { kindName, markText, replyName } from "./said.ts";

/** The desk's checks are shown for the first so many. */
const READY_SHOWN = 3;

export interface Hint {
  readonly text: string;
  readonly warn?: true;
}

export function hints(
  desk: Desk,
  request: RequestEntity,
  isNext: boolean,
): readonly Hint[] {
  const zone = desk.store.meeting.value.zone;
  const found: Hint[] = [];
  const add = (text: string, warn = false) => {
    if (text !== "") found.push(warn ? { text, warn: true } : { text });
  };
  if (request.turn > 0) add(replyHint(request));
  else if (!["statement", "group_statement"].includes(request.kind)) {
    add(kindName(request.kind));
  }
  if (request.told) {
    add(told(request.told_at ?? null, isNext, zone));
  } else if (request.fixed) {
    add(t("Placed by hand"));
  }
  windowHints(desk, request, zone, add);
  markHints(desk, request, add);
  if (request.rank && desk.list.value?.policy === "protocol_rank") {
    add(rankName(request.rank));
  }
  if (desk.list.value?.policy === "protocol_rank" && desk.rankFell(request)) {
    add(t("lower rank than when told"), true);
  }
  if (request.media_ms > 0) {
    add(t("recorded, {time}", { time: mmss(request.media_ms) }));
  }
  if (request.national_capacity) add(t("in its national capacity"));
  if (request.override) add(t("allowed nevertheless"), true);
  if (request.group_text && request.group_confirmed === false) {
    add(t("group not confirmed"), true);
  }
  if (request.remaining) add(t("returns with the rest of its time"));
  else if (request.returns) {
    add(t("did not answer before ({n})", { n: request.returns }), true);
  }
  if (request.unanswered) add(t("not answered"), true);
  if (request.addressed.length > 0) add(desk.addressedTo(request));
  if (request.after_closure) add(t("after the list was closed"));
  if (desk.chosen.value === request.id) {
    const why = reason(request.why[0] ?? "");
    const known = found.some(({ text }) => text.toLowerCase() === why.toLowerCase());
    if (!known) add(why);
  }
  const note = desk.noteOf(request);
  if (note) add(t("Note: {text}", { text: note }));
  return found;
}

function replyHint(request: RequestEntity): string {
  const turn = replyName(request.turn);
  return request.to
    ? t("{turn}, to {name}", { turn, name: listName(request.to) })
    : turn;
}

/** Absent or suspended; and of the next few whether the desk has found all in order. */
function markHints(
  desk: Desk,
  { delegation, id }: RequestEntity,
  add: (text: string, warn?: boolean) => void,
): void {
  const known = delegation ? desk.store.attendance.value.get(delegation) : undefined;
  if (!known) return;
  if (known.flag) add(markText(known.flag, known.flag_reason), true);
  const next = desk.store.nextOf(READY_SHOWN).some((each) => each.id === id);
  if (!next) return;
  const { ready, wanting } = readiness(known.checks);
  if (ready !== "") add(t("checked: {what}", { what: ready }));
  if (wanting !== "") add(t("not in order: {what}", { what: wanting }), true);
}

/** The desk's ticks in words: what is in order, and what was found not to be. */
export function readiness(checks: Readonly<Record<string, boolean>>) {
  const said = (ok: boolean) =>
    commas(CHECKS.filter((each) => checks[each] === ok).map(checkName));
  return { ready: said(true), wanting: said(false) };
}

function told(at: number | null, isNext: boolean, zone: string): string {
  if (at === null)
    return isNext ? t("Next, told · place locked") : t("Told · place locked");
  const when = { time: time(at, zone) };
  return isNext
    ? t("Next, told at {time} · place locked", when)
    : t("Told at {time} · place locked", when);
}

function windowHints(
  desk: Desk,
  request: RequestEntity,
  zone: string,
  add: (text: string, warn?: boolean) => void,
): void {
  const off = windowOf(request, desk.outlook.value.called_at.get(request.id));
  const leaves = request.not_after ?? null;
  if (leaves !== null) {
    const at = time(leaves, zone);
    const late = off === "leaves_before";
    add(
      late
        ? t("leaves {time}: move up", { time: at })
        : t("leaves {time}", { time: at }),
      late,
    );
  }
  const comes = request.not_before ?? null;
  if (comes !== null) {
    add(t("not before {time}", { time: time(comes, zone) }), off === "comes_after");
  }
}
