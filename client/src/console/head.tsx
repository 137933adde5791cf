import { connection } from "../lib/connection.ts";
import { t, tx } from "../lib/i18n.ts";
import { phaseName } from "../lib/terms.ts";
import { Button } from "../parts/Button.tsx";
import { ConnectionWord } from "../parts/ConnectionNote.tsx";
import { WallTime } from "../parts/WallTime.tsx";
import type { Desk } from "./desk.ts";
import { GavelFact } from "./gavelCard.tsx";
import { attendance } from "./people.ts";

export function Head({ desk }: { desk: Desk }) {
  const meeting = desk.store.meeting.value;
  const segment = desk.store.runningSegment.value;
  const open = (name: "people" | "announce" | "meeting") => () => {
    desk.window.value = { name };
  };
  return (
    <header class="bar">
      <div>
        <h1>
          <bdi>{meeting.title}</bdi>
        </h1>
        <p class="small soft">
          {segment ? <bdi>{segment.title}</bdi> : t("No segment runs")}
          {segment && segment.phase !== "debate" && ` · ${phaseName(segment.phase)}`} ·{" "}
          {meeting.rules.title}
        </p>
      </div>
      <Facts desk={desk} />
      <Button onPress={open("people")} shortcut="W">
        {t("Who is here")}
      </Button>
      <Button onPress={open("announce")} shortcut="A">
        {t("Announce")}
      </Button>
      <Button onPress={open("meeting")} shortcut="M">
        {t("Meeting")}
      </Button>
      <WallTime zone={meeting.zone} seconds />
    </header>
  );
}

function Facts({ desk }: { desk: Desk }) {
  const { delegations, invited, displays, displaysKnown, operators } = attendance(
    desk.store.here.value,
    desk.store.links.value,
  );
  const { phase, lane, rtt_ms } = connection.value;
  const missing = displays < displaysKnown;
  return (
    <ul class="facts">
      <GavelFact desk={desk} />
      <li>
        <b>{t("{n} of {all}", { n: delegations, all: invited })}</b>
        {t("delegations")}
      </li>
      {displaysKnown > 0 && (
        <li>
          <b class={missing ? "stale" : ""}>
            {missing && <i class="shape" data-is="warning" aria-hidden="true" />}{" "}
            {t("{n} of {all}", { n: displays, all: displaysKnown })}
          </b>
          {t("displays")}
        </li>
      )}
      <li>
        {phase === "live" && lane === "socket" && rtt_ms !== null ? (
          <b>{tx("{n} ms", { n: <span class="num">{Math.round(rtt_ms)}</span> })}</b>
        ) : (
          <b>
            <ConnectionWord />
          </b>
        )}
        {t("to the server")}
      </li>
      <li>
        <b>{operators}</b>
        {t("consoles")}
      </li>
    </ul>
  );
}
