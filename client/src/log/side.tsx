import { useComputed } from "@preact/signals";
import { mmss } from "../console/length.ts";
import { t, tn } from "../lib/i18n.ts";
import { label, roster } from "../lib/names.ts";
import { Place } from "../parts/Place.tsx";
import type { Desk } from "./desk.ts";
import { regionName } from "./regions.ts";
import type { Row } from "./rows.ts";
import { type Total, totals } from "./totals.ts";

export function Side({ desk }: { desk: Desk }) {
  const { rows } = desk;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by the keyboard
    <aside class="side" tabIndex={0} aria-label={t("Time by delegation")}>
      <Questions desk={desk} />
      <p class="small soft">
        {t("The figures are seen by rapporteurs and moderators only.")}
      </p>
      <Totals title={t("Time by region")} totals={totals(rows.value, regionOf)} />
      <Totals title={t("Time by delegation")} totals={totals(rows.value, nameOf)} />
    </aside>
  );
}

function Questions({ desk }: { desk: Desk }) {
  const { store } = desk;
  const { questions } = store.meeting.value;
  const now = store.runningSegment.value?.questions ?? [];
  const counts = useComputed(() => {
    const all = desk.rows.value.flatMap((row) => desk.markedOf(row.id).questions);
    return questions.map((_, index) => all.filter((n) => n === index + 1).length);
  }).value;
  if (questions.length === 0) return null;
  return (
    <section>
      <h2 class="label">{t("Guiding questions")}</h2>
      {questions.map((question, index) => (
        <div key={question} class="question">
          <Place n={index + 1} next={now.includes(index + 1)} />
          <p>
            <bdi>{question}</bdi>
            <small class="soft">
              {tn("{n} intervention", "{n} interventions", counts[index] ?? 0)}
            </small>
          </p>
        </div>
      ))}
    </section>
  );
}

function Totals({ title, totals: all }: { title: string; totals: readonly Total[] }) {
  if (all.length === 0) return null;
  return (
    <section>
      <h2 class="label">{title}</h2>
      <dl>
        {all.map((each) => (
          <div key={each.key}>
            <dt>
              <bdi>{each.key}</bdi>
            </dt>
            <dd title={tn("{n} intervention", "{n} interventions", each.times)}>
              <span class="num">{each.times}</span>
            </dd>
            <dd>
              <span class="num">{mmss(each.spoken_ms)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function nameOf(row: Row): string {
  return label(row.voice).main;
}

/** The region it is counted with; organisations and persons have none. */
function regionOf(row: Row): string {
  const entry = roster.value.delegations[row.voice.delegation ?? ""];
  if (!entry) return "";
  return regionName(entry.region ?? "", entry.tier);
}
