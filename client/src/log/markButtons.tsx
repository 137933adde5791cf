/** How a row is marked: buttons with their keys while it is worked in, words else. */
import { useState } from "preact/hooks";
import { t } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";
import { Conflict, keepCursor } from "./conflict.tsx";
import type { Desk } from "./desk.ts";
import { phaseOf } from "./draft.ts";
import { keyOf } from "./keymap.ts";
import { has, type Mark } from "./marks.ts";
import { writer } from "./mates.ts";
import type { Row } from "./rows.ts";
import { type Choice, tagName } from "./tags.ts";

interface Props {
  readonly desk: Desk;
  readonly row: Row;
}

const LONGEST_TAG = 40;
const LONGEST_SYMBOL = 200;
const STAR: Mark = { is: "star" };

/** What the row is marked with, to be read. */
export function Chips({ desk, row }: Props) {
  const { tags, questions, follow_up } = desk.markedOf(row.id);
  const document = desk.book.draftOf(row.id, "document").value.text;
  if (!follow_up && !document && tags.length + questions.length === 0) return null;
  return (
    <p class="chips">
      {follow_up && (
        <span class="badge star">
          <Star />
          {t("Follow-up")}
        </span>
      )}
      {questions.map((n) => (
        <span key={n} class="badge" title={desk.store.meeting.value.questions[n - 1]}>
          {t("Question {n}", { n })}
        </span>
      ))}
      {tags.map((tag) => (
        <bdi key={tag} class="badge">
          {tagName(tag)}
        </bdi>
      ))}
      {document && <bdi class="badge symbol">{document}</bdi>}
    </p>
  );
}

/** A star that is drawn: letters of a face may lack it. */
function Star() {
  return (
    <svg class="star-shape" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M10 1.6l2.5 5.4 5.9.7-4.4 4 1.2 5.9L10 14.6l-5.2 3 1.2-5.9-4.4-4 5.9-.7z" />
    </svg>
  );
}

export function MarkButtons({ desk, row }: Props) {
  const { book, choices } = desk;
  const marked = desk.markedOf(row.id);
  const all = choices.value;
  const refused = book.refused.value;
  const toggle = (mark: Mark) => book.mark(row.id, mark, !has(marked, mark));
  const group = (is: Mark["is"]) => all.filter((each) => each.mark.is === is);
  const known = new Set(all.map(({ mark }) => (mark.is === "tag" ? mark.tag : "")));
  const free = marked.tags.filter((tag) => !known.has(tag));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keeps the cursor in the note
    <div class="marks" onMouseDown={keepCursor}>
      <Group name={t("Guiding questions")}>
        {group("question").map((each) => (
          <Toggle
            key={each.name}
            choice={each}
            on={has(marked, each.mark)}
            onPress={() => toggle(each.mark)}
          />
        ))}
      </Group>
      <Group name={t("Tags")}>
        {group("tag").map((each) => (
          <Toggle
            key={each.name}
            choice={each}
            on={has(marked, each.mark)}
            onPress={() => toggle(each.mark)}
          />
        ))}
        {free.map((tag) => (
          <Toggle
            key={tag}
            choice={{ mark: { is: "tag", tag }, key: "", name: tag, title: "" }}
            on
            onPress={() => toggle({ is: "tag", tag })}
          />
        ))}
        <FreeTag desk={desk} row={row} />
      </Group>
      <Group name={t("More of the row")}>
        <Toggle
          choice={{
            mark: STAR,
            key: keyOf("f", all),
            name: t("Follow-up"),
            title: "",
          }}
          on={marked.follow_up}
          onPress={() => toggle(STAR)}
        />
        <DocumentSymbol desk={desk} row={row} />
        <CorrectButton desk={desk} row={row} />
      </Group>
      {refused?.row === row.id && <small data-warn>{refused.why}</small>}
    </div>
  );
}

function Group({
  name,
  children,
}: {
  name: string;
  children: preact.ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields
    <div class="set" role="group" aria-label={name}>
      {children}
    </div>
  );
}

interface ToggleProps {
  readonly choice: Choice;
  readonly on: boolean;
  readonly onPress: () => void;
}

function Toggle({ choice, on, onPress }: ToggleProps) {
  const { key, name, title } = choice;
  return (
    <span title={title || undefined}>
      <Button
        onPress={onPress}
        pressed={on}
        {...(key && { shortcut: key.toUpperCase() })}
      >
        <bdi>{name}</bdi>
      </Button>
    </span>
  );
}

function FreeTag({ desk, row }: Props) {
  const [text, setText] = useState("");
  const put = () => {
    const tag = text.trim();
    if (tag) desk.book.mark(row.id, { is: "tag", tag }, true);
    setText("");
  };
  return (
    <input
      id={`tag-${row.id}`}
      class="field small-field"
      aria-label={t("Another tag")}
      placeholder={t("Another tag")}
      maxLength={LONGEST_TAG}
      dir="auto"
      value={text}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={put}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        put();
      }}
    />
  );
}

/** The symbol of the document that the speaker meant. */
function DocumentSymbol({ desk, row }: Props) {
  const { book } = desk;
  const draft = book.draftOf(row.id, "document").value;
  const phase = phaseOf(draft);
  return (
    <>
      <input
        id={`document-${row.id}`}
        class="field small-field"
        aria-label={t("Document symbol")}
        placeholder={t("Document symbol")}
        maxLength={LONGEST_SYMBOL}
        dir="auto"
        data-phase={phase}
        value={draft.text}
        onInput={(event) => book.type(row.id, event.currentTarget.value, "document")}
        onBlur={() => book.settle(row.id, "document")}
      />
      {draft.theirs && (
        <Conflict
          mine={draft.text}
          theirs={draft.theirs.text}
          who={writer(desk.mates.value, row.id)}
          onChoose={(which) => book.choose(row.id, which, "document")}
        />
      )}
    </>
  );
}

export function CorrectButton({ desk, row }: Props) {
  if (!desk.mayCorrect(row)) return null;
  const key = keyOf("r", desk.choices.value);
  return (
    <Button
      onPress={() => {
        desk.over.value = { is: "correct", row: row.id };
      }}
      {...(key && { shortcut: key.toUpperCase() })}
    >
      {t("Correct the row")}
    </Button>
  );
}
