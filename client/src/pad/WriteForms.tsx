import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t, time } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";
import { ownRow } from "./ownRow.ts";
import type { FormProps } from "./Sheet.tsx";

/** How the secretariat reaches this delegation. */
export function ContactForm({ store, done }: FormProps) {
  const [text, setText] = useState("");
  const delegation = store.you.value.delegation;
  return (
    <form
      class="pad-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!delegation || !text.trim()) return;
        void send("set_contact", { delegation, contact: text.trim() });
        done();
      }}
    >
      <label>
        <span class="label">{t("E-mail or telephone")}</span>
        <input
          class="field"
          dir="auto"
          maxLength={200}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="soft">{t("Only the secretariat sees it.")}</p>
      <Button
        big
        main
        type="submit"
        reason={text.trim() ? null : t("Type how you are reached")}
        onPress={() => undefined}
      >
        {t("Tell the secretariat")}
      </Button>
    </form>
  );
}

/** A correction of what one said, in writing: it goes to the record and nowhere else. */
export function CorrectForm({ store, done }: FormProps) {
  const [text, setText] = useState("");
  const row = ownRow(store);
  const { zone } = store.meeting.value;
  if (row === null) return <p class="second">{t("You have not spoken yet.")}</p>;
  return (
    <form
      class="pad-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!text.trim()) return;
        void send("correct", { intervention: row.id, text: text.trim() });
        done();
      }}
    >
      <label>
        <span class="label">
          {t("What you said at {time} should read", {
            time: time(row.started_at, zone),
          })}
        </span>
        <textarea
          class="field"
          dir="auto"
          rows={4}
          maxLength={2000}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <p class="soft">
        {t("The rapporteurs add it to the record in your name; it is not read out.")}
      </p>
      <Button
        big
        main
        type="submit"
        reason={text.trim() ? null : t("Type the correction")}
        onPress={() => undefined}
      >
        {t("Send the correction")}
      </Button>
    </form>
  );
}
