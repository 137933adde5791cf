/**
 * What the chair says next, in the chair's language: read from the state of the meeting,
 * never typed. `now` is to be said at once, `after` when the present speaker has ended,
 * `silent` if nobody answers, `also` when there is a moment for it.
 */

import { t, time } from "../lib/i18n.ts";
import type { Voice } from "../lib/names.ts";
import type {
  FloorEntity,
  InterventionEntity,
  RequestEntity,
} from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING } from "../lib/terms.ts";
import { clockPhase, left } from "../lib/time.ts";
import { announcements, replyOpening } from "./announcing.ts";
import {
  addressed,
  afterInterruption,
  goOn,
  joined,
  recognised,
  toSay,
  weWillReturn,
} from "./say.ts";

export type When = "now" | "after" | "silent" | "also";

export interface Line {
  readonly when: When;
  readonly text: string;
}

const SECOND = 1000;
const ALARM_S = 30;
/** After so long without "ready" the chair may want to say that we come back. */
const SILENT_MS = 15_000;
/** So long after it the words that belong to an act are still to be said. */
const FRESH_MS = 60_000;

/** The lines of this moment, the most pressing first; none where nothing is to say. */
export function lines(store: Store, now: number): readonly Line[] {
  const said =
    store.meeting.value.state === "in_session"
      ? [...onFloor(store, now), ...also(announcements(store, now))]
      : outside(store);
  return said.filter((each) => each.text !== "");
}

function also(texts: readonly string[]): readonly Line[] {
  return texts.map((text) => ({ when: "also", text }));
}

/** Before the meeting, while it is suspended, and when it has risen. */
function outside(store: Store): readonly Line[] {
  const { state, title, resume_at, written_until, zone } = store.meeting.value;
  switch (state) {
    case "scheduled":
    case "lobby":
      return [{ when: "now", text: t("I call to order: {title}.", { title }) }];
    case "suspended":
      return [
        {
          when: "now",
          text:
            resume_at === null
              ? t("The meeting is suspended.")
              : t("The meeting is suspended and resumes at {time}.", {
                  time: time(resume_at, zone),
                }),
        },
        { when: "after", text: resumption(store) },
      ];
    default:
      return [
        {
          when: "now",
          text: joined(
            written_until !== null &&
              t(
                "Time did not permit us to hear everyone. Written statements are taken until {time}.",
                { time: time(written_until, zone) },
              ),
            t("The meeting is adjourned."),
          ),
        },
      ];
  }
}

function resumption(store: Store): string {
  const floor = store.floor.value;
  const [next = null, after = null] = coming(store);
  return joined(
    t("The meeting is resumed."),
    floor ? goOn(floor) : toSay({ thanked: null, next, after }),
  );
}

function onFloor(store: Store, now: number): readonly Line[] {
  const floor = store.floor.value;
  if (floor === null) return [{ when: "now", text: betweenSpeakers(store, now) }];
  if (INTERRUPTING.has(floor.kind)) return interrupting(store, floor);
  if (floor.phase === "called") return called(store, floor, now);
  return [
    ...pressing(store, floor, now),
    { when: "after", text: thanks(store, floor) },
  ];
}

function interrupting(store: Store, floor: FloorEntity): readonly Line[] {
  if (floor.phase === "called") return [{ when: "now", text: recognised(floor) }];
  const [beneath = null] = store.beneath.value;
  return [{ when: "after", text: afterInterruption(floor, beneath) }];
}

function called(store: Store, floor: FloorEntity, now: number): readonly Line[] {
  const [next = null] = coming(store);
  const request = store.requests.value.get(floor.request);
  const remaining = request?.remaining ?? false;
  const silent = floor.ready_at === null && now - (floor.called_at ?? now) > SILENT_MS;
  return [
    {
      when: "now",
      text: joined(
        toSay({ thanked: last(store), next: null, after: null }),
        replyOpening(store),
        toSay({ thanked: null, next: { ...floor, remaining }, after: next }),
      ),
    },
    { when: "silent", text: silent ? weWillReturn(floor) : "" },
  ];
}

