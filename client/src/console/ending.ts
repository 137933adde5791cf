/** What the console reminds of as the planned end comes near: how many are heard by
 * then (RULES 7.18), and that the list may be closed (RULES 3). */
import { t, time, tn } from "../lib/i18n.ts";
import type { ListEntity, MeetingEntity } from "../lib/protocol.ts";
import { closingMatters, type Forecast, heardBy } from "./forecast.ts";
import * as press from "./press.ts";
import type { Opening, Prompt } from "./prompts.ts";

const MINUTE = 60_000;

/** So long before the planned end, each once. */
const MARKS_MIN = [5, 10, 30];

/** A list that grew by so many is worth another word. */
const GROWN = 3;

/** What was put away, by the prompt's id: who waited then. */
export type PutAway = ReadonlyMap<string, ReadonlySet<string>>;

export interface Ahead {
  readonly meeting: MeetingEntity;
  /** The running list; what is said is said of those who wait on it. */
  readonly list: ListEntity | null;
  readonly outlook: Forecast;
  readonly now: number;
  readonly away: PutAway;
}

/** The most urgent one, below everything that is about the floor. */
export function ending(ahead: Ahead): Prompt | null {
  const { meeting, list, outlook, away } = ahead;
  const matters = meeting.state === "in_session" && outlook.called_at.size > 0;
  if (!matters || !list || outlook.spare_ms === null) return null;
  const stop = hardStop(ahead, list);
  return stop && !away.has(stop.id) ? stop : closing(ahead, list);
}

/** Also away then is the question about the list: closing was among the offers. */
export function putAway(ahead: Ahead, prompt: Prompt): PutAway {
  const waiting = new Set(ahead.outlook.called_at.keys());
  const ids = [prompt.id, ...(ahead.list ? [closingId(ahead.list)] : [])];
  return new Map([...ahead.away, ...ids.map((id) => [id, waiting] as const)]);
}

function hardStop({ meeting, outlook, now }: Ahead, list: ListEntity): Prompt | null {
  const ends_at = meeting.ends_at ?? 0;
  const left = ends_at - now;
  const mark = MARKS_MIN.find((minutes) => left <= minutes * MINUTE);
  if (mark === undefined || left <= 0) return null;
  const until = ends_at - meeting.reserve_ms;
  const all = outlook.called_at.size;
  const heard = heardBy(outlook, until);
  return {
    id: `end:${mark}:${ends_at}`,
    tone: heard < all ? "warning" : "calm",
    text: projection(meeting, heard, all, until, now),
    presses: [],
    opens: offers(meeting, list, heard < all),
    away: t("Not now"),
  };
}

function projection(
  { zone, ends_at }: MeetingEntity,
  heard: number,
  all: number,
  until: number,
  now: number,
): string {
  if (until <= now) {
    return tn(
      "{n} still waits, and the time until {time} is kept for what follows.",
      "{n} still wait, and the time until {time} is kept for what follows.",
      all,
      { time: time(ends_at ?? until, zone) },
    );
  }
  return heard < all
    ? t("At the present limit {heard} of {all} are heard by {time}.", {
        heard,
        all,
        time: time(until, zone),
      })
    : tn(
        "At the present limit the one who waits is heard by {time}.",
        "At the present limit all {n} who wait are heard by {time}.",
        all,
        { time: time(until, zone) },
      );
}

/** Limits and closing are those of a list of speakers, not of replies. */
function offers(
  meeting: MeetingEntity,
  list: ListEntity,
  short: boolean,
): readonly Opening[] {
  const speakers = list.purpose === "speakers";
  const found: Opening[] = [];
  if (speakers && short) {
    found.push({ label: t("Shorten the limit"), window: "limit" });
  }
  if (speakers && (list.state === "open" || list.state === "closing")) {
    found.push({ label: t("Close the list"), window: "list_state" });
  }
  if (short) found.push({ label: afterwards(meeting), window: "adjourn" });
  return found;
}

function afterwards(meeting: MeetingEntity): string {
  return meeting.profile?.carry_over
    ? t("Continue at the next meeting")
    : t("Written statements");
}

function closing({ meeting, outlook, away }: Ahead, list: ListEntity): Prompt | null {
  const wanted = meeting.profile?.closing?.propose_at_forecast === true;
  if (!wanted || list.purpose !== "speakers") return null;
  if (!closingMatters(list, outlook)) return null;
  const before = away.get(closingId(list));
  if (before) {
    const fresh = [...outlook.called_at.keys()].filter((id) => !before.has(id));
    if (fresh.length < GROWN) return null;
  }
  return {
    id: closingId(list),
    tone: "warning",
    text: tooLate(meeting, outlook.heard_at),
    presses: [press.closeList(list, "")],
    opens: [{ label: t("Announce the closing"), window: "list_state" }],
    away: t("Not now"),
  };
}

function tooLate(meeting: MeetingEntity, heard_at: number): string {
  const ends_at = meeting.ends_at ?? heard_at;
  const at = { time: time(heard_at, meeting.zone) };
  const past = Math.floor((heard_at - ends_at) / MINUTE);
  if (past >= 1) {
    return tn(
      "All on the list would be heard by {time}, {n} min after the end: close the list?",
      "All on the list would be heard by {time}, {n} min after the end: close the list?",
      past,
      at,
    );
  }
  return tn(
    "All on the list would be heard by {time}, but {n} min are kept for what follows: close the list?",
    "All on the list would be heard by {time}, but {n} min are kept for what follows: close the list?",
    Math.round(meeting.reserve_ms / MINUTE),
    at,
  );
}

function closingId({ id, generation }: ListEntity): string {
  return `closing:${id}:${generation}`;
}
