/** The search over the rows, and what narrows them; and how many of how many are left. */
import { useComputed } from "@preact/signals";
import { t } from "../lib/i18n.ts";
import { groupName, listName } from "../lib/names.ts";
import { Button } from "../parts/Button.tsx";
import { type Desk, regionOf } from "./desk.ts";
import { ALL, type Filter, isFiltering } from "./filter.ts";
import { regionName } from "./regions.ts";
import { tagName } from "./tags.ts";

export const FIND_ID = "find-rows";

type Option = readonly [value: string, name: string];

export function Finder({ desk }: { desk: Desk }) {
  const { filter, rows, shown } = desk;
  const now = filter.value;
  const options = useOptions(desk);
  const narrow = (over: Partial<Filter>) => {
    filter.value = { ...filter.peek(), ...over };
  };
  return (
    <search
      class="finder"
      onFocusIn={() => {
        if (desk.at.peek() === null) return;
        desk.back.value = desk.at.peek();
        desk.at.value = null;
      }}
    >
      <input
        id={FIND_ID}
        class="field"
        type="search"
        aria-label={t("Search the rows")}
        aria-keyshortcuts="/"
        placeholder={t("Search the rows")}
        dir="auto"
        value={now.words}
        onInput={(event) => narrow({ words: event.currentTarget.value })}
      />
      <Choose
        name={t("All delegations")}
        value={now.delegation}
        options={options.delegations.value}
        onChoose={(delegation) => narrow({ delegation })}
      />
      <Choose
        name={t("All groups")}
        value={now.group}
        options={options.groups.value}
        onChoose={(group) => narrow({ group })}
      />
      <Choose
        name={t("All questions")}
        value={now.question === 0 ? "" : String(now.question)}
        options={options.questions.value}
        onChoose={(n) => narrow({ question: Number(n) })}
      />
      <Choose
        name={t("All tags")}
        value={now.tag}
        options={options.tags.value}
        onChoose={(tag) => narrow({ tag })}
      />
      <Choose
        name={t("Any row")}
        value={now.state}
        options={[
          ["follow_up", t("Follow-up")],
          ["empty", t("Nothing written yet")],
        ]}
        onChoose={(state) => narrow({ state: state as Filter["state"] })}
      />
      <p class="found" role="status">
        {isFiltering(now) && (
          <>
            <b class="num">
              {t("{n} of {all} rows", {
                n: shown.value.length,
                all: rows.value.length,
              })}
            </b>
            <Button
              onPress={() => {
                filter.value = ALL;
              }}
              shortcut="Esc"
            >
              {t("All rows")}
            </Button>
          </>
        )}
      </p>
    </search>
  );
}

interface ChooseProps {
  readonly name: string;
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}

/** One choice; absent where there is nothing to choose from. */
function Choose({ name, value, options, onChoose }: ChooseProps) {
  if (options.length === 0) return null;
  return (
    <select
      class="field"
      aria-label={name}
      data-on={value !== "" || undefined}
      value={value}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      <option value="">{name}</option>
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** What the rows offer to choose from, by name. */
function useOptions(desk: Desk) {
  const { rows, store } = desk;
  return {
    delegations: useComputed(() =>
      sorted(
        rows.value.flatMap(({ voice }): Option[] =>
          voice.delegation ? [[voice.delegation, listName(voice.delegation)]] : [],
        ),
      ),
    ),
    groups: useComputed(() => {
      const regions = rows.value.flatMap((row): Option[] => {
        const region = regionOf(row);
        return region ? [[`region:${region}`, regionName(region, "")]] : [];
      });
      const behalf = rows.value.flatMap(({ voice }): Option[] => {
        if (voice.group) return [[voice.group, groupName(voice.group)]];
        return voice.group_text ? [[voice.group_text, voice.group_text]] : [];
      });
      return [...sorted(regions), ...sorted(behalf)];
    }),
    questions: useComputed(() =>
      store.meeting.value.questions.map(
        (question, index): Option => [
          String(index + 1),
          `${index + 1} · ${question.length > 40 ? `${question.slice(0, 39)}…` : question}`,
        ],
      ),
    ),
    tags: useComputed(() =>
      sorted(
        rows.value
          .flatMap((row) => desk.markedOf(row.id).tags)
          .map((tag): Option => [tag, tagName(tag)]),
      ),
    ),
  };
}

function sorted(options: readonly Option[]): readonly Option[] {
  return [...new Map(options)].sort(([, a], [, b]) => a.localeCompare(b));
}
