import { useSignal } from "@preact/signals";
import { day, t, time, tn } from "../../lib/i18n.ts";
import { serverNow, tick } from "../../lib/time.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { adjournUntil } from "../press.ts";
import { waitingStill } from "../unheard.ts";
import { instantOn, wallOn } from "../wallclock.ts";

const DAY = 86_400_000;
const EVENING = "18:00";
const PRESETS_DAYS = [1, 2, 7];

/** The meeting rises: who is left, and until when their texts are taken. */
export function AdjournWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { meeting, floor } = desk.scene.value;
  const { zone } = meeting;
  const date = useSignal("");
  const hour = useSignal(EVENING);
  const left = waitingStill(desk.store).length;
  const at = instantOn(`${date.value}T${hour.value.padStart(5, "0")}`, zone);
  const now = tick.value;
  const bad = date.value !== "" && (at === null || at <= now);
  const inSession = meeting.state === "in_session" || meeting.state === "suspended";
  const carried = meeting.profile?.carry_over ?? false;
  return (
    <>
      <p>
        {left === 0
          ? t("Nobody is left on a list.")
          : tn(
              "{n} delegation was not heard.",
              "{n} delegations were not heard.",
              left,
            )}{" "}
        {left > 0 &&
          (carried
            ? t("They are carried over to the next meeting of the item.")
            : t("Each is told on its pad that time did not permit."))}
      </p>
      <label class="stack">
        {t("Written statements are taken until")}
        <span class="pair">
          <input
            type="date"
            class="field"
            value={date.value}
            onInput={(event) => {
              date.value = event.currentTarget.value;
            }}
          />
          <input
            class="field"
            aria-label={t("Time of day")}
            placeholder={EVENING}
            value={hour.value}
            onInput={(event) => {
              hour.value = event.currentTarget.value;
            }}
          />
        </span>
      </label>
      <div class="choices narrow">
        {PRESETS_DAYS.map((days) => (
          <Button
            key={days}
            onPress={() => {
              date.value = wallOn(serverNow() + days * DAY, zone).slice(0, 10);
            }}
          >
            {tn("In {n} day", "In {n} days", days)}
          </Button>
        ))}
        <Button
          onPress={() => {
            date.value = "";
          }}
        >
          {t("No deadline")}
        </Button>
      </div>
      {at !== null && !bad && (
        <p role="status">
          {t("Until {day}, {time}", { day: day(at, zone), time: time(at, zone) })}
        </p>
      )}
      <div class="dialog-actions">
        <Button
          onPress={() => {
            desk.window.value = { name: "unheard" };
          }}
        >
          {t("Who was not heard")}
        </Button>
        <Act
          desk={desk}
          press={inSession && !floor && !bad ? adjournUntil(meeting, at) : null}
          why={why(inSession, floor !== null)}
          also={onDone}
          grave
        >
          {t("Adjourn the meeting")}
        </Act>
      </div>
    </>
  );
}

function why(inSession: boolean, occupied: boolean): string {
  if (!inSession) return t("The meeting is not in session");
  return occupied ? t("After this speaker") : t("Not a later time");
}
