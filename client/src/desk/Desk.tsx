import { send } from "../lib/commands.ts";
import { t, time, tn } from "../lib/i18n.ts";
import { label, plate } from "../lib/names.ts";
import type { FloorEntity, Present, RequestEntity } from "../lib/protocol.ts";
import { deviceNames } from "../lib/servers.ts";
import type { Store } from "../lib/store.ts";
import { kindTitle } from "../lib/terms.ts";
import { clockPhase, left, mmss, tick } from "../lib/time.ts";
import { Announcements } from "../parts/Announcements.tsx";
import { BackChannel } from "../parts/BackChannel.tsx";
import { Bar } from "../parts/Bar.tsx";
import { Button } from "../parts/Button.tsx";
import { Clock, ClockWord } from "../parts/Clock.tsx";
import { ConnectionNote } from "../parts/ConnectionNote.tsx";
import { LossNotice } from "../parts/LossNotice.tsx";
import { Who } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Plate } from "../parts/Plate.tsx";
import { Sign } from "../parts/Sign.tsx";
import { Unattended } from "../parts/Unattended.tsx";
import { Board } from "./Board.tsx";

const SHOWN = 3;

/** Whom to find on the video platform next, and who needs help. */
export function Desk({ store }: { store: Store }) {
  const floor = store.floor.value;
  return (
    <div class="desk">
      <Bar store={store} />
      <ConnectionNote zone={store.meeting.value.zone} />
      <LossNotice />
      <Cues store={store} floor={floor} />
      <LostLine store={store} floor={floor} />
      <Unattended />
      <Announcements store={store} max={2} />
      <main class="desk-main">
        <section class="desk-floor">
          <Now store={store} floor={floor} />
          <h2>{t("Next on the video platform")}</h2>
          <ol class="desk-next">
            {store.nextOf(SHOWN).map((each, index) => (
              <li key={each.id}>
                <Place n={index + 1} next={index === 0} />
                <div>
                  <Who voice={each} person />
                  {each.media_ms > 0 && (
                    <small class="soft">
                      {t("A recording of {length}", { length: mmss(each.media_ms) })}
                    </small>
                  )}
                </div>
                <Devices store={store} voice={each} />
              </li>
            ))}
          </ol>
          {store.nextOf(1).length === 0 && (
            <p class="soft">{t("Nobody is on the list.")}</p>
          )}
          <Board store={store} />
        </section>
        <aside class="desk-side">
          <Signals store={store} />
          <BackChannel store={store} />
        </aside>
      </main>
    </div>
  );
}

/** What the desk is to do at this very moment: play, or cut. */
function Cues({ store, floor }: { store: Store; floor: FloorEntity | null }) {
  if (!floor) return null;
  const name = label(floor).main;
  if (floor.cut_at && floor.phase === "speaking") {
    return (
      <p class="desk-alert" data-cut role="alert">
        {t("CUT: the time of {name} is over. Close its microphone.", { name })}
      </p>
    );
  }
  if (floor.media_ms === 0) return null;
  const length = mmss(floor.media_ms);
  return (
    <p class="desk-alert" role="alert">
      {floor.phase === "called"
        ? t("Get ready to play the recording of {name}, {length}.", { name, length })
        : isIntroducing(store, floor)
          ? t(
              "Play the recording of {name}, {length}, as soon as it has been introduced.",
              { name, length },
            )
          : t("Play the recording of {name}, {length}.", { name, length })}
    </p>
  );
}

/** Whether the delegation still introduces its recording. */
function isIntroducing(store: Store, floor: FloorEntity): boolean {
  const used = floor.allotted_ms - left(floor, tick.value);
  return used < store.meeting.value.rules.media_intro_ms;
}

/** The devices of a delegation that are connected now. */
export function devicesOf(store: Store, delegation: string | null): readonly Present[] {
  if (delegation === null) return [];
  return [...store.here.value.values()].filter(
    (each) => each.delegation === delegation,
  );
}

function LostLine({ store, floor }: { store: Store; floor: FloorEntity | null }) {
  if (!floor?.delegation || store.here.value.size === 0) return null;
  const silent = devicesOf(store, floor.delegation).length === 0;
  if (!silent && !floor.line_lost) return null;
  const name = plate(floor.delegation);
  return (
    <p class="desk-alert" role="alert">
      {floor.line_lost
        ? t("The line of {name} is lost: its clock is held. Please bring it back.", {
            name,
          })
        : t(
            "No device of {name} is connected to Rostra. Is it on the video platform?",
            {
              name,
            },
          )}
    </p>
  );
}

function Now({ store, floor }: { store: Store; floor: FloorEntity | null }) {
  const { rules } = store.meeting.value;
  if (!floor) {
    return (
      <Plate label={t("Has the floor")}>
        <p class="desk-nobody">{t("Nobody has the floor.")}</p>
      </Plate>
    );
  }
  const is = clockPhase(floor, rules, tick.value);
  return (
    <Plate label={t("Has the floor")}>
      <div class="plate-head">
        <span class="label">
          {floor.phase === "called"
            ? t("Called: open the microphone")
            : t("Has the floor")}
          {floor.kind !== "statement" && ` · ${kindTitle(floor)}`}
        </span>
        <Sign is={is} soft={rules.enforcement === "soft"}>
          {is === "waiting" ? (
            floor.ready_at ? (
              t("Ready")
            ) : (
              t("Not yet ready")
            )
          ) : (
            <ClockWord floor={floor} is={is} />
          )}
        </Sign>
      </div>
      <Who voice={floor} person />
      <Devices store={store} voice={floor} />
      {floor.phase !== "called" && <Clock floor={floor} rules={rules} over />}
    </Plate>
  );
}

function Devices({
  store,
  voice,
}: {
  store: Store;
  voice: RequestEntity | FloorEntity;
}) {
  if (!voice.delegation) {
    return <p class="devices soft">{t("Takes part without a pad")}</p>;
  }
  const here = devicesOf(store, voice.delegation);
  if (here.length === 0) {
    return <p class="devices stale">{t("No device is connected")}</p>;
  }
  const nameOf = deviceNames(store.here.value);
  return (
    <p class="devices soft">
      {tn("{n} device here", "{n} devices here", here.length)}
      {": "}
      {here.map((each) => (
        <bdi key={each.id} class="badge">
          {nameOf(each) || t("without a name")}
        </bdi>
      ))}
    </p>
  );
}

function Signals({ store }: { store: Store }) {
  const { zone } = store.meeting.value;
  const open = [...store.signals.value.values()].sort((a, b) => a.at - b.at);
  const may = store.you.value.commands.includes("clear_signal");
  return (
    <section class="panel">
      <h2>{t("Calls for help")}</h2>
      {open.length === 0 && <p class="soft">{t("None.")}</p>}
      <ul class="signals" aria-live="polite">
        {open.map((each) => (
          <li key={each.id}>
            <p>
              <time>{time(each.at, zone)}</time> <b>{plate(each.delegation)}</b>
            </p>
            <p>
              <bdi>{t(each.text)}</bdi>{" "}
              {each.device && <bdi class="badge">{each.device}</bdi>}
            </p>
            {may && (
              <Button onPress={() => void send("clear_signal", { signal: each.id })}>
                {t("Done")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
