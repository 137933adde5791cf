import { HandedOver } from "../conclusions/handedOver.tsx";
import { commas, t, time, tn, tx } from "../lib/i18n.ts";
import { TO_BE_ANNOUNCED } from "../lib/names.ts";
import type { FloorEntity, Rules } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING, kindTitle } from "../lib/terms.ts";
import { clockPhase, countText, left, mmss, tick } from "../lib/time.ts";
import { Announcements } from "../parts/Announcements.tsx";
import { BackChannel } from "../parts/BackChannel.tsx";
import { Bar } from "../parts/Bar.tsx";
import { Clock, ClockTrack, ClockWord, Num } from "../parts/Clock.tsx";
import { ConnectionNote } from "../parts/ConnectionNote.tsx";
import { LossNotice } from "../parts/LossNotice.tsx";
import { Who } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Plate } from "../parts/Plate.tsx";
import { Readiness } from "../parts/Readiness.tsx";
import { Sign } from "../parts/Sign.tsx";
import { Unattended } from "../parts/Unattended.tsx";
import { Beneath, Points } from "./Points.tsx";
import { lines, type When } from "./prompter.ts";

const SECOND = 1000;
const ALARM_S = 30;

export function Chair({ store }: { store: Store }) {
  const floor = store.floor.value;
  return (
    <div class="chair">
      <Bar store={store} />
      <ConnectionNote zone={store.meeting.value.zone} />
      <LossNotice />
      <OverAlert store={store} floor={floor} />
      <Unattended />
      <Points store={store} />
      <Announcements store={store} max={2} />
      <main class="chair-main">
        <div class="chair-now">
          {floor ? <Now store={store} floor={floor} /> : <Nobody store={store} />}
          <Beneath store={store} />
          <Say store={store} />
          <HandedOver store={store} />
        </div>
        <aside class="chair-side">
          <NextThree store={store} />
          <BackChannel store={store} />
          <Segment store={store} />
        </aside>
      </main>
    </div>
  );
}

/** Long over time, or cut: the chair decides what to do about it. */
function OverAlert({ store, floor }: { store: Store; floor: FloorEntity | null }) {
  const { rules, profile } = store.meeting.value;
  if (!floor || clockPhase(floor, rules, tick.value) !== "over") return null;
  const over = -left(floor, tick.value);
  const cut = Boolean(floor.cut_at);
  if (!cut && over < (profile?.over_alarm_s ?? ALARM_S) * SECOND) return null;
  return (
    <p
      class="chair-alert"
      role="alert"
      data-soft={rules.enforcement === "soft" || undefined}
    >
      {cut
        ? t("CUT is signalled to the speaker and to the technical desk.")
        : t("Over time. Please invite the speaker to conclude.")}
    </p>
  );
}

function Now({ store, floor }: { store: Store; floor: FloorEntity }) {
  const { rules } = store.meeting.value;
  const soft = rules.enforcement === "soft";
  const is = clockPhase(floor, rules, tick.value);
  return (
    <Plate label={t("Has the floor")}>
      <div class="plate-head">
        <What floor={floor} />
        <Sign is={is} soft={soft}>
          {is === "waiting" && floor.ready_at ? (
            t("Ready")
          ) : (
            <ClockWord floor={floor} is={is} />
          )}
        </Sign>
      </div>
      <Who voice={floor} person />
      <Clock floor={floor} rules={rules} over />
      <ClockTrack floor={floor} is={is} soft={soft} />
      <p class="small soft">{enforcementText(rules)}</p>
    </Plate>
  );
}

/** For what: an interruption by its sign, as everywhere. */
function What({ floor }: { floor: FloorEntity }) {
  const called = floor.phase === "called";
  if (INTERRUPTING.has(floor.kind)) {
    return (
      <span class="what">
        <Sign is="order">{kindTitle(floor)}</Sign>
        {called && <small>{t("Called")}</small>}
      </span>
    );
  }
  return (
    <span class="label">
      {called ? t("Called") : t("Has the floor")}
      {floor.kind !== "statement" && ` · ${kindTitle(floor)}`}
    </span>
  );
}

