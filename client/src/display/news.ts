/** What has just changed and is said briefly: a ruling, a limit, the list's closing. */

import { t, time } from "../lib/i18n.ts";
import type { FloorEntity, InterventionEntity, ListEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { kindTitle, rulingName } from "../lib/terms.ts";
import { leftText, mmss } from "../lib/time.ts";

/** A ruling stands beside the one who goes on for so long. */
export const RULING_MS = 20_000;
const LIMIT_MS = 2 * 60_000;
/** So long before its closing a list counts down. */
const COUNTDOWN_MS = 10 * 60_000;

/** How the interruption was ruled on that has just ended; "" a while later. */
export function justRuled(store: Store, floor: FloorEntity, now: number): string {
  const since = floor.running_since;
  if (since === null || now - since > RULING_MS) return "";
  const row = lastRow(store);
  if (row?.over !== floor.id || row.ruling === null) return "";
  return t("{what}: {ruling}", {
    what: kindTitle(row),
    ruling: rulingName(row.ruling),
  });
}

function lastRow(store: Store): InterventionEntity | null {
  return [...store.interventions.value.values()].reduce<InterventionEntity | null>(
    (last, each) => (last && last.n > each.n ? last : each),
    null,
  );
}

/** That statements have another limit from the next speaker on, until one has begun. */
export function news(store: Store, now: number): string {
  const list = store.runningList.value;
  if (!list?.limits_set_at || now - list.limits_set_at > LIMIT_MS) return "";
  const since = list.limits_set_at;
  const voices = [store.floor.value, ...store.interventions.value.values()];
  if (voices.some((each) => (each?.started_at ?? 0) > since && !each?.over)) return "";
  const seconds = list.limits_s.any ?? list.limits_s.member_state;
  return seconds === undefined
    ? ""
    : t("From the next speaker on: {limit}", { limit: mmss(seconds * 1000) });
}

/** "list closes at 12:30", and at last how soon; "" while it is not announced. */
export function closing(list: ListEntity, zone: string, now: number): string {
  if (list.state !== "closing" || list.closes_at === null) return "";
  const at = time(list.closes_at, zone);
  const rest = list.closes_at - now;
  return rest <= COUNTDOWN_MS
    ? t("list closes at {time}, in {left}", { time: at, left: leftText(rest) })
    : t("list closes at {time}", { time: at });
}
