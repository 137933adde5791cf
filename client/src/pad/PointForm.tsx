import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import { kindTitle, MOTIONS, type Motion } from "../lib/terms.ts";
import { Button } from "../parts/Button.tsx";
import { openMotion } from "./available.ts";
import type { FormProps } from "./Sheet.tsx";

/** A point of order: one more press, so that a thumb does not raise it by chance. */
export function PointForm({ done }: FormProps) {
  return (
    <>
      <p class="second">
        {t("On how the meeting is run, not on the substance of the question.")}
      </p>
      <p class="soft">
        {t(
          "The chair sees it at once and gives you the floor for it. You keep your place on the list.",
        )}
      </p>
      <Button
        big
        main
        onPress={() => {
          void send("request_floor", { kind: "point_of_order" });
          done();
        }}
      >
        {t("Raise a point of order")}
      </Button>
    </>
  );
}

/** Which motion; or for or against the one that is on the floor. */
export function MotionForm({ store, done }: FormProps) {
  const [motion, setMotion] = useState<Motion | null>(null);
  const open = openMotion(store);
  const speak = (side: "for" | "against") => {
    if (!open) return;
    void send("request_floor", { kind: "procedural_motion", side, on: open.request });
    done();
  };
  return (
    <>
      {open && (
        <>
          <p class="second">
            {t("{motion}, made by {name}", {
              motion: kindTitle(open),
              name: label(open).main,
            })}
          </p>
          <Button class="option" onPress={() => speak("for")}>
            {t("Speak in favour")}
          </Button>
          <Button class="option" onPress={() => speak("against")}>
            {t("Speak against")}
          </Button>
          <p class="label">{t("Another motion")}</p>
        </>
      )}
      {MOTIONS.map((each) => (
        <Button
          key={each}
          class="option"
          pressed={motion === each}
          onPress={() => setMotion(each)}
        >
          {motionTitle(each)}
        </Button>
      ))}
      <Button
        big
        main
        reason={motion ? null : t("Choose which motion")}
        onPress={() => {
          if (!motion) return;
          void send("request_floor", { kind: "procedural_motion", motion });
          done();
        }}
      >
        {t("Move it")}
      </Button>
    </>
  );
}

function motionTitle(motion: Motion): string {
  const titles: Record<Motion, string> = {
    suspend_meeting: t("Suspend the meeting"),
    adjourn_meeting: t("Adjourn the meeting"),
    adjourn_debate: t("Adjourn the debate"),
    close_debate: t("Close the debate"),
    other: t("Another motion"),
  };
  return titles[motion];
}
