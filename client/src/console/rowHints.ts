/** The words under a name in the list: what an operator should know of the row. */
import { t, time } from "../lib/i18n.ts";
import type { RequestEntity } from "../lib/protocol.ts";
import type { Desk } from "./desk.ts";
import { windowOf } from "./forecast.ts";
import { kindName } from "./said.ts";

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
  const add = (text: string, warn = false) =>
    found.push(warn ? { text, warn: true } : { text });
  if (!["statement", "group_statement"].includes(request.kind)) {
    add(kindName(request.kind));
  }
  if (request.told) {
    add(told(request.told_at ?? null, isNext, zone));
  } else if (request.fixed) {
    add(t("Placed by hand"));
  }
  windowHints(desk, request, zone, add);
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
  const note = desk.noteOf(request);
  if (note) add(t("Note: {text}", { text: note }));
  return found;
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
