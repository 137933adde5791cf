import { t } from "../../lib/i18n.ts";
import type { Desk } from "../desk.ts";
import type { Appeal } from "../pressPoints.ts";

/** What else is recorded with the ruling: an appeal against it, and a note. */
export function RulingWindow({ desk }: { desk: Desk }) {
  const { appeal, note } = desk.decision.value;
  const { ruling } = desk.scene.value;
  if (!ruling) return <p>{t("No ruling is asked for now.")}</p>;
  const answers: readonly (readonly [Appeal | null, string])[] = [
    [null, t("No appeal")],
    ["ruling_stands", t("Appealed: the ruling stands")],
    ["ruling_overturned", t("Appealed: the ruling is overturned")],
  ];
  return (
    <>
      {ruling.kind === "point_of_order" && (
        <fieldset class="stack">
          <legend class="label">{t("Appeal against the ruling")}</legend>
          {answers.map(([each, words]) => (
            <label key={words} class="tick">
              <input
                type="radio"
                name="appeal"
                checked={appeal === each}
                onChange={() => desk.decide({ appeal: each })}
              />
              {words}
            </label>
          ))}
        </fieldset>
      )}
      <label class="stack">
        {t("Note on the ruling, for the record")}
        <input
          class="field"
          maxLength={200}
          value={note}
          onInput={(event) => desk.decide({ note: event.currentTarget.value })}
        />
      </label>
      <p class="small soft">
        {t("It is recorded with the filled button, together with the ruling.")}
      </p>
    </>
  );
}
