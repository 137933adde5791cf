import { useSignal } from "@preact/signals";
import { t, time } from "../../lib/i18n.ts";
import { tick } from "../../lib/time.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { suspend } from "../press.ts";
import { instantAt } from "../wallclock.ts";

const PRESETS_MIN = [5, 10, 15, 30];
const MINUTE = 60_000;

/** A pause of the whole meeting: why, and until when if that is known. */
export function SuspendWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { meeting } = desk.scene.value;
  const reason = useSignal("");
  const until = useSignal("");
  const now = tick.value;
  const at = instantAt(until.value, meeting.zone, now);
  const bad = until.value.trim() !== "" && (at === null || at <= now);
  if (meeting.state !== "in_session" && meeting.state !== "lobby")
    return <p>{t("The meeting is not in session")}</p>;
  return (
    <>
      <p class="soft">
        {t("A running clock is held with its rest. The list stays as it is.")}
      </p>
      <label class="stack">
        {t("Reason")}
        <input
          class="field"
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="line">
        <label>
          {t("Resumes at, if known")}{" "}
          <input
            class="field short"
            placeholder="12:30"
            value={until.value}
            onInput={(event) => {
              until.value = event.currentTarget.value;
            }}
          />
        </label>
        {PRESETS_MIN.map((minutes) => (
          <button
            key={minutes}
            type="button"
            class="button"
            onClick={() => {
              until.value = time(tick.value + minutes * MINUTE, meeting.zone);
            }}
          >
            {t("{n} min", { n: minutes })}
          </button>
        ))}
      </div>
      <div class="dialog-actions">
        <Act
          desk={desk}
          press={bad ? null : suspend(meeting, reason.value, at)}
          why={t("Not a later time")}
          also={onDone}
        >
          {t("Suspend the meeting")}
        </Act>
      </div>
    </>
  );
}
