/** The floor's column: who speaks, the filled button, and what stands beside it. */
import { t, time } from "../lib/i18n.ts";
import { languageName } from "../lib/languages.ts";
import { behalf, label } from "../lib/names.ts";
import type { FloorEntity } from "../lib/protocol.ts";
import { clockPhase, tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Clock, ClockTrack, Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Plate } from "../parts/Plate.tsx";
import { Sign } from "../parts/Sign.tsx";
import { Act } from "./act.tsx";
import { Code } from "./code.tsx";
import type { Desk } from "./desk.ts";
import { mmss } from "./length.ts";
import * as press from "./press.ts";
import { callNext } from "./primary.ts";
import { PrimaryButton } from "./primaryButton.tsx";
import { Prompts } from "./promptBox.tsx";
import { Say } from "./say.tsx";

export function Floor({ desk }: { desk: Desk }) {
  const floor = desk.store.floor.value;
  return (
    <section class="now" aria-label={t("The floor")}>
      <Plate class={floor ? "" : "idle"} label={t("Who has the floor")}>
        {floor ? <Speaker desk={desk} floor={floor} /> : <Nobody desk={desk} />}
        <PrimaryButton desk={desk} />
        <Hands desk={desk} floor={floor} />
      </Plate>
      <Prompts desk={desk} />
      <Say desk={desk} />
      <EndAndNext desk={desk} floor={floor} />
    </section>
  );
}

function Speaker({ desk, floor }: { desk: Desk; floor: FloorEntity }) {
  const { rules } = desk.store.meeting.value;
  const { main, person } = label(floor);
  const facts = [person, behalf(floor), languageName(floor.language)].filter(Boolean);
  const soft = rules.enforcement === "soft";
  const is = clockPhase(floor, rules, tick.value);
  return (
    <>
      <div class="plate-head">
        <span class="label">
          {floor.phase === "called" ? t("Called, not yet public") : t("Has the floor")}
        </span>
        {floor.phase === "called" && floor.ready_at ? (
          <Sign is="running">{t("Ready")}</Sign>
        ) : (
          <FloorSign floor={floor} is={is} soft={soft} />
        )}
      </div>
      <div class="speaker">
        <Code code={floor.delegation} />
        <div>
          <Name text={main} />
          {facts.map((fact) => (
            <small key={fact}>
              <bdi>{fact}</bdi>
            </small>
          ))}
        </div>
      </div>
      <Clock floor={floor} rules={rules} over />
      <ClockTrack floor={floor} is={is} soft={soft} />
    </>
  );
}

function FloorSign({
  floor,
  is,
  soft,
}: {
  floor: FloorEntity;
  is: ReturnType<typeof clockPhase>;
  soft: boolean;
}) {
  const reason = floor.reason ?? null;
  if (floor.phase === "paused" && floor.line_lost) {
    return <Sign is="held">{t("Line lost")}</Sign>;
  }
  if (floor.phase === "paused" && reason) {
    return (
      <Sign is="held">{t("Held: {reason}", { reason: press.reasonName(reason) })}</Sign>
    );
  }
  return <Sign is={is} soft={soft} />;
}

function Nobody({ desk }: { desk: Desk }) {
  const { meeting, head } = desk.scene.value;
  const inSession = meeting.state === "in_session";
  return (
    <>
      <div class="plate-head">
        <span class="label">{inSession ? t("Next") : t("The meeting")}</span>
        <span class="soft">{inSession ? t("Nobody has the floor") : ""}</span>
      </div>
      <div class="speaker">
        {inSession && head ? (
          <>
            <Code code={head.delegation} />
            <div>
              <Name text={label(head).main} />
              {[label(head).person, behalf(head), languageName(head.language)]
                .filter(Boolean)
                .map((fact) => (
                  <small key={fact}>
                    <bdi>{fact}</bdi>
                  </small>
                ))}
            </div>
          </>
        ) : (
          <div>
            <p class="name">
              {inSession ? t("Nobody is left on the list") : standing(desk)}
            </p>
            <Planned desk={desk} />
          </div>
        )}
      </div>
      <p class="clock" data-is="held">
        {inSession && head ? (
          <Num text={mmss(head.limit_ms)} />
        ) : (
          <span class="num blank">0:00</span>
        )}
        {inSession && head && <span class="of">{t("limit")}</span>}
      </p>
      <div class="track" />
    </>
  );
}

/** When the meeting begins or goes on, where that is known. */
function Planned({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  const { state, zone, starts_at, resume_at } = meeting;
  if (state === "suspended" && resume_at !== null) {
    return <small>{t("Resumes at {time}", { time: time(resume_at, zone) })}</small>;
  }
  if ((state === "scheduled" || state === "lobby") && starts_at !== null) {
    return <small>{t("Planned for {time}", { time: time(starts_at, zone) })}</small>;
  }
  return null;
}

function standing(desk: Desk): string {
  const { meeting } = desk.scene.value;
  switch (meeting.state) {
    case "scheduled":
      return t("Not begun: nobody is let in yet");
    case "lobby":
      return t("The lobby is open");
    case "suspended":
      return meeting.suspended_reason
        ? t("Suspended: {reason}", { reason: meeting.suspended_reason })
        : t("The meeting is suspended");
    case "rose":
      return t("The meeting has risen");
    case "archived":
      return t("The record is closed");
    default:
      return "";
  }
}

/** Pause, more time, line lost, more: always there, always in the same place. */
function Hands({ desk, floor }: { desk: Desk; floor: FloorEntity | null }) {
  const speaking = floor?.phase === "speaking" ? floor : null;
  const idle = floor ? t("Clock stands") : t("No clock");
  return (
    <div class="hands">
      <Button
        onPress={() => {
          desk.window.value = { name: "pause" };
        }}
        reason={speaking ? desk.blocked.value : idle}
        shortcut="P"
      >
        {t("Pause")}
      </Button>
      <Act
        desk={desk}
        press={floor ? press.extend(floor, 30) : null}
        why={t("No clock")}
        shortcut="+"
      >
        {t("Add {time}", { time: mmss(30_000) })}
      </Act>
      <Act
        desk={desk}
        press={speaking ? press.lineLost(speaking) : null}
        why={idle}
        shortcut="L"
      >
        {t("Line lost")}
      </Act>
      <Button
        onPress={() => {
          desk.window.value = { name: "more" };
        }}
        reason={floor ? null : t("No clock")}
        shortcut="."
      >
        {t("More")}
      </Button>
    </div>
  );
}

/** Their own keys and places, whatever the filled button says. */
function EndAndNext({ desk, floor }: { desk: Desk; floor: FloorEntity | null }) {
  const scene = desk.scene.value;
  const ending = floor && floor.phase !== "called" ? press.end(floor) : null;
  const { head } = scene;
  const name = head ? scene.nameOf(head) : "";
  const after = floor
    ? t("After {name} has ended", { name: scene.nameOf(floor) })
    : t("Not in session");
  return (
    <div class="ends">
      <Act desk={desk} press={ending} why={t("Nobody speaks")} shortcut="E">
        {t("End")}
      </Act>
      <Act
        desk={desk}
        press={callNext(scene)}
        why={head ? after : t("Nobody waits")}
        shortcut="N"
        class="next"
      >
        {name ? t("Next: {name}", { name }) : t("Next")}
      </Act>
    </div>
  );
}
