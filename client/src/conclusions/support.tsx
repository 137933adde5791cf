/** The rows of the record beside the conclusions: those that support one are linked. */
import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t, tn } from "../lib/i18n.ts";
import { behalf, label } from "../lib/names.ts";
import type { ConclusionEntity } from "../lib/protocol.ts";
import type { Desk } from "../log/desk.ts";
import { ALL, type Filter, matches } from "../log/filter.ts";
import type { Row } from "../log/rows.ts";
import { tagName } from "../log/tags.ts";
import { Button } from "../parts/Button.tsx";
import { fixed, textId } from "./card.tsx";

export const SUPPORT_ID = "conclusion-support";

export interface SupportProps {
  readonly desk: Desk;
  /** The conclusion that is worked on. */
  readonly chosen: Signal<string | null>;
  readonly write: boolean;
}

export function Support({ desk, chosen, write }: SupportProps) {
  const { store } = desk;
  const filter = useSignal<Filter>(ALL);
  const conclusion = store.conclusions.value.get(chosen.value ?? "") ?? null;
  const question = conclusion?.question ?? 0;
  // whoever goes on to a conclusion of another question looks for its rows
  useEffect(() => {
    if (conclusion) filter.value = { ...filter.peek(), question };
  }, [conclusion === null, question]);
  const links = conclusion?.interventions ?? [];
  const rows = desk.rows.value.filter(
    (each) =>
      links.includes(each.id) || matches(each, factsOf(desk, each), filter.value),
  );
  const why = conclusion && fixed(conclusion, store.meeting.value.handed_over_at);
  return (
    <aside class="support" id={SUPPORT_ID} aria-label={t("Interventions")}>
      <h2 class="label">{t("Interventions")}</h2>
      <p class="small soft">
        {!write
          ? t("What supports each conclusion is linked by the rapporteurs.")
          : conclusion === null
            ? t("Choose a conclusion; then link what supports it.")
            : why
              ? t("The links stay as they are: {reason}.", { reason: why })
              : tn(
                  "{n} is linked with the chosen conclusion.",
                  "{n} are linked with the chosen conclusion.",
                  links.length,
                )}
      </p>
      <Filters desk={desk} filter={filter} />
      <ul>
        {rows.map((row) => (
          <Choice
            key={row.id}
            desk={desk}
            row={row}
            conclusion={write && !why ? conclusion : null}
            linked={links.includes(row.id)}
          />
        ))}
      </ul>
      {rows.length === 0 && (
        <p class="small soft">
          {desk.rows.value.length === 0
            ? t("Nobody has spoken yet.")
            : t("No row is like that.")}
        </p>
      )}
      {conclusion && (
        <Button
          class="to-support"
          onPress={() => document.getElementById(textId(conclusion.id))?.focus()}
        >
          {t("Back to the conclusion")}
        </Button>
      )}
    </aside>
  );
}

function Filters({ desk, filter }: { desk: Desk; filter: Signal<Filter> }) {
  const { questions, tags = [] } = desk.store.meeting.value;
  const set = (over: Partial<Filter>) => {
    filter.value = { ...filter.value, ...over };
  };
  const used = desk.rows.value.flatMap((each) => desk.markedOf(each.id).tags);
  const known = new Set([...tags.map(([tag]) => String(tag)), ...used]);
  return (
    <div class="support-filters">
      <input
        class="field"
        type="search"
        dir="auto"
        aria-label={t("Search the interventions")}
        placeholder={t("Search")}
        value={filter.value.words}
        onInput={(event) => set({ words: event.currentTarget.value })}
      />
      {questions.length > 0 && (
        <select
          class="field"
          aria-label={t("Guiding question")}
          value={String(filter.value.question)}
          onChange={(event) => set({ question: Number(event.currentTarget.value) })}
        >
          <option value="0">{t("Every question")}</option>
          {questions.map((words, index) => (
            <option key={words} value={String(index + 1)}>
              {t("Question {n}", { n: index + 1 })}
            </option>
          ))}
        </select>
      )}
      <select
        class="field"
        aria-label={t("Tag")}
        value={filter.value.tag}
        onChange={(event) => set({ tag: event.currentTarget.value })}
      >
        <option value="">{t("Every tag")}</option>
        {[...known].map((tag) => (
          <option key={tag} value={tag}>
            {tagName(tag)}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ChoiceProps {
  readonly desk: Desk;
  readonly row: Row;
  /** With what it can be linked now. */
  readonly conclusion: ConclusionEntity | null;
  readonly linked: boolean;
}

function Choice({ desk, row, conclusion, linked }: ChoiceProps) {
  const [said, setSaid] = useState("");
  const gist = desk.book.draftOf(row.id).value.text;
  const { tags, questions } = desk.markedOf(row.id);
  const name = label(row.voice).main;
  const press = async () => {
    if (!conclusion) return;
    const { id, version = 1 } = conclusion;
    const interventions = linked ? { drop: [row.id] } : { add: [row.id] };
    const fields = { conclusion: id, interventions, version };
    const final = await send("write_conclusion", fields, { quiet: true });
    setSaid(final.outcome === "no" ? final.message : "");
  };
  const marks = [
    behalf(row.voice),
    ...questions.map((n) => t("Question {n}", { n })),
    ...tags.map(tagName),
  ].filter(Boolean);
  return (
    <li data-linked={linked || undefined}>
      <span class="num">{row.n}</span>
      <div>
        <b>
          <bdi>{name}</bdi>
        </b>
        {marks.length > 0 && <small class="soft">{marks.join(" · ")}</small>}
        <p class={gist ? "gist-line" : "gist-line soft"}>
          <bdi>{gist || t("No note")}</bdi>
        </p>
        {said && (
          <p role="alert" data-warn>
            {said}
          </p>
        )}
      </div>
      {conclusion && (
        <Button
          pressed={linked}
          label={
            linked
              ? t("Unlink row {n}, {name}", { n: row.n, name })
              : t("Link row {n}, {name}", { n: row.n, name })
          }
          onPress={() => void press()}
        >
          {linked ? t("Linked") : t("Link")}
        </Button>
      )}
    </li>
  );
}

function factsOf(desk: Desk, row: Row) {
  const marked = desk.markedOf(row.id);
  const { main, sub, person } = label(row.voice);
  const gist = desk.book.draftOf(row.id).value.text;
  return {
    marked,
    region: "",
    empty: gist.trim() === "",
    words: [main, sub, person, behalf(row.voice), gist, ...marked.tags.map(tagName)],
  };
}
