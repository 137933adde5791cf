import { t } from "../lib/i18n.ts";
import { languageName } from "../lib/languages.ts";
import { behalf, label } from "../lib/names.ts";
import { clockPhase, countText, left, tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Name } from "../parts/Name.tsx";
import { Plate } from "../parts/Plate.tsx";
import { Sign } from "../parts/Sign.tsx";
import type { Desk } from "./desk.ts";
import { goToNow } from "./keys.ts";

/** Who speaks now, and the way to that row; the cursor goes there only when asked. */
export function Live({ desk }: { desk: Desk }) {
  const { store, rows } = desk;
  const floor = store.floor.value;
  const meeting = store.meeting.value;
  const row = rows.value.find((each) => each.id === floor?.id);
  if (!floor || !row) {
    return (
      <Plate class="live" label={t("Who has the floor")}>
        <p>
          {meeting.state === "in_session"
            ? t("Nobody has the floor")
            : standing(meeting.state)}
        </p>
      </Plate>
    );
  }
  const now = tick.value;
  const soft = meeting.rules.enforcement === "soft";
  const facts = [behalf(floor), languageName(floor.language)].filter(Boolean);
  return (
    <Plate class="live" label={t("Who has the floor")}>
      <p class="live-name">
        <span class="label">{t("Has the floor, row {n}", { n: row.n })}</span>
        <b>
          <Name text={label(floor).main} />
        </b>{" "}
        <span class="soft">
          <bdi>{facts.join(" · ")}</bdi>
        </span>
      </p>
      <Sign is={clockPhase(floor, meeting.rules, now)} soft={soft} />
      <span class="num digits">{countText(left(floor, now))}</span>
      <Button onPress={() => goToNow(desk)} shortcut="Ctrl ↓">
        {t("Go to this row")}
      </Button>
    </Plate>
  );
}

function standing(state: string): string {
  const states: Record<string, string> = {
    scheduled: t("The meeting has not begun"),
    lobby: t("The lobby is open"),
    suspended: t("The meeting is suspended"),
    rose: t("The meeting has risen"),
    archived: t("The record is closed"),
  };
  return states[state] ?? "";
}
