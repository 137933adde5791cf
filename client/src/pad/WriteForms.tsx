import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";
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
