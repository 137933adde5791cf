import { useComputed } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import { Conflict } from "./conflict.tsx";
import type { Desk } from "./desk.ts";
import { phaseOf } from "./draft.ts";
import { Chips, CorrectButton, MarkButtons } from "./markButtons.tsx";
import { writer } from "./mates.ts";
import type { Row } from "./rows.ts";

export interface NoteProps {
  readonly desk: Desk;
  readonly row: Row;
  readonly isAt: boolean;
}

const LONGEST = 4000;

/** The gist of one intervention, saved by itself, and under it how it is marked. */
export function Note({ desk, row, isAt }: NoteProps) {
  const { book } = desk;
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = book.draftOf(row.id).value;
  const phase = phaseOf(draft);
  const who = useComputed(() => writer(desk.mates.value, row.id));
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.rows = Math.max(1, draft.text.split("\n").length);
    grow(element);
  }, [draft.text, isAt]);

  if (!desk.mayWrite.value) {
    return (
      <>
        <p class="gist-read">
          {draft.text || <span class="soft">{t("No note")}</span>}
        </p>
        <Chips desk={desk} row={row} />
        {isAt && (
          <div class="marks">
            <CorrectButton desk={desk} row={row} />
          </div>
        )}
      </>
    );
  }
  return (
    <div class="note" data-phase={phase}>
      <textarea
        id={noteId(row.id)}
        class="gist"
        ref={field}
        rows={1}
        maxLength={LONGEST}
        dir={draft.text ? "auto" : undefined}
        aria-label={t("What {name} said", { name: label(row.voice).main })}
        placeholder={t("Nothing written yet")}
        value={draft.text}
        onInput={(event) => book.type(row.id, event.currentTarget.value)}
        onBlur={() => book.settle(row.id)}
      />
      {phase !== "saved" && (
        <small class="phase" data-warn={phase === "failed" || undefined}>
          {phase === "failed" ? (draft.failed ?? "") : phaseWord(phase)}
        </small>
      )}
      {draft.theirs && (
        <Conflict
          mine={draft.text}
          theirs={draft.theirs.text}
          who={who.value}
          onChoose={(which) => book.choose(row.id, which)}
        />
      )}
      {isAt ? <MarkButtons desk={desk} row={row} /> : <Chips desk={desk} row={row} />}
    </div>
  );
}

/** Where the note of a row stands in the document. */
export function noteId(row: string): string {
  return `note-${row}`;
}

/** As high as its text, where the style sheet alone cannot do it. */
function grow(element: HTMLTextAreaElement): void {
  if (CSS.supports?.("field-sizing", "content")) return;
  let rows = element.rows;
  while (element.scrollHeight > element.clientHeight + 1 && rows < 20) {
    rows += 1;
    element.rows = rows;
  }
}

export function phaseWord(phase: string): string {
  const words: Record<string, string> = {
    unsaved: t("Not saved yet"),
    saving: t("Saving"),
    conflict: t("Somebody else has changed this"),
  };
  return words[phase] ?? "";
}
