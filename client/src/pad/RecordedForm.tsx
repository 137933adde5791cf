import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { mmss } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import type { FormProps } from "./Sheet.tsx";
import { ask } from "./standing.ts";

/** "4:30" or "4" in seconds; null for what is no length. */
export function lengthOf(typed: string): number | null {
  const [, minutes, seconds = "0"] =
    /^\s*(\d{1,3})(?::([0-5]\d))?\s*$/.exec(typed) ?? [];
  if (minutes === undefined) return null;
  const total = Number(minutes) * 60 + Number(seconds);
  return total > 0 ? total : null;
}

/** A statement that was recorded: its length, so that one too long is said at once. */
export function RecordedForm({ store, target, done }: FormProps) {
  const [typed, setTyped] = useState("");
  const seconds = lengthOf(typed);
  const intro = store.meeting.value.rules.media_intro_ms;
  return (
    <form
      class="pad-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!target || seconds === null) return;
        const fields = { kind: "statement", media_s: seconds } as const;
        void send("request_floor", ask(target, fields));
        done();
      }}
    >
      <label>
        <span class="label">{t("Length of the recording, minutes and seconds")}</span>
        <input
          class="field num"
          inputMode="numeric"
          placeholder="3:00"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p class="soft">
        {intro > 0
          ? t(
              "You introduce it yourself in up to {time}; then the technical desk plays it.",
              { time: mmss(intro) },
            )
          : t("The technical desk plays it.")}
      </p>
      <Button
        big
        main
        type="submit"
        reason={seconds === null ? t("Type its length, such as 3:00") : null}
        onPress={() => undefined}
      >
        {t("Request the floor for a recording")}
      </Button>
    </form>
  );
}
