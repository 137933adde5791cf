import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";
import type { FormProps } from "./Sheet.tsx";

/** A call for help. It goes to the technical desk and is no request for the floor. */
export function ProblemForm({ store, done }: FormProps) {
  const [text, setText] = useState("");
  const open = (store.mine.value?.signals.length ?? 0) > 0;
  const tell = (what: string) => {
    void send("request_floor", { kind: "technical", text: what });
    done();
  };
  return (
    <>
      {open && (
        <p class="second">{t("The technical desk knows and is looking at it.")}</p>
      )}
      {problems().map(({ english, shown }) => (
        <Button key={english} class="option" onPress={() => tell(english)}>
          {shown}
        </Button>
      ))}
      <form
        class="pad-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) tell(text.trim());
        }}
      >
        <label>
          <span class="label">{t("Something else")}</span>
          <input
            class="field"
            dir="auto"
            maxLength={200}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <Button
          type="submit"
          reason={text.trim() ? null : t("Say what is wrong")}
          onPress={() => undefined}
        >
          {t("Tell the technical desk")}
        </Button>
      </form>
    </>
  );
}

/** Sent in English, which the desk's screen puts into its own language. */
function problems(): readonly { english: string; shown: string }[] {
  return [
    { english: "We hear no sound", shown: t("We hear no sound") },
    { english: "We hear no interpretation", shown: t("We hear no interpretation") },
    { english: "We are not heard", shown: t("We are not heard") },
    { english: "Our connection is bad", shown: t("Our connection is bad") },
  ];
}
