import { commas, t, time, tn, tx } from "../lib/i18n.ts";
import { TO_BE_ANNOUNCED } from "../lib/names.ts";
import type { FloorEntity, InterventionEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { clockPhase, countText, left, tick } from "../lib/time.ts";
import { Announcements } from "../parts/Announcements.tsx";
import { Bar } from "../parts/Bar.tsx";
import { Clock, ClockTrack, ClockWord, Num } from "../parts/Clock.tsx";
import { ConnectionNote } from "../parts/ConnectionNote.tsx";
import { Who } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Plate } from "../parts/Plate.tsx";
import { Sign } from "../parts/Sign.tsx";
import { toSay } from "./say.ts";

const SECOND = 1000;
const ALARM_S = 30;

export function Chair({ store }: { store: Store }) {
  const floor = store.floor.value;
  return (
    <div class="chair">
      <Bar store={store} />
      <ConnectionNote zone={store.meeting.value.zone} />
      <OverAlert store={store} floor={floor} />
      <Announcements store={store} max={2} />
      <main class="chair-main">
        <div class="chair-now">
          {floor ? <Now store={store} floor={floor} /> : <Nobody store={store} />}
          <Say store={store} floor={floor} />
        </div>
        <aside class="chair-side">
          <NextTwo store={store} />
          <Segment store={store} />
        </aside>
      </main>
    </div>
  );
}

/** Long over time: the chair decides what to do about it. */
function OverAlert({ store, floor }: { store: Store; floor: FloorEntity | null }) {
  const { rules, profile } = store.meeting.value;
  if (!floor || clockPhase(floor, rules, tick.value) !== "over") return null;
  const over = -left(floor, tick.value);
  if (over < (profile?.over_alarm_s ?? ALARM_S) * SECOND) return null;
  return (
    <p
      class="chair-alert"
      role="alert"
      data-soft={rules.enforcement === "soft" || undefined}
    >
      {t("Over time. Please invite the speaker to conclude.")}
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
        <span class="label">
          {floor.phase === "called" ? t("Called") : t("Has the floor")}
        </span>
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
    </Plate>
  );
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

function Say({ store, floor }: { store: Store; floor: FloorEntity | null }) {
  if (store.meeting.value.state !== "in_session") return null;
  const [next = null, after = null] = store.nextOf(2);
  const called = floor?.phase === "called";
  const before = last(store);
  const sentence = toSay({
    thanked: floor && !called ? floor : before,
    next: called ? floor : next,
    after: called ? next : after,
  });
  if (!sentence) return null;
  return (
    <section class="say">
      <h2 class="label">{floor && !called ? t("To say afterwards") : t("To say")}</h2>
      <p>
        <bdi>{sentence}</bdi>
      </p>
    </section>
  );
}

/** Who spoke last in the segment that runs. */
function last(store: Store): InterventionEntity | null {
  const segment = store.runningSegment.value?.id;
  return [...store.interventions.value.values()]
    .filter((each) => each.segment === segment && each.n > 0)
    .reduce<InterventionEntity | null>(
      (newest, each) => (newest && newest.ended_at > each.ended_at ? newest : each),
      null,
    );
}

function NextTwo({ store }: { store: Store }) {
  const list = store.runningList.value;
  const zone = store.meeting.value.zone;
  const next = store.nextOf(2);
  const more = (list?.count ?? 0) - next.length - calledCount(store);
  return (
    <section class="panel">
      <h2>{t("Next")}</h2>
      {next.length === 0 && <p class="soft">{t("Nobody is on the list.")}</p>}
      <ol class="chair-next">
        {next.map((each, index) => (
          <li key={each.id}>
            <Place n={index + 1} next={index === 0} />
            <Who voice={each} person />
          </li>
        ))}
      </ol>
      {more > 0 && <p class="soft">{tn("and {n} more", "and {n} more", more)}</p>}
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
  return (
    <section class="panel">
      <h2>{segment.title}</h2>
      {segment.presider.name !== TO_BE_ANNOUNCED && (
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
