import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { mmss } from "../console/length.ts";
import { commas, t, time, tx } from "../lib/i18n.ts";
import { languageName } from "../lib/languages.ts";
import { behalf, label, plate } from "../lib/names.ts";
import type { App } from "../lib/start.tsx";
import { appealName, kindTitle, reasonName, rulingName } from "../lib/terms.ts";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Note } from "./note.tsx";
import { corrections, type Notebook, recordNotes } from "./notebook.ts";
import { currentRow, headingOf, heldBy, type Row } from "./rows.ts";
import { type Token, tokens } from "./tokens.ts";

export interface RecordProps {
  readonly app: App;
  readonly book: Notebook;
  readonly rows: ReadonlySignal<readonly Row[]>;
}

export function Record({ app, book, rows }: RecordProps) {
  const { store } = app;
  const editing = useSignal<string | null>(null);
  const questions = store.meeting.value.questions.length;
  const words = useMemo(() => tokens(questions), [questions]);
  const numbers = new Map(rows.value.map((each) => [each.id, each.n]));
  useGoToRow(rows);
  useScrollToEnd(rows);
  let heading = "";
  return (
    <main class="record" aria-label={t("The record")}>
      <table>
        <thead>
          <tr>
            <th>{t("No.")}</th>
            <th>{t("Start")}</th>
            <th>{t("Delegation")}</th>
            <th>{t("Time used")}</th>
            <th>{t("What was said")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.value.flatMap((row) => {
            const title = (row.depth === 0 && headingOf(store, row)) || heading;
            const isNew = title !== heading;
            heading = title;
            return [
              isNew && title && (
                <tr key={`s${row.id}`} class="segment">
                  <th colSpan={5} scope="colgroup">
                    <bdi>{title}</bdi>
                  </th>
                </tr>
              ),
              <RecordRow
                key={row.id}
                app={app}
                book={book}
                row={row}
                inside={numbers.get(row.over ?? "") ?? null}
                words={words}
                isEditing={editing.value === row.id}
                onEdit={(id) => {
                  editing.value = id;
                }}
              />,
            ];
          })}
        </tbody>
      </table>
      {rows.value.length === 0 && (
        <p class="empty soft">
          {t("Rows appear here by themselves when somebody begins to speak.")}
        </p>
      )}
    </main>
  );
}

interface RowProps {
  readonly app: App;
  readonly book: Notebook;
  readonly row: Row;
  /** Number of the row that it interrupted. */
  readonly inside: number | null;
  readonly words: readonly Token[];
  readonly isEditing: boolean;
  readonly onEdit: (id: string | null) => void;
}

function RecordRow({ app, book, row, inside, words, isEditing, onEdit }: RowProps) {
  const { store } = app;
  const zone = store.meeting.value.zone;
  const [, ...others] = recordNotes(store.notes.value, row.id);
  const you = store.you.value;
  const mayWrite =
    you.role === "rapporteur" && store.meeting.value.state !== "archived";
  return (
    <tr class={isEditing ? "editing" : undefined} data-depth={row.depth || undefined}>
      <td>
        <span class="num">{row.n}</span>
      </td>
      <td>
        <time>{time(row.started_at, zone)}</time>
        {row.ended_at !== null && (
          <small>
            <time>{time(row.ended_at, zone)}</time>
          </small>
        )}
      </td>
      <td>
        <Name text={label(row.voice).main} />
        <Facts row={row} inside={inside} />
      </td>
      <td>
        {row.ended_at === null ? (
          t("Speaks now")
        ) : (
          <>
            {tx("{used} of {allotted}", {
              used: <Num text={mmss(row.used_ms)} />,
              allotted: <Num text={mmss(row.allotted_ms)} />,
            })}
            <Held row={row} />
          </>
        )}
      </td>
      <td>
        <Note
          book={book}
          row={row}
          words={words}
          mayWrite={mayWrite}
          isEditing={isEditing}
          onEdit={onEdit}
        />
        <Ruling row={row} />
        {corrections(store.notes.value, row.id).map((each) => (
          <p key={each.id} class="also">
            <small>
              {t("Correction by {name}, {time}", {
                name: by(each.correction_by),
                time: time(each.at, zone),
              })}
            </small>{" "}
            <bdi>{each.text}</bdi>
          </p>
        ))}
        {others.map((each) => (
          <p key={each.id} class="also">
            <small>{t("Also noted")}</small> <bdi>{each.text}</bdi>
          </p>
        ))}
      </td>
    </tr>
  );
}

