import type { ComponentChildren } from "preact";
import { t, time, tx, wall } from "../lib/i18n.ts";
import { languageName } from "../lib/languages.ts";
import { label } from "../lib/names.ts";
import type { MeetingEntity } from "../lib/protocol.ts";
import { canStayLit } from "../lib/screen.ts";
import type { Store } from "../lib/store.ts";
import { clockPhase, mmss, tick } from "../lib/time.ts";
import { Clock, ClockTrack, ClockWord, Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Sign } from "../parts/Sign.tsx";
import type { Queued, Standing } from "./standing.ts";
import {
  aboutMinutes,
  closedReason,
  endedSentence,
  listSentence,
  ordinal,
} from "./words.ts";

type Of<K extends Standing["is"]> = Extract<Standing, { is: K }>;

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
        </Words>
      );
    case "idle":
      return <Idle store={store} at={at} />;
  }
}

function Words({
  first,
  second,
  class: also,
  children,
}: {
  first: ComponentChildren;
  second?: ComponentChildren;
  class?: string;
  children?: ComponentChildren;
}) {
  return (
    <section class={also ? `stand ${also}` : "stand"}>
      <div role="status">
        <p class="first">{first}</p>
        {second && <p class="second">{second}</p>}
      </div>
      {children}
    </section>
  );
}

function Called({ store, at: { floor } }: { store: Store; at: Of<"called"> }) {
  const limit = <Num text={mmss(floor.allotted_ms)} />;
  return (
    <Words
      class="plate"
      first={t("You have the floor.")}
      second={t("Open your microphone in the video conference.")}
    >
      <p class="second done">
        {tx("You have {limit}. The clock has not started.", { limit })}
      </p>
      {floor.ready_at && (
        <p class="second">
          <Sign is="running">{t("Ready")}</Sign>{" "}
          {floor.ready_by
            ? t("said at {time} on {device}", {
                time: wall(floor.ready_at, store.meeting.value.zone),
                device: floor.ready_by,
              })
            : t("said at {time}", {
                time: wall(floor.ready_at, store.meeting.value.zone),
              })}
        </p>
      )}
    </Words>
  );
}

function OnFloor({ store, at }: { store: Store; at: Of<"speaking" | "held"> }) {
  const { floor } = at;
  const { rules } = store.meeting.value;
  const soft = rules.enforcement === "soft";
  const is = clockPhase(floor, rules, tick.value);
  const [next] = store.nextOf(1);
  return (
    <Words class="plate" first={heading(at)}>
      <Clock floor={floor} rules={rules} />
      <ClockTrack floor={floor} is={is} soft={soft} />
      <p class="under">
        <Sign is={is} soft={soft}>
          <ClockWord floor={floor} is={is} />
        </Sign>
      </p>
      {at.is === "held" && (
        <p class="second done">
          {floor.one_moment
            ? t("The connection was lost. Say when you are back; you go on from here.")
            : t("You go on from here when the moderator resumes.")}
        </p>
      )}
      {is === "over" && <p class="second">{t("Please conclude.")}</p>}
      {next && at.is === "speaking" && is !== "over" && (
        <p class="second done">
          {tx("Next: {name}", { name: <Name text={label(next).main} /> })}
        </p>
      )}
    </Words>
  );
}

function heading(at: Of<"speaking" | "held">): string {
  if (at.is === "speaking") return t("You have the floor.");
  return at.floor.one_moment ? t("One moment please.") : t("Your time stands still.");
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
  const first =
    place === null
      ? t("You are on the list.")
      : tx("You are {place}", { place: <span class="rank">{ordinal(place)}</span> });
  return (
    <Words first={first} second={<When store={store} at={at} />}>
      {at.request.told && <p class="second">{t("Please get ready.")}</p>}
      {!running && segment && (
        <p class="second">
          {t("On the list for: {segment}", { segment: segment.title })}
        </p>
      )}
      <Line at={at} />
      <Particulars at={at} />
      <Registered store={store} at={at} />
    </Words>
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

/** Kind, group, speaker and language of a request, as far as they were said. */
function Particulars({ at: { request } }: { at: Queued }) {
  const { sub, person } = label(request);
  const said: ComponentChildren[] = [
    request.kind === "question" && t("A question to the panel"),
    sub && <bdi>{sub}</bdi>,
    person && tx("Speaker: {name}", { name: <bdi>{person}</bdi> }),
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
  const ended = store.mine.value?.ended;
  const first =
    suspension(meeting) ||
    (ended?.how === "heard"
      ? t("Thank you. Your statement was heard.")
      : target?.list.state === "closed"
        ? t("The list is closed.")
        : t("You are not on the list."));
  return (
    <Words
      first={first}
      second={closed ? `${closed}.` : target && listSentence(target.list, zone)}
    >
      {target && !target.running && !closed && (
        <p class="second">
          {t("It is the list for: {segment}", { segment: target.segment.title })}
        </p>
      )}
      {target?.list.state === "closed" && (
        <p class="second">{t("If you still wish to speak, ask the secretariat.")}</p>
      )}
      <MeetingNote store={store} />
      {ended?.how !== "heard" && <Ended store={store} />}
    </Words>
  );
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
  return <p class="done">{endedSentence(ended, store.meeting.value.zone)}</p>;
}
