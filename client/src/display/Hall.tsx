import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { day, t, time, tn, tx } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { FloorEntity, ListEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { phaseName } from "../lib/terms.ts";
import { clockPhase, left, leftText, mmss, tick } from "../lib/time.ts";
import { ClockTrack, ClockWord, Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Released } from "../parts/Released.tsx";
import { Sign } from "../parts/Sign.tsx";
import { WallTime } from "../parts/WallTime.tsx";
import { Big } from "./Big.tsx";
import { DrawShown, drawn } from "./Draw.tsx";
import { keepInside, LINES_UNDER_BAND, nextShown } from "./fit.ts";
import { Interrupted, Tag } from "./Interruption.tsx";
import { clockIsOld, LineBadge } from "./LineBadge.tsx";
import { closing, justRuled, news } from "./news.ts";
import { Stage, StageFoot, staged } from "./Stage.tsx";

/** The whole display: who speaks, the clock, who is next. */
export function Hall({ store }: { store: Store }) {
  const { state } = store.meeting.value;
  const floor = spoken(store);
  const draw = drawn(store);
  const stage = staged(store);
  const main = useRef<HTMLElement>(null);
  useLayoutEffect(() => (main.current ? keepInside(main.current) : undefined), []);
  return (
    <div class="hall" data-floor={floor ? "taken" : "free"}>
      <HallHead store={store} />
      <Band store={store} />
      <main class="hall-floor" ref={main}>
        {stage ? (
          <Stage store={store} conclusion={stage} />
        ) : state === "in_session" || state === "suspended" ? (
          floor ? (
            <Speaker store={store} floor={floor} />
          ) : draw ? (
            <DrawShown store={store} list={draw} />
          ) : (
            <Free store={store} />
          )
        ) : (
          <Outside store={store} />
        )}
      </main>
      {stage && floor && <StageFoot store={store} floor={floor} />}
      {state === "in_session" && !stage && (floor || !draw) && (
        <footer class="hall-foot">
          <section class="hall-clock">
            {floor && <HallClock store={store} floor={floor} />}
          </section>
          {floor && floor.depth > 0 ? (
            <Interrupted store={store} />
          ) : (
            <NextUp store={store} spoken={floor !== null} />
          )}
        </footer>
      )}
      {isDesk() && <Released store={store} />}
      <LineBadge zone={store.meeting.value.zone} />
    </div>
  );
}

/** A viewer's own page scrolls, and has room for more than a hall. */
function isDesk(): boolean {
  return document.documentElement.dataset.layout === "desk";
}

/** Who speaks, for the public: a call is not shown before the clock starts. */
export function spoken(store: Store): FloorEntity | null {
  const standing = [store.floor.value, ...store.beneath.value];
  return standing.find((each) => each && each.phase !== "called") ?? null;
}

function HallHead({ store }: { store: Store }) {
  const { title, zone, state } = store.meeting.value;
  const over = state === "rose" || state === "archived";
  const segment = over ? null : store.runningSegment.value;
  const replying = segment?.phase === "reply_1" || segment?.phase === "reply_2";
  const said = [
    title,
    segment?.title !== title && segment?.title,
    replying && phaseName(segment.phase),
  ].filter(Boolean);
  return (
    <header class="hall-head">
      <p>{said.join(" · ")}</p>
      <WallTime zone={zone} />
    </header>
  );
}

/** What the secretariat says to everyone, else what has just changed: in a band. */
export function Band({ store }: { store: Store }) {
  const newest = [...store.announcements.value.values()].sort((a, b) => b.at - a.at)[0];
  const text = newest?.text ?? news(store, tick.value);
  return (
    <div role="status">
      {text && (
        <p class="hall-band">
          <bdi>{text}</bdi>
        </p>
      )}
    </div>
  );
}

function Speaker({ store, floor }: { store: Store; floor: FloorEntity }) {
  const { main, sub, person } = label(floor);
  const ruling = justRuled(store, floor, tick.value);
  return (
    <>
      <Tag floor={floor} />
      {ruling && (
        <p>
          <Sign is="order">{ruling}</Sign>
        </p>
      )}
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
  const [next] = store.runningList.value?.state === "lot_window" ? [] : store.nextOf(1);
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
  const list = store.runningList.value;
  const replying = segment?.phase === "reply_1" || segment?.phase === "reply_2";
  return (
    <Words
      first={
        replying
          ? phaseName(segment.phase)
          : (segment?.title ?? store.meeting.value.title)
      }
      second={segment?.requests && list && invitation(list)}
    />
  );
}

/** That delegations may ask for the floor; or until when places are by lot. */
function invitation(list: ListEntity): ComponentChildren {
  if (list.state === "lot_window" && list.lot_until !== null) {
    return tx("Delegations may request the floor. Places are drawn by lot in {left}", {
      left: <Num text={leftText(list.lot_until - tick.value)} />,
    });
  }
  return list.state === "open" && t("The floor is open: delegations may request it");
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
  const lot = list?.state === "lot_window";
  const queue = lot ? [] : store.queue.value;
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
  const said = [
    more > 0 &&
      (lot
        ? tn("{n} request in the draw", "{n} requests in the draw", more)
        : shown === 0
          ? tn("{n} request on the list", "{n} requests on the list", more)
          : tn("and {n} more", "and {n} more", more)),
    list && closing(list, store.meeting.value.zone, tick.value),
    list?.state === "closed" && queue.length > 0 && t("the list is closed"),
  ].filter(Boolean);
  if (shown === 0 && said.length === 0) return <section class="hall-next" />;
  return (
    <section class="hall-next">
      {shown > 0 && <h2>{spoken ? t("Next") : t("Then")}</h2>}
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