/** What happens at the end of the time, under the rules of this meeting. */
function enforcementText({ enforcement, grace_ms }: Rules): string {
  switch (enforcement) {
    case "soft":
      return t("Limits are advisory: nobody is asked to stop.");
    case "firm":
      return t("At the end of the time you are told; nobody is cut.");
    case "hard":
      return t("CUT is signalled {time} after the end of the time.", {
        time: mmss(grace_ms),
      });
  }
}

function Nobody({ store }: { store: Store }) {
  const { state, resume_at, starts_at, zone } = store.meeting.value;
  const said = () => {
    switch (state) {
      case "suspended":
        return resume_at === null
          ? t("The meeting is suspended.")
          : t("The meeting is suspended and resumes at {time}.", {
              time: time(resume_at, zone),
            });
      case "scheduled":
      case "lobby":
        return starts_at === null
          ? t("The meeting has not begun.")
          : t("The meeting begins at {time}.", { time: time(starts_at, zone) });
      case "rose":
      case "archived":
        return t("The meeting is adjourned.");
      default:
        return t("Nobody has the floor.");
    }
  };
  return (
    <Plate label={t("Has the floor")}>
      <p class="chair-nobody">{said()}</p>
    </Plate>
  );
}

/** The sentences for this moment: at once, afterwards, and when there is time. */
function Say({ store }: { store: Store }) {
  return (
    <div class="says" aria-live="polite">
      {lines(store, tick.value).map(({ when, text }) => (
        <section key={when + text} class="say" data-when={when}>
          <h2 class="label">{whenText(when)}</h2>
          <p>
            <bdi>{text}</bdi>
          </p>
        </section>
      ))}
    </div>
  );
}

function whenText(when: When): string {
  const words: Record<When, string> = {
    now: t("To say"),
    after: t("To say afterwards"),
    silent: t("If nobody answers"),
    also: t("Also to say"),
  };
  return words[when];
}

function NextThree({ store }: { store: Store }) {
  const list = store.runningList.value;
  const zone = store.meeting.value.zone;
  const lot = list?.state === "lot_window";
  const next = lot ? [] : store.nextOf(3);
  const more = (list?.count ?? 0) - next.length - calledCount(store);
  return (
    <section class="panel">
      <h2>{t("Next")}</h2>
      {lot && <p class="soft">{t("Places are still to be drawn by lot.")}</p>}
      {next.length === 0 && !lot && <p class="soft">{t("Nobody is on the list.")}</p>}
      <ol class="chair-next">
        {next.map((each, index) => (
          <li key={each.id}>
            <Place n={index + 1} next={index === 0} />
            <div>
              <Who voice={each} person />
              <Readiness store={store} voice={each} />
            </div>
          </li>
        ))}
      </ol>
      {more > 0 && (
        <p class="soft">
          {lot
            ? tn("{n} request in the draw", "{n} requests in the draw", more)
            : tn("and {n} more", "and {n} more", more)}
        </p>
      )}
      {list?.state === "closing" && list.closes_at !== null && (
        <p>
          {tx("The list closes at {time}, in {left}.", {
            time: <Num text={time(list.closes_at, zone)} />,
            left: <Num text={countText(Math.max(0, list.closes_at - tick.value))} />,
          })}
        </p>
      )}
      {list?.state === "closed" && <p>{t("The list is closed.")}</p>}
    </section>
  );
}

function calledCount(store: Store): number {
  return store.queue.value.filter((each) => each.status === "called").length;
}

function Segment({ store }: { store: Store }) {
  const segment = store.runningSegment.value;
  if (!segment) return null;
  const questions = store.meeting.value.questions;
  const presided = segment.presider.name !== TO_BE_ANNOUNCED;
  if (!presided && segment.questions.length === 0) return null;
  return (
    <section class="panel">
      <h2>{segment.title}</h2>
      {presided && (
        <p class="soft">
          <bdi>{commas([segment.presider.name, segment.presider.function])}</bdi>
        </p>
      )}
      <ol class="questions">
        {segment.questions.map((n) => (
          <li key={n}>
            <Place n={n} />
            <p>
              <bdi>{questions[n - 1]}</bdi>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
