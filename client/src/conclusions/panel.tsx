/** The rapporteurs' conclusions: drafted beside the interventions that support them. */
import { type Signal, useSignal } from "@preact/signals";
import { useState } from "preact/hooks";
import { t } from "../lib/i18n.ts";
import type { Desk } from "../log/desk.ts";
import { Button } from "../parts/Button.tsx";
import { Place } from "../parts/Place.tsx";
import { Card } from "./card.tsx";
import type { Drafts } from "./drafts.ts";
import { HandOver } from "./handOver.tsx";
import { headingName, LONGEST } from "./names.ts";
import {
  type Heading,
  headings,
  isUsual,
  keyOf,
  type Section,
  sections,
} from "./order.ts";
import { Support } from "./support.tsx";

export interface PanelProps {
  readonly desk: Desk;
  readonly drafts: Drafts;
  /** Goes to a row of the record. */
  readonly onRow: (row: string) => void;
}

export function Conclusions({ desk, drafts, onRow }: PanelProps) {
  const { store } = desk;
  const chosen = useSignal<string | null>(null);
  const meeting = store.meeting.value;
  const segments = store.segments.value;
  const all = store.conclusions.value;
  const over = (meeting.handed_over_at ?? null) !== null;
  const usual = isUsual(segments);
  const extra = useSignal<readonly string[]>([]);
  const also = (heading: Heading) =>
    usual(heading) || extra.value.includes(keyOf(heading));
  const handed = sections(segments, meeting.questions, all, false, over ? none : also);
  const addendum = over ? sections(segments, meeting.questions, all, true, also) : [];
  const shown = new Set([...handed, ...addendum].map((each) => each.key));
  const rest = headings(segments).filter((each) => !shown.has(keyOf(each)));
  const write = mayWrite(desk);
  const parts = { desk, drafts, chosen, onRow, write };
  return (
    <main class="conclusions" aria-label={t("Conclusions")}>
      <HandOver store={store} drafts={drafts} write={write} />
      <div class="conclusions-columns">
        <div class="conclusions-list">
          <Sections {...parts} sections={handed} fresh={write && !over} />
          {over && (
            <>
              <h2 class="addendum">{t("Addendum")}</h2>
              <p class="soft small">
                {t("What is written after the hand-over; it has an order of its own.")}
              </p>
              <Sections {...parts} sections={addendum} fresh={write} />
            </>
          )}
          {write && rest.length > 0 && (
            <label class="another">
              {t("Another heading")}
              <select
                class="field"
                value=""
                onChange={(event) => {
                  extra.value = [...extra.value, event.currentTarget.value];
                }}
              >
                <option value="">{t("Choose one")}</option>
                {rest.map((each) => (
                  <option key={keyOf(each)} value={keyOf(each)}>
                    {headingName(desk.store, each)}
                  </option>
                ))}
              </select>
            </label>
          )}
          {all.size === 0 && !write && (
            <p class="soft">{t("There are no conclusions yet.")}</p>
          )}
        </div>
        <Support desk={desk} chosen={chosen} write={write} />
      </div>
    </main>
  );
}

function none(): boolean {
  return false;
}

function mayWrite({ store }: Desk): boolean {
  const { commands } = store.you.value;
  return (
    commands.includes("write_conclusion") && store.meeting.value.state !== "archived"
  );
}

interface SectionsProps extends PanelProps {
  readonly sections: readonly Section[];
  readonly chosen: Signal<string | null>;
  /** Whether new ones can be drawn here. */
  readonly fresh: boolean;
  readonly write: boolean;
}

function Sections({ sections: all, fresh, ...parts }: SectionsProps) {
  let title = "";
  return (
    <>
      {all.map((section) => {
        const isNew = section.title !== title;
        title = section.title;
        return (
          <section key={section.key} class="conclusions-section">
            {isNew && (
              <h2>
                <bdi>{section.title}</bdi>
              </h2>
            )}
            {section.question !== null && (
              <h3>
                <Place n={section.question} />
                <bdi>{section.words}</bdi>
              </h3>
            )}
            <ol>
              {section.conclusions.map((each) => (
                <Card
                  key={each.id}
                  {...parts}
                  conclusion={each}
                  among={section.conclusions.length}
                />
              ))}
            </ol>
            {fresh ? (
              <Fresh {...parts} heading={section} />
            ) : (
              section.conclusions.length === 0 && (
                <p class="soft small">{t("Nothing yet.")}</p>
              )
            )}
          </section>
        );
      })}
    </>
  );
}

interface FreshProps {
  readonly desk: Desk;
  readonly drafts: Drafts;
  readonly heading: Heading;
  readonly chosen: Signal<string | null>;
}

/** The place of a new conclusion: typed, and then drawn by its button. */
function Fresh({ desk, drafts, heading, chosen }: FreshProps) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState("");
  const text = drafts.freshOf(heading).value;
  const draw = async () => {
    if (busy) return;
    setBusy(true);
    const final = await drafts.draw(heading);
    setBusy(false);
    setSaid(final?.outcome === "no" ? final.message : "");
    const made = final?.outcome === "ok" ? final.result : {};
    if (typeof made.conclusion === "string") chosen.value = made.conclusion;
  };
  return (
    <form
      class="fresh"
      onSubmit={(event) => {
        event.preventDefault();
        void draw();
      }}
    >
      <textarea
        class="field"
        rows={2}
        maxLength={LONGEST}
        dir={text ? "auto" : undefined}
        aria-label={t("A new conclusion: {heading}", {
          heading: headingName(desk.store, heading),
        })}
        placeholder={t("A new conclusion")}
        value={text}
        onFocus={() => {
          chosen.value = null;
        }}
        onInput={(event) => drafts.typeFresh(heading, event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void draw();
        }}
      />
      {text.trim() && (
        <Button type="submit" onPress={() => {}} busy={busy} shortcut="Ctrl Enter">
          {t("Add the conclusion")}
        </Button>
      )}
      {said && (
        <p role="alert" data-warn>
          {said}
        </p>
      )}
    </form>
  );
}