/** What is to be said to or about whoever speaks, while they do. */
function pressing(store: Store, floor: FloorEntity, now: number): readonly Line[] {
  const line = (text: string): readonly Line[] => [{ when: "now", text }];
  const who = addressed(floor);
  if (floor.one_moment || floor.line_lost) {
    return line(t("One moment please: we have lost the line to {who}.", { who }));
  }
  if (floor.reason === "interruption") return line(rulingThenOn(store, floor));
  if (floor.phase === "paused") {
    return line(t("One moment please, before {who} continues.", { who }));
  }
  const { rules, profile } = store.meeting.value;
  if (floor.cut_at) return line(t("Time is over. I must ask {who} to stop.", { who }));
  const over = -left(floor, now);
  const late = over >= (profile?.over_alarm_s ?? ALARM_S) * SECOND;
  if (clockPhase(floor, rules, now) === "over" && late) {
    return line(t("I ask {who} to conclude.", { who }));
  }
  const row = last(store);
  const ruled = row?.over === floor.id && now - row.ended_at < FRESH_MS;
  return ruled ? line(goOn(floor)) : [];
}

/** Between an interruption and the interrupted: the ruling, if one is due. */
function rulingThenOn(store: Store, floor: FloorEntity): string {
  const row = last(store);
  const due =
    row?.over === floor.id && row.kind === "point_of_order" && row.ruling === null;
  return joined(
    due &&
      t("On the point of order raised by {who} I rule as follows.", {
        who: addressed(row),
      }),
    goOn(floor),
  );
}

function thanks(store: Store, floor: FloorEntity): string {
  const [next = null, after = null] = coming(store);
  if (floor.kind === "chair") return toSay({ thanked: null, next, after });
  if (floor.one_moment || floor.line_lost) {
    return joined(weWillReturn(floor), toSay({ thanked: null, next, after }));
  }
  return toSay({ thanked: floor, next, after });
}

/** Nobody has the floor: whom to thank, to whom we return, who is next. */
function betweenSpeakers(store: Store, now: number): string {
  const [next = null, after = null] = coming(store);
  const returning = toReturn(store, now);
  if (returning) {
    const other = next?.id === returning.id ? null : next;
    return joined(
      weWillReturn(returning),
      toSay({ thanked: null, next: other, after }),
    );
  }
  const list = store.runningList.value;
  const none =
    next === null && list?.purpose === "speakers" && list.state !== "lot_window";
  return joined(
    toSay({ thanked: last(store), next: null, after: null }),
    replyOpening(store),
    toSay({ thanked: null, next, after }),
    none && t("I see no further speakers on the list."),
  );
}

/** Who comes next and after that; nobody while places are still to be drawn by lot. */
function coming(store: Store): readonly RequestEntity[] {
  return store.runningList.value?.state === "lot_window" ? [] : store.nextOf(2);
}

/** Who was called a moment ago and goes back on the list. */
function toReturn(store: Store, now: number): RequestEntity | null {
  const { action } = store.meeting.value;
  if (!action || now - action.at > FRESH_MS) return null;
  const request = store.requests.value.get(action.request ?? "") ?? null;
  const back = action.type === "no_show" || action.type === "end";
  return back && request?.status === "queued" ? request : null;
}

/** Who spoke last in the segment that runs, to be thanked; never the chair. */
function last(store: Store): (InterventionEntity & Voice) | null {
  const segment = store.runningSegment.value?.id;
  const newest = [...store.interventions.value.values()]
    .filter((each) => each.segment === segment && each.n > 0)
    .reduce<InterventionEntity | null>(
      (found, each) => (found && found.ended_at > each.ended_at ? found : each),
      null,
    );
  return newest?.kind === "chair" ? null : newest;
}
