import { stateName, stateOf } from "../../conclusions/names.ts";
import { type Section, sections } from "../../conclusions/order.ts";
import { printConclusions } from "../../conclusions/paper.tsx";
import { t, time } from "../../lib/i18n.ts";
import type { ConclusionEntity } from "../../lib/protocol.ts";
import { Button } from "../../parts/Button.tsx";
import { Place } from "../../parts/Place.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { agree, release, show } from "../pressRecord.ts";
import { Refused } from "../refused.tsx";

/** What the rapporteurs drew, and what of it everyone sees, on pads and on displays. */
export function ConclusionsWindow({ desk }: { desk: Desk }) {
  const { store } = desk;
  const { meeting } = desk.scene.value;
  const { questions, zone, conclusion_shown } = meeting;
  const at = meeting.handed_over_at ?? null;
  const all = [...store.conclusions.value.values()];
  const part = (addendum: boolean) =>
    sections(store.segments.value, questions, store.conclusions.value, addendum);
  const addendum = part(true);
  if (all.length === 0) {
    return <p>{t("The rapporteurs have not written any conclusions yet.")}</p>;
  }
  return (
    <>
      <p class="soft">
        {at === null
          ? t("Not handed over yet.")
          : t("Handed over at {time}.", { time: time(at, zone) })}{" "}
        {t("Everyone sees what is released; the rest stays with the secretariat.")}
      </p>
      <div class="choices">
        <Act
          desk={desk}
          press={release(all, true)}
          why={
            all.every((each) => each.released)
              ? t("All are shown to everyone")
              : t("None of the others is agreed")
          }
        >
          {t("Release all that are agreed")}
        </Act>
        <Act
          desk={desk}
          press={release(all, false)}
          why={t("None is shown to everyone")}
        >
          {t("Take all back")}
        </Act>
        <Act
          desk={desk}
          press={conclusion_shown === null ? null : show(meeting, null)}
          why={t("None stands on the display")}
        >
          {t("Clear the display")}
        </Act>
        <Button onPress={() => printConclusions(store)}>
          {t("Print the speaker's script")}
        </Button>
      </div>
      <Refused desk={desk} />
      <Part desk={desk} sections={part(false)} />
      {addendum.length > 0 && (
        <>
          <h3>{t("Addendum")}</h3>
          <Part desk={desk} sections={addendum} />
        </>
      )}
    </>
  );
}

function Part({ desk, sections: all }: { desk: Desk; sections: readonly Section[] }) {
  return (
    <>
      {all.map(({ key, title, question, words, conclusions }) => (
        <section key={key} class="conclusions-section">
          <h3>
            {question !== null && <Place n={question} />}
            <bdi>{words || title}</bdi>
          </h3>
          <ol>
            {conclusions.map((each) => (
              <Line key={each.id} desk={desk} conclusion={each} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function Line({ desk, conclusion }: { desk: Desk; conclusion: ConclusionEntity }) {
  const { meeting } = desk.scene.value;
  const { id, place, text, released, agreed } = conclusion;
  const state = stateOf(conclusion);
  const onDisplay = meeting.conclusion_shown === id;
  return (
    <li class="conclusion" data-chosen={onDisplay || undefined}>
      <p class="conclusion-head">
        <span class="num">{place + 1}</span>
        <span class="state" data-is={state}>
          {stateName(state)}
        </span>
        {onDisplay && <b>{t("On the display")}</b>}
      </p>
      <p class="conclusion-text">
        <bdi>{text}</bdi>
      </p>
      <div class="conclusion-acts">
        {!released && <Act desk={desk} press={agree(conclusion)} />}
        <Act
          desk={desk}
          press={release([conclusion], !released)}
          why={t("Once it is agreed")}
        >
          {released ? t("Take back") : t("Release")}
        </Act>
        {(released || agreed) && (
          <Act
            desk={desk}
            press={released ? show(meeting, onDisplay ? null : id) : null}
            why={t("Once it is released")}
          >
            {onDisplay ? t("Take off the display") : t("Show on the display")}
          </Act>
        )}
      </div>
    </li>
  );
}
