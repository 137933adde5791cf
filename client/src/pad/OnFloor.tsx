import { t, tx, wall } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { FloorEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING, kindName, kindTitle } from "../lib/terms.ts";
import { clockPhase, left, leftText, mmss, tick } from "../lib/time.ts";
import { Clock, ClockTrack, ClockWord, Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Sign } from "../parts/Sign.tsx";
import { interrupter, type Of } from "./standing.ts";
import { Words } from "./Words.tsx";

/** Called, and the clock has not started. */
export function Called({ store, at: { floor } }: { store: Store; at: Of<"called"> }) {
  const { zone } = store.meeting.value;
  const limit = <Num text={mmss(floor.allotted_ms)} />;
  return (
    <Words
      class="plate"
      first={calledSentence(floor)}
      second={t("Open your microphone in the video conference.")}
    >
      <p class="second done">
        {tx("You have {limit}. The clock has not started.", { limit })}
      </p>
      <Recording store={store} floor={floor} />
      {floor.ready_at && (
        <p class="second">
          <Sign is="running">{t("Ready")}</Sign>{" "}
          {floor.ready_by
            ? t("said at {time} on {device}", {
                time: wall(floor.ready_at, zone),
                device: floor.ready_by,
              })
            : t("said at {time}", { time: wall(floor.ready_at, zone) })}
        </p>
      )}
    </Words>
  );
}

/** "You have the floor.", and for what, where it is not for a statement. */
function calledSentence(floor: FloorEntity): string {
  return isParticular(floor)
    ? t("You have the floor: {what}.", { what: kindTitle(floor) })
    : t("You have the floor.");
}

function isParticular({ kind }: FloorEntity): boolean {
  return INTERRUPTING.has(kind) || kind === "right_of_reply";
}

/** One's own clock, running or held. */
export function OnFloor({ store, at }: { store: Store; at: Of<"speaking" | "held"> }) {
  const { floor } = at;
  const { rules } = store.meeting.value;
  const soft = rules.enforcement === "soft";
  const is = clockPhase(floor, rules, tick.value);
  const [next] = store.nextOf(1);
  const cut = Boolean(floor.cut_at);
  return (
    <Words
      class="plate"
      first={
        cut && at.is === "speaking"
          ? t("Your time is over. Please stop.")
          : heading(store, at)
      }
    >
      <Clock floor={floor} rules={rules} />
      <ClockTrack floor={floor} is={is} soft={soft} />
      <p class="under">
        <Sign is={is} soft={soft}>
          <ClockWord floor={floor} is={is} />
        </Sign>
      </p>
      {at.is === "held" && <p class="second done">{heldSentence(store, floor)}</p>}
      {at.is === "speaking" && floor.kind === "point_of_order" && (
        <p class="second done">{t("On how the meeting is run, not on substance.")}</p>
      )}
      {at.is === "speaking" && is !== "over" && (
        <Recording store={store} floor={floor} />
      )}
      {is === "over" && !cut && at.is === "speaking" && (
        <p class="second">{t("Please conclude.")}</p>
      )}
      {next && at.is === "speaking" && is !== "over" && floor.depth === 0 && (
        <p class="second done">
          {tx("Next: {name}", { name: <Name text={label(next).main} /> })}
        </p>
      )}
    </Words>
  );
}

function heading(store: Store, at: Of<"speaking" | "held">): string {
  const { floor } = at;
  if (at.is === "speaking") return calledSentence(floor);
  const over = interrupter(store, floor);
  if (over || floor.reason === "interruption") {
    return over ? t("{what}.", { what: kindName(over.kind) }) : t("An interruption.");
  }
  return floor.one_moment ? t("One moment please.") : t("Your time stands still.");
}

/** What becomes of one's time while it does not run. */
function heldSentence(store: Store, floor: FloorEntity): string {
  if (interrupter(store, floor) || floor.reason === "interruption") {
    if (floor.running_since !== null) return t("Your clock runs on meanwhile.");
    return t("You keep {time}. You go on when the chair says so.", {
      time: leftText(left(floor, tick.value)),
    });
  }
  return floor.one_moment
    ? t("The connection was lost. Say when you are back; you go on from here.")
    : t("You go on from here when the moderator resumes.");
}

/** That a recording belongs to it: first one's own words, then it is played. */
function Recording({ store, floor }: { store: Store; floor: FloorEntity }) {
  if (floor.media_ms === 0) return null;
  const intro = store.meeting.value.rules.media_intro_ms;
  const length = mmss(floor.media_ms);
  return (
    <p class="second done">
      {floor.phase === "called" && intro > 0
        ? t(
            "Introduce it in up to {intro}; then your recording of {length} is played.",
            {
              intro: mmss(intro),
              length,
            },
          )
        : t("Your recording of {length} is played.", { length })}
    </p>
  );
}
