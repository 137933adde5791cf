/** The directory: search, and put on the list, without leaving the field. */
import { useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { t } from "../lib/i18n.ts";
import { groupName, label, listName, roster, search } from "../lib/names.ts";
import { Button } from "../parts/Button.tsx";
import { CHANNELS, channelName, isChannel } from "./channels.ts";
import type { Desk } from "./desk.ts";
import { add, type Choice, choices, defaultKind, type Manner } from "./finding.ts";
import { Results } from "./results.tsx";
import { kindName } from "./said.ts";

const KINDS = [
  "statement",
  "question",
  "programme",
  "right_of_reply",
  "introduction",
  "secretariat",
  "concerned_party",
  "explanation_of_vote",
] as const;
type FoundKind = (typeof KINDS)[number];

export interface FindProps {
  readonly desk: Desk;
  readonly field: RefObject<HTMLInputElement | null>;
}

export function Find({ desk, field }: FindProps) {
  const text = useSignal("");
  /** -1: nothing is highlighted, Enter takes nothing. Null: the first, if it is sure. */
  const at = useSignal<number | null>(null);
  const group = useSignal("");
  const kind = useSignal<FoundKind | "">("");
  const addressed = useSignal("");
  const to = useSignal("");
  const manner: Manner = {
    channel: desk.channel.value,
    group: group.value,
    kind: kind.value || defaultKind(desk),
    addressed: addressed.value,
    to: to.value,
  };
  const found = choices(text.value, search, manner);
  const index = at.value ?? (found[0]?.sure ? 0 : -1);

  const take = async (choice: Choice) => {
    if (choice.onlyGroup) {
      group.value = choice.group;
      text.value = "";
      at.value = null;
      return;
    }
    const done = await add(desk, choice, manner);
    if (!done) return;
    text.value = "";
    at.value = null;
    group.value = "";
    kind.value = "";
    addressed.value = "";
    to.value = "";
    field.current?.focus();
  };

  const raise = (choice: Choice) => {
    desk.window.value = { name: "raise", delegation: choice.code };
    text.value = "";
    at.value = null;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at.value = Math.max(0, Math.min(found.length - 1, index + step));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const choice = found[index];
      if (choice?.code && event.shiftKey) raise(choice);
      else if (choice) void take(choice);
      else at.value = -1;
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (text.value === "") field.current?.blur();
      text.value = "";
      at.value = null;
    }
  };

  return (
    <section class="find-box" aria-label={t("Add a delegation")}>
      <label class="label" for="find">
        {t("Add a delegation")} <kbd>/</kbd>
      </label>
      <input
        class="field"
        id="find"
        ref={field}
        value={text.value}
        autocomplete="off"
        spellcheck={false}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="found"
        aria-activedescendant={index >= 0 ? `found-${index}` : undefined}
        placeholder={t("Name, alias or code")}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          at.value = null;
        }}
        onKeyDown={onKeyDown}
      />
      <div class="manner">
        <select
          class="field"
          aria-label={t("Received by")}
          value={manner.channel}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            if (isChannel(chosen)) desk.channel.value = chosen;
          }}
        >
          {CHANNELS.map((each) => (
            <option key={each} value={each}>
              {channelName(each)}
            </option>
          ))}
        </select>
        <select
          class="field"
          aria-label={t("Kind of intervention")}
          value={manner.kind}
          onChange={(event) => {
            kind.value = event.currentTarget.value as FoundKind;
          }}
        >
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {kindName(each)}
            </option>
          ))}
        </select>
      </div>
      <Behalf
        value={group.value}
        onChange={(code) => {
          group.value = code;
        }}
      />
      {manner.kind === "question" && (
        <Addressed
          desk={desk}
          value={addressed.value}
          onChange={(id) => {
            addressed.value = id;
          }}
        />
      )}
      {manner.kind === "right_of_reply" && (
        <ReplyTo
          desk={desk}
          value={to.value}
          onChange={(code) => {
            to.value = code;
          }}
        />
      )}
      {text.value !== "" && (
        <Results
          desk={desk}
          text={text.value}
          found={found}
          index={index}
          asked={at.value === -1}
          onTake={(choice) => void take(choice)}
          onRaise={raise}
        />
      )}
      {text.value === "" && (
        <div class="pair">
          <Button
            onPress={() => {
              desk.window.value = { name: "paste" };
            }}
            shortcut="V"
          >
            {t("Paste a list")}
          </Button>
          <Button
            onPress={() => {
              desk.window.value = { name: "raise", delegation: null };
            }}
            shortcut="R"
          >
            {t("Point of order …")}
          </Button>
        </div>
      )}
    </section>
  );
}

/** To whose statement it replies: those who have spoken, the last first. */
function ReplyTo({
  desk,
  value,
  onChange,
}: {
  desk: Desk;
  value: string;
  onChange: (code: string) => void;
}) {
  const spoken = [...desk.store.interventions.value.values()]
    .filter((row) => row.n > 0 && row.delegation)
    .sort((a, b) => b.n - a.n)
    .map((row) => row.delegation ?? "");
  return (
    <div class="manner one">
      <select
        class="field"
        aria-label={t("Replies to")}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{t("Replies to: not said")}</option>
        {[...new Set(spoken)].map((code) => (
          <option key={code} value={code}>
            {t("Replies to {name}", { name: listName(code) })}
          </option>
        ))}
      </select>
    </div>
  );
}

/** To whom of the panel a question is put; nothing where there is no panel. */
function Addressed({
  desk,
  value,
  onChange,
}: {
  desk: Desk;
  value: string;
  onChange: (panellist: string) => void;
}) {
  const segment = desk.store.segments.value.get(desk.list.value?.segment ?? "");
  const panel = (segment?.panellists ?? []).flatMap(
    (id) => desk.store.requests.value.get(id) ?? [],
  );
  if (panel.length === 0) return null;
  return (
    <div class="manner one">
      <select
        class="field"
        aria-label={t("Put to")}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{t("To all panellists")}</option>
        {panel.map((each) => (
          <option key={each.id} value={each.id}>
            {t("To {name}", { name: label(each).main })}
          </option>
        ))}
      </select>
    </div>
  );
}

/** For whom besides itself; a group of the register, or one that is typed. */
function Behalf({
  value,
  onChange,
}: {
  value: string;
  onChange: (code: string) => void;
}) {
  const groups = Object.keys(roster.value.groups);
  const typed = value.startsWith("=");
  return (
    <div class="manner one">
      <select
        class="field"
        aria-label={t("On behalf of")}
        value={typed ? "=" : value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{t("For itself")}</option>
        {groups.map((code) => (
          <option key={code} value={code}>
            {t("For {group}", { group: groupName(code) })}
          </option>
        ))}
        <option value="=">{t("For another group …")}</option>
      </select>
      {typed && (
        <input
          class="field"
          aria-label={t("Name of the group")}
          placeholder={t("Name of the group")}
          value={value.slice(1)}
          onInput={(event) => onChange(`=${event.currentTarget.value}`)}
        />
      )}
    </div>
  );
}
