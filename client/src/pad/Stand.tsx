import type { ComponentChildren } from "preact";
import { drawSentence } from "../lib/draws.ts";
import { t, time, tx, wall } from "../lib/i18n.ts";
import { languageName } from "../lib/languages.ts";
import { label, plate } from "../lib/names.ts";
import type { MeetingEntity } from "../lib/protocol.ts";
import { canStayLit } from "../lib/screen.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING, kindTitle, rankName } from "../lib/terms.ts";
import { mmss } from "../lib/time.ts";
import { whySentence } from "../lib/why.ts";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Called, OnFloor } from "./OnFloor.tsx";
import { usedSentence } from "./ReplyForm.tsx";
import type { Of, Queued, Standing } from "./standing.ts";
import { Words } from "./Words.tsx";
import {
  aboutMinutes,
  closedReason,
  endedSentence,
  isUnheard,
  listSentence,
  lotSentence,
  ordinal,
  soonSentence,
} from "./words.ts";

/** One sentence that says where this delegation stands, and what belongs to it. */
export function Stand({ store, at }: { store: Store; at: Standing }) {
  switch (at.is) {
    case "called":
      return <Called store={store} at={at} />;
    case "speaking":
    case "held":
      return <OnFloor store={store} at={at} />;
    case "sending":
      return <Sending />;
    case "waiting":
      return <Waiting store={store} at={at.at} />;
    case "parked":
      return (
        <Words
          first={t("You stepped aside.")}
          second={t("You are not called until you come back.")}
        >
          <Particulars at={at.at} />
          <Registered store={store} at={at.at} />
        </Words>
      );
    case "queued":
      return at.at.next ? (
        <Next store={store} at={at.at} />
      ) : (
        <InLine store={store} at={at.at} />
      );
    case "over":
      return (
        <Words first={t("The meeting is adjourned.")} second={t("Thank you.")}>
          <Ended store={store} />
          {isUnheard(store.mine.value?.ended) && (
            <p class="done">
              {t("Leave an e-mail or a telephone number, so that you are reached.")}
            </p>
          )}
        </Words>
      );
    case "idle":
      return <Idle store={store} at={at} />;
  }
}

function Sending() {
  return (
    <Words
      first={t("Sending your request")}
      second={t(
        "Not yet registered. You can lock the phone: it is sent once, and counts from the moment the server has it.",
      )}
    />
  );
}

/** Registered, and not on the list: somebody of the secretariat decides. */
function Waiting({ store, at }: { store: Store; at: Queued }) {
  const late = at.request.status === "late";
  return (
    <Words
      first={late ? t("The list is closed.") : t("Your request has arrived.")}
      second={
        late
          ? t("Your request is with the secretariat, which decides.")
          : t("It waits for the secretariat's yes.")
      }
    >
      <Particulars at={at} />
      <Registered store={store} at={at} />
    </Words>
  );
}

function Next({ store, at }: { store: Store; at: Queued }) {
  const { request } = at;
  return (
    <Words
      class="stand-next"
      first={t("You are next. Please be ready.")}
      second={tx("You will have {limit}.", {
        limit: <Num text={mmss(request.limit_ms)} />,
      })}
    >
      <Particulars at={at} />
      {!canStayLit() && (
        <p class="done">{t("Please keep this screen on: the browser does not.")}</p>
      )}
      <Registered store={store} at={at} />
    </Words>
  );
}

function InLine({ store, at }: { store: Store; at: Queued }) {
  const { place, segment } = at;
  const running = segment?.id === store.runningSegment.value?.id;
  const list = store.lists.value.get(at.request.list);
  const suspended = suspension(store.meeting.value);
  if (at.lot && list) {
    return (
      <Words
        first={t("You are in the draw.")}
        second={lotSentence(list, store.meeting.value.zone)}
      >
        <Particulars at={at} />
        <Registered store={store} at={at} />
      </Words>
    );
  }
  const first =
    place === null
      ? t("You are on the list.")
      : tx("You are {place}", { place: <span class="rank">{ordinal(place)}</span> });
  return (
    <Words first={first} second={<When store={store} at={at} />}>
      {suspended && <p class="second">{suspended}</p>}
      {at.request.told && !suspended && (
        <p class="second">{t("Soon: please be ready.")}</p>
      )}
      {at.soon !== null && (
        <p class="second" role="status">
          {soonSentence(at.soon)}
        </p>
      )}
      {!running && segment && (
        <p class="second">
          {t("On the list for: {segment}", { segment: segment.title })}
        </p>
      )}
      <Line at={at} />
      <Particulars at={at} />
      <Why store={store} at={at} />
      <Registered store={store} at={at} />
    </Words>
  );
}

/** Why here, for those who ask; and what was drawn, if it was drawn. */
function Why({ store, at: { request } }: { store: Store; at: Queued }) {
  const why = whySentence(request.why);
  const draw = store.lists.value.get(request.list)?.draw;
  if (why === "") return null;
  return (
    <details class="why">
      <summary>{t("Why here?")}</summary>
      <p>{why}</p>
      {draw && <p>{drawSentence(draw, store.meeting.value.zone)}</p>}
    </details>
  );
}

