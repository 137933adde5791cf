import { useSignal } from "@preact/signals";
import type { Boot } from "../../lib/boot.ts";
import { t } from "../../lib/i18n.ts";
import { Button } from "../../parts/Button.tsx";
import { presets } from "../api.ts";
import { useAsked } from "../asked.ts";
import type { Desk } from "../desk.ts";
import { setProfile } from "../pressPeople.ts";
import { Refused } from "../refused.tsx";
import { enforcementText } from "./limit.tsx";

/** The rules that hold: which they are, a sheet to print, and putting others in force. */
export function RulesWindow({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  const text = useSignal("");
  const reason = useSignal("");
  const done = useSignal(false);
  const { answer, trouble } = useAsked("presets", () => presets(desk.boot));
  const press = setProfile(text.value, reason.value);
  const apply = async () => {
    const final = await desk.carryOut(press);
    done.value = final.outcome === "ok";
  };
  return (
    <>
      <p>
        <b>
          <bdi>{meeting.rules.title}</bdi>
        </b>
      </p>
      <p class="soft">{enforcementText(meeting.rules)}</p>
      <p>
        <a class="button" href={sheet(desk.boot)} target="_blank" rel="noreferrer">
          {t("These rules as a sheet to print")}
        </a>
      </p>
      <h3>{t("Put other rules in force")}</h3>
      <p class="small soft">
        {t(
          "Choose a preset or paste a file. Limits of those on a list stay as they are.",
        )}
      </p>
      {trouble.value && <p role="alert">{trouble.value}</p>}
      <div class="choices">
        {(answer.value ?? []).map((each) => (
          <Button
            key={each.id}
            pressed={text.value === each.text}
            onPress={() => {
              text.value = each.text;
              done.value = false;
            }}
          >
            <bdi>{each.title}</bdi>
          </Button>
        ))}
      </div>
      <textarea
        class="field mono"
        dir="ltr"
        rows={8}
        spellcheck={false}
        aria-label={t("Rules as a file")}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          done.value = false;
        }}
      />
      <label class="stack">
        {t("Reason, for the log")}
        <input
          class="field"
          maxLength={200}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <Refused desk={desk} />
      {done.value && <p role="status">{t("These rules hold from now on.")}</p>}
      <div class="dialog-actions">
        <Button
          grave
          onPress={() => void apply()}
          busy={desk.isOnItsWay(press)}
          reason={
            text.value.trim() ? desk.whyNot("set_profile") : t("Choose rules first")
          }
        >
          {t("Check and apply from now on")}
        </Button>
      </div>
    </>
  );
}

/** The sheet is a page: it reads the cookie of the link that the query names. */
function sheet(boot: Boot): string {
  const query = new URLSearchParams({ as: boot.link, lang: boot.lang });
  return `/m/${boot.meeting}/rules?${query}`;
}
