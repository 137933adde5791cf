/** The floor's column: who speaks, the filled button, and what stands beside it. */
import { t, time } from "../lib/i18n.ts";
import { languageName } from "../lib/languages.ts";
import { behalf, label } from "../lib/names.ts";
import type { FloorEntity } from "../lib/protocol.ts";
import { INTERRUPTING } from "../lib/terms.ts";
import { clockPhase, tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Clock, ClockTrack, Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Plate } from "../parts/Plate.tsx";
import { Sign } from "../parts/Sign.tsx";
import { Act } from "./act.tsx";
import { Code } from "./code.tsx";
import type { Desk } from "./desk.ts";
import { Held } from "./held.tsx";
import { mmss } from "./length.ts";
import { isLong } from "./long.ts";
import * as press from "./press.ts";
import { pointName } from "./pressPoints.ts";
import { callNext, isInDraw } from "./primary.ts";
import { PrimaryButton } from "./primaryButton.tsx";
import { Prompts } from "./promptBox.tsx";
import { RulingAsked, RulingThen } from "./ruling.tsx";
import { replyName } from "./said.ts";
import { Say } from "./say.tsx";

export function Floor({ desk }: { desk: Desk }) {
  const floor = desk.store.floor.value;
  const { ruling } = desk.scene.value;
  return (
    <section class="now" aria-label={t("The floor")}>
      <Plate class={floor ? "" : "idle"} label={t("Who has the floor")}>
        {ruling && <RulingAsked desk={desk} row={ruling} />}
        {!ruling && floor && <Speaker desk={desk} floor={floor} />}
        {!ruling && !floor && <Nobody desk={desk} />}
        <PrimaryButton desk={desk} />
        {ruling ? <RulingThen desk={desk} /> : <Hands desk={desk} floor={floor} />}
      </Plate>
      <Held desk={desk} />
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
        <What floor={floor} />
        {floor.phase === "called" && floor.ready_at ? (
          <Sign is="running">{t("Ready")}</Sign>
        ) : (
          <FloorSign floor={floor} is={is} soft={soft} />
        )}
      </div>
      <div class="speaker" data-long={isLong(main) || undefined}>
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

/** Called or speaking; of an interruption its kind, in its own colour. */
function What({ floor }: { floor: FloorEntity }) {
  const called = floor.phase === "called";
  if (INTERRUPTING.has(floor.kind)) {
    return (
      <span class="what">
        <Sign is="order">{pointName(floor)}</Sign>
        {called && <small>{t("called")}</small>}
      </span>
    );
  }
  return (
    <span class="label">
      {called ? t("Called, not yet public") : t("Has the floor")}
      {floor.kind === "right_of_reply" && ` · ${replyName(floor.turn)}`}
    </span>
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
  if (floor.cut_at) return <Sign is="over">{t("Cut signalled")}</Sign>;
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
  const { meeting, list, head: first } = desk.scene.value;
  const inSession = meeting.state === "in_session";
  const draw = isInDraw(list, first);
  const head = draw ? null : first;
  return (
    <>
      <div class="plate-head">
        <span class="label">{inSession ? t("Next") : t("The meeting")}</span>
        <span class="soft">{inSession ? t("Nobody has the floor") : ""}</span>
      </div>
      <div
        class="speaker"
        data-long={(head !== null && isLong(label(head).main)) || undefined}
      >
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
            <p class="name">{inSession ? nobodyNext(draw) : standing(desk)}</p>
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

function nobodyNext(draw: boolean): string {
  return draw
    ? t("Places are still to be drawn by lot")
    : t("Nobody is left on the list");
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
        reason={speaking ? desk.whyNot("pause") : idle}
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
        shortcut="."
      >
        {t("More")}
      </Button>
    </div>
  );
}

function endOf(floor: FloorEntity | null): press.Press | null {
  return floor && floor.phase !== "called" ? press.end(floor) : null;
}

/** Their own keys and places, whatever the filled button says. */
function EndAndNext({ desk, floor }: { desk: Desk; floor: FloorEntity | null }) {
  const scene = desk.scene.value;
  const { list, ruling } = scene;
  const draw = isInDraw(list, scene.head);
  const head = draw ? null : scene.head;
  const ending = ruling ? null : endOf(floor);
  const name = head ? scene.nameOf(head) : "";
  const after = ruling
    ? t("After the ruling")
    : floor
      ? t("After this speaker")
      : t("Not in session");
  return (
    <div class="ends">
      <Act
        desk={desk}
        press={ending}
        why={ruling ? t("Ruling first") : t("Nobody speaks")}
        shortcut="E"
      >
        {t("End")}
      </Act>
      <Act
        desk={desk}
        press={callNext(scene)}
        why={head ? after : draw ? t("After the draw") : t("Nobody waits")}
        shortcut="N"
        class={isLong(name) ? "next long" : "next"}
      >
        {name ? t("Next: {name}", { name }) : t("Next")}
      </Act>
    </div>
  );
}
