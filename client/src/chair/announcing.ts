/** What the chair tells the meeting of its list, its limits and its time. */

import { t, time, tn } from "../lib/i18n.ts";
import type { ListEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { mmss } from "../lib/time.ts";
import { joined } from "./say.ts";

/** News is worth saying for so long. */
const NEWS_MS = 2 * 60_000;
const MINUTE = 60;

/** The sentences of this moment; none while there is no news. */
export function announcements(store: Store, now: number): readonly string[] {
  const list = store.runningList.value;
  const said = list
    ? [ofList(store, list, now), ofDraw(list, now), ofLimit(list, now)]
    : [];
  return [...said, ofTime(store, now)].filter(Boolean);
}

function ofList(store: Store, list: ListEntity, now: number): string {
  const { zone } = store.meeting.value;
  if (list.state === "closing" && list.closes_at !== null) {
    return t("The list of speakers will be closed at {time}.", {
      time: time(list.closes_at, zone),
    });
  }
  if (list.state === "lot_window" && list.lot_until !== null) {
    return t("The list of speakers is open. Places will be drawn by lot at {time}.", {
      time: time(list.lot_until, zone),
    });
  }
  if (list.state === "closed" && isNews(list.closed_at, now)) {
    return t("The list of speakers is now closed.");
  }
  const { action } = store.meeting.value;
  const reopened = action?.type === "reopen_list" && action.list === list.id;
  return reopened && isNews(action.at, now)
    ? t("The list of speakers is open again.")
    : "";
}

function ofDraw({ draw }: ListEntity, now: number): string {
  if (!draw || !isNews(draw.at, now)) return "";
  return draw.letter
    ? t("The letter {letter} has been drawn by lot.", { letter: draw.letter })
    : t("The order of speakers has been drawn by lot.");
}

function ofLimit({ limits_s, limits_set_at }: ListEntity, now: number): string {
  const seconds = limits_s.any ?? limits_s.member_state ?? Object.values(limits_s)[0];
  if (seconds === undefined || !isNews(limits_set_at, now)) return "";
  return t("From the next speaker on, statements are limited to {limit}.", {
    limit: lengthSaid(seconds),
  });
}

/** Before the first reply of a round: what they are, and how long. */
export function replyOpening(store: Store): string {
  const segment = store.runningSegment.value;
  const phase = segment?.phase;
  if (phase !== "reply_1" && phase !== "reply_2") return "";
  const turn = phase === "reply_1" ? 1 : 2;
  const speaks = store.floor.value?.started_at ? store.floor.value : null;
  const begun =
    speaks?.kind === "right_of_reply" ||
    [...store.interventions.value.values()].some(
      (each) =>
        each.segment === segment?.id &&
        each.kind === "right_of_reply" &&
        each.turn === turn,
    );
  if (begun) return "";
  const [first, second] = store.meeting.value.rules.replies?.limits_s ?? [];
  if (phase === "reply_2") {
    return second === undefined
      ? t("We now turn to the second round of replies.")
      : t("We now turn to the second round of replies, limited to {limit}.", {
          limit: lengthSaid(second),
        });
  }
  return joined(
    t("We now turn to the right of reply."),
    first !== undefined &&
      t("A first reply is limited to {limit}.", { limit: lengthSaid(first) }),
    second !== undefined &&
      t("A second reply is limited to {limit}.", { limit: lengthSaid(second) }),
  );
}

/** The planned end has come, and some are still on the list. */
function ofTime(store: Store, now: number): string {
  const { ends_at } = store.meeting.value;
  const waiting = store.nextOf(Number.POSITIVE_INFINITY).length;
  if (ends_at === null || now < ends_at || waiting === 0) return "";
  return tn(
    "Time does not permit us to hear the last speaker on the list.",
    "Time does not permit us to hear the remaining {n} speakers on the list.",
    waiting,
  );
}

function isNews(at: number | null, now: number): boolean {
  return at !== null && now - at < NEWS_MS;
}

/** "3 minutes" where they are whole, else "2:30". */
export function lengthSaid(seconds: number): string {
  return seconds % MINUTE === 0
    ? tn("{n} minute", "{n} minutes", seconds / MINUTE)
    : mmss(seconds * 1000);
}