function When({ store, at }: { store: Store; at: Queued }) {
  const list = store.lists.value.get(at.request.list);
  const zone = store.meeting.value.zone;
  const said = [
    at.wait_ms !== null && aboutMinutes(at.wait_ms),
    list?.state === "closing" &&
      list.closes_at !== null &&
      t("list closes at {time}", { time: time(list.closes_at, zone) }),
    list?.state === "closed" && t("the list is closed"),
  ].filter(Boolean);
  return <>{said.join(" · ")}</>;
}

const SHOWN_AHEAD = 3;

/** The last ones before you, then you. */
function Line({ at: { ahead, place } }: { at: Queued }) {
  if (place === null || ahead.length === 0) return null;
  const shown = ahead.slice(-SHOWN_AHEAD);
  const before = ahead.length - shown.length;
  return (
    <ol class="line">
      {shown.map((each, index) => (
        <li key={each.id}>
          <Place n={before + index + 1} />
          <Name text={label(each).main} />
        </li>
      ))}
      <li data-you>
        <Place n={place} next />
        <span>{t("You")}</span>
      </li>
    </ol>
  );
}

/** Kinds that are said; a statement goes without saying. */
const SAID: ReadonlySet<string> = new Set(["right_of_reply", "explanation_of_vote"]);

/** Kind, group, speaker and language of a request, as far as they were said. */
function Particulars({ at: { request } }: { at: Queued }) {
  const { sub, person } = label(request);
  const said: ComponentChildren[] = [
    request.kind === "question" && t("A question to the panel"),
    SAID.has(request.kind) && kindTitle(request),
    request.to && tx("In reply to {name}", { name: <Name text={plate(request.to)} /> }),
    request.media_ms > 0 &&
      t("A recording of {length}", { length: mmss(request.media_ms) }),
    sub && <bdi>{sub}</bdi>,
    person && tx("Speaker: {name}", { name: <bdi>{person}</bdi> }),
    request.rank && rankName(request.rank),
    request.language &&
      t("Language: {language}", { language: languageName(request.language) }),
  ].filter(Boolean);
  if (said.length === 0) return null;
  return (
    <ul class="particulars">
      {said.map((each, index) => (
        <li key={index}>{each}</li>
      ))}
      {person && !request.confirmed && (
        <li class="done">{t("The name is public once an operator confirms it.")}</li>
      )}
    </ul>
  );
}

function Registered({ store, at: { request } }: { store: Store; at: Queued }) {
  const zone = store.meeting.value.zone;
  const params = { time: wall(request.registered_at, zone), number: request.number };
  return (
    <p class="done">
      {request.device
        ? t("Registered {time}, number {number}, on {device}", {
            ...params,
            device: request.device,
          })
        : t("Registered {time}, number {number}", params)}
    </p>
  );
}

function Idle({ store, at: { target } }: { store: Store; at: Of<"idle"> }) {
  const meeting = store.meeting.value;
  const { zone } = meeting;
  const closed = closedReason(target?.list ?? null, zone);
  const replying = replySentence(store);
  const ended = store.mine.value?.ended;
  const thanked = ended?.how === "heard" && !INTERRUPTING.has(ended.kind);
  const first =
    suspension(meeting) ||
    (thanked
      ? endedSentence(ended, meeting)
      : target?.list.state === "closed"
        ? t("The list is closed.")
        : t("You are not on the list."));
  return (
    <Words
      first={first}
      second={
        replying || (closed ? `${closed}.` : target && listSentence(target.list, zone))
      }
    >
      {target && !target.running && !closed && !replying && (
        <p class="second">
          {t("It is the list for: {segment}", { segment: target.segment.title })}
        </p>
      )}
      {target?.list.state === "closed" && !meeting.rules.late_tray && !replying && (
        <p class="second">{t("If you still wish to speak, ask the secretariat.")}</p>
      )}
      <MeetingNote store={store} />
      {!thanked && <Ended store={store} />}
    </Words>
  );
}

/** While replies are heard: that, and how many of one's own are used. */
function replySentence(store: Store): string {
  const segment = store.runningSegment.value;
  if (segment?.phase !== "reply_1" && segment?.phase !== "reply_2") return "";
  const heard = t("Replies are heard now.");
  return `${heard} ${usedSentence(store, segment)}`;
}

/** That the meeting is suspended comes before where one stands; else "". */
function suspension({ state, resume_at, zone }: MeetingEntity): string {
  if (state !== "suspended") return "";
  return resume_at === null
    ? t("The meeting is suspended.")
    : t("The meeting is suspended and resumes at {time}.", {
        time: time(resume_at, zone),
      });
}

function MeetingNote({ store }: { store: Store }) {
  const { state, starts_at, zone } = store.meeting.value;
  if (state === "scheduled" || state === "lobby") {
    return (
      <p class="second">
        {starts_at === null
          ? t("The meeting has not begun.")
          : t("The meeting begins at {time}.", { time: time(starts_at, zone) })}
      </p>
    );
  }
  return null;
}

function Ended({ store }: { store: Store }) {
  const ended = store.mine.value?.ended;
  if (!ended) return null;
  const matters = isUnheard(ended) || ended.how === "declined";
  return (
    <p class={matters ? "second" : "done"}>
      {endedSentence(ended, store.meeting.value)}
    </p>
  );
}