/** The chair's ruling on a point of order, or what became of a motion. */
/** Whose correction it is. */
function by(delegation: string | null): string {
  return delegation ? plate(delegation) : t("the secretariat");
}

function Ruling({ row }: { row: Row }) {
  if (!("ruling" in row.voice) || row.voice.ruling === null) return null;
  const { ruling, appeal, ruling_note } = row.voice;
  const said = commas([rulingName(ruling), appeal && appealName(appeal)]);
  return (
    <small class="ruling">
      {t("Ruling: {ruling}", { ruling: said })}
      {ruling_note && (
        <>
          {" · "}
          <bdi>{ruling_note}</bdi>
        </>
      )}
    </small>
  );
}

function Facts({ row, inside }: { row: Row; inside: number | null }) {
  const { sub, person } = label(row.voice);
  const { kind, to, media_ms, national_capacity } = row.voice;
  const plain = kind === "statement" || kind === "group_statement";
  const lines = [
    sub || behalf(row.voice),
    person,
    [plain ? "" : kindTitle(row.voice), languageName(row.language)]
      .filter(Boolean)
      .join(" · "),
    to ? t("In reply to {name}", { name: plate(to) }) : "",
    inside === null ? "" : t("Inside row {n}", { n: inside }),
    media_ms > 0 ? t("A recording of {length}", { length: mmss(media_ms) }) : "",
    national_capacity ? t("In the national capacity") : "",
    row.part === "returned" ? t("First part; goes on in a later row") : "",
    "unanswered" in row.voice && row.voice.unanswered ? t("Not answered") : "",
    row.part === "resumed" ? t("Goes on from an earlier row") : "",
  ];
  return (
    <>
      {lines.filter(Boolean).map((line) => (
        <small key={line}>
          <bdi>{line}</bdi>
        </small>
      ))}
      {!row.confirmed && <small data-warn>{t("Name not confirmed yet")}</small>}
    </>
  );
}

/** How long it was held, and of that how long for which reason. */
function Held({ row }: { row: Row }) {
  if (row.held_ms <= 0) return null;
  const holds = "holds" in row.voice ? (row.voice.holds ?? []) : [];
  const reasons = heldBy(holds);
  return (
    <small>
      {tx("held {time}", { time: <Num text={mmss(row.held_ms)} /> })}
      {reasons.map(({ reason, ms }) => (
        <span key={reason} class="held-by">
          {reasonName(reason)}
          {reasons.length > 1 && (
            <>
              {" "}
              <Num text={mmss(ms)} />
            </>
          )}
        </span>
      ))}
    </small>
  );
}

/** Brings the cursor to the note of a row. */
export function goToNote(id: string): void {
  const field = document.getElementById(`note-${id}`);
  field?.scrollIntoView({ block: "center" });
  field?.focus();
}

/** Ctrl ↓ goes to the row of who speaks, or to the last; also while typing. */
function useGoToRow(rows: ReadonlySignal<readonly Row[]>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.altKey || event.key !== "ArrowDown") return;
      const last = currentRow(rows.peek());
      if (!last) return;
      event.preventDefault();
      goToNote(last.id);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [rows]);
}

/** New rows come into sight by themselves, unless somebody writes in another. */
function useScrollToEnd(rows: ReadonlySignal<readonly Row[]>): void {
  const count = rows.value.length;
  useEffect(() => {
    if (count === 0 || document.activeElement?.matches("textarea")) return;
    const record = document.querySelector(".record");
    record?.scrollTo({ top: record.scrollHeight });
  }, [count]);
}
