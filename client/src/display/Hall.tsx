import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { day, t, time, tn, tx } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { FloorEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { clockPhase, left, leftText, mmss, tick } from "../lib/time.ts";
import { ClockTrack, ClockWord, Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Sign } from "../parts/Sign.tsx";
import { WallTime } from "../parts/WallTime.tsx";
import { keepInside, LINES_UNDER_BAND, NAME_IS_LONG, nextShown } from "./fit.ts";
import { clockIsOld, LineBadge } from "./LineBadge.tsx";

/** The whole display: who speaks, the clock, who is next. */
export function Hall({ store }: { store: Store }) {
  const { state } = store.meeting.value;
  const floor = spoken(store);
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => (main.current ? keepInside(main.current) : undefined), []);
  return (
    <div class="hall" data-floor={floor ? "taken" : "free"}>
      <HallHead store={store} />
      <Band store={store} />
      <main class="hall-floor" ref={main}>
        {state === "in_session" || state === "suspended" ? (
          floor ? (
            <Speaker floor={floor} />
          ) : (
            <Free store={store} />
          )
        ) : (
          <Outside store={store} />
        )}
      </main>
      {state === "in_session" && (
        <footer class="hall-foot">
          <section class="hall-clock">
            {floor && <HallClock store={store} floor={floor} />}
          </section>
          <NextUp store={store} spoken={floor !== null} />
        </footer>
      )}
      <LineBadge zone={store.meeting.value.zone} />
    </div>
  );
}

/** Who speaks, for the public: a call is not shown before the clock starts. */
export function spoken(store: Store): FloorEntity | null {
  const floor = store.floor.value;
  return floor && floor.phase !== "called" ? floor : null;
}

function HallHead({ store }: { store: Store }) {
  const { title, zone, state } = store.meeting.value;
  const over = state === "rose" || state === "archived";
  const segment = over ? null : store.runningSegment.value?.title;
  return (
    <header class="hall-head">
      <p>{[title, segment !== title && segment].filter(Boolean).join(" · ")}</p>
      <WallTime zone={zone} />
    </header>
  );
}

/** What the secretariat says to everyone: the newest, in a band. */
export function Band({ store }: { store: Store }) {
  const newest = [...store.announcements.value.values()].sort((a, b) => b.at - a.at)[0];
  return (
    <div role="status">
      {newest && (
        <p class="hall-band">
          <bdi>{newest.text}</bdi>
        </p>
      )}
    </div>
  );
}

function Speaker({ floor }: { floor: FloorEntity }) {
  const { main, sub, person } = label(floor);
  return (
    <>
      <Big text={main} held={floor.phase === "paused"} />
      {(sub || person) && (
        <div class="aside">
          {[sub, person].filter(Boolean).map((each) => (
            <p key={each}>
              <bdi>{each}</bdi>
            </p>
          ))}
        </div>
      )}
    </>
  );
}

export function Big({ text, held = false }: { text: string; held?: boolean }) {
  return (
    <h1
      class="hall-name"
      data-long={text.length > NAME_IS_LONG || undefined}
      data-held={held || undefined}
    >
      <Name text={text} />
    </h1>
  );
}

/** Nobody has the floor: who is next, or that the list is open. */
function Free({ store }: { store: Store }) {
  const { state, resume_at, zone } = store.meeting.value;
  if (state === "suspended") {
    return (
      <Words
        first={t("The meeting is suspended")}
        second={
          resume_at !== null &&
          tx("It resumes at {time}", { time: <Num text={time(resume_at, zone)} /> })
        }
      />
    );
  }
  const [next] = store.nextOf(1);
  if (next) {
    const { main, sub } = label(next);
    return (
      <>
        <p>
          <Sign is="next" />
        </p>
        <Big text={main} />
        {sub && (
          <p class="aside">
            <bdi>{sub}</bdi>
          </p>
        )}
      </>
    );
  }
  const segment = store.runningSegment.value;
  const open = segment?.requests && store.runningList.value?.state === "open";
  return (
    <Words
      first={segment?.title ?? store.meeting.value.title}
      second={open && t("The floor is open: delegations may request it")}
    />
  );
}

/** Before and after the meeting. */
function Outside({ store }: { store: Store }) {
  const { state, title, theme, event, starts_at, zone } = store.meeting.value;
  if (state === "rose" || state === "archived") {
    return <Words first={t("The meeting is adjourned")} second={t("Thank you")} />;
  }
  return (
    <Words
      first={title}
      second={
        starts_at === null
          ? event
          : tx("{day}, {time}", {
              day: day(starts_at, zone),
              time: <Num text={time(starts_at, zone)} />,
            })
      }
      third={theme}
    />
  );
}

function Words({
  first,
  second,
  third,
}: {
  first: string;
  second?: ComponentChildren;
  third?: string;
}) {
  return (
    <>
      <h1 class="hall-words">
        <bdi>{first}</bdi>
      </h1>
      {second && <p class="aside">{second}</p>}
      {third && <p class="theme">{third}</p>}
    </>
  );
}

/** Digits, track, sign. Over time it says "Time" and stands; it never counts up here. */
export function HallClock({ store, floor }: { store: Store; floor: FloorEntity }) {
  const shown = store.segments.value.get(floor.segment)?.public_clock ?? true;
  if (!shown || clockIsOld()) return null;
  const { rules } = store.meeting.value;
  const soft = rules.enforcement === "soft";
  const is = clockPhase(floor, rules, tick.value);
  return (
    <>
      <p class="clock" data-is={is} data-soft={soft || undefined} role="timer">
        <Num text={leftText(left(floor, tick.value))} />
      </p>
      <ClockTrack floor={floor} is={is} soft={soft} />
      <p class="under">
        <Sign is={is} soft={soft}>
          <ClockWord floor={floor} is={is} />
        </Sign>
        <span>
          {tx("of {limit}", { limit: <Num text={mmss(floor.allotted_ms)} /> })}
        </span>
      </p>
    </>
  );
}

function NextUp({ store, spoken }: { store: Store; spoken: boolean }) {
  const list = store.runningList.value;
  const queue = store.queue.value;
  // The first stands large above while nobody speaks.
  const rest = spoken ? queue : queue.slice(1);
  // A viewer's own page scrolls: there is room under an announcement.
  const scrolls = document.documentElement.dataset.layout === "desk";
  const cramped = store.announcements.value.size > 0 && !scrolls;
  const shown = nextShown(
    rest.map((each) => label(each).main),
    cramped ? LINES_UNDER_BAND : undefined,
  );
  const more = (list?.count ?? queue.length) - (queue.length - rest.length) - shown;
  const zone = store.meeting.value.zone;
  const said = [
    more > 0 && tn("and {n} more", "and {n} more", more),
    list?.state === "closing" &&
      list.closes_at !== null &&
      t("list closes at {time}", { time: time(list.closes_at, zone) }),
    list?.state === "closed" && queue.length > 0 && t("the list is closed"),
  ].filter(Boolean);
  if (shown === 0 && said.length === 0) return <section class="hall-next" />;
  return (
    <section class="hall-next">
      <h2>{spoken ? t("Next") : t("Then")}</h2>
      <ol>
        {rest.slice(0, shown).map((each, index) => (
          <li key={each.id}>
            <Place n={index + (spoken ? 1 : 2)} />
            <Name text={label(each).main} />
          </li>
        ))}
      </ol>
      {said.length > 0 && <p class="more">{said.join(" · ")}</p>}
    </section>
  );
}
