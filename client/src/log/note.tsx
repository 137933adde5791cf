import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import { Button } from "../parts/Button.tsx";
import { Conflict } from "./conflict.tsx";
import { phaseOf } from "./draft.ts";
import type { Notebook } from "./notebook.ts";
import type { Row } from "./rows.ts";
import { inserted, type Token, tokenOf } from "./tokens.ts";

export interface NoteProps {
  readonly book: Notebook;
  readonly row: Row;
  readonly words: readonly Token[];
  readonly mayWrite: boolean;
  readonly isEditing: boolean;
  readonly onEdit: (id: string | null) => void;
}

const LONGEST = 4000;

/** The gist of one intervention; saved by itself. */
export function Note({ book, row, words, mayWrite, isEditing, onEdit }: NoteProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  const draft = book.draftOf(row.id).value;
  const phase = phaseOf(draft);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    if (caret.current !== null) {
      element.setSelectionRange(caret.current, caret.current);
      caret.current = null;
    }
    element.rows = Math.max(1, draft.text.split("\n").length);
    grow(element);
  }, [draft.text, isEditing]);

  const put = (token: Token) => {
    const element = field.current;
    if (!element) return;
    const { selectionStart, selectionEnd } = element;
    const next = inserted(draft.text, selectionStart, selectionEnd, token.text);
    caret.current = next.caret;
    book.type(row.id, next.text);
    element.focus();
  };

  if (!mayWrite) {
    return (
      <p class="gist-read">{draft.text || <span class="soft">{t("No note")}</span>}</p>
    );
  }
  return (
    <div class="note" data-phase={phase}>
      <textarea
        id={`note-${row.id}`}
        class="gist"
        ref={field}
        rows={1}
        maxLength={LONGEST}
        dir={draft.text ? "auto" : undefined}
        aria-label={t("What {name} said", { name: label(row.voice).main })}
        placeholder={t("Nothing written yet")}
        value={draft.text}
        onInput={(event) => book.type(row.id, event.currentTarget.value)}
        onFocus={() => onEdit(row.id)}
        onBlur={() => book.settle(row.id)}
        onKeyDown={(event) => {
          const token = tokenOf(event, words);
          if (!token) return;
          event.preventDefault();
          put(token);
        }}
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
          onChoose={(which) => book.choose(row.id, which)}
        />
      )}
      {isEditing && (
        // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields
        <div class="set" role="group" aria-label={t("Insert")}>
          {words.map((token) => (
            // biome-ignore lint/a11y/noStaticElementInteractions: keeps the cursor in the note
            <span key={token.id} onMouseDown={(event) => event.preventDefault()}>
              <Button onPress={() => put(token)} shortcut={`Alt ${token.key}`}>
                {token.name}
              </Button>
            </span>
          ))}
        </div>
      )}
    </div>
  );
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

function phaseWord(phase: string): string {
  const words: Record<string, string> = {
    unsaved: t("Not saved yet"),
    saving: t("Saving"),
    conflict: t("Somebody else has changed this note"),
  };
  return words[phase] ?? "";
}
