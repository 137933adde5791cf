/** One row of the record. */
import { useComputed } from "@preact/signals";
import { mmss } from "../console/length.ts";
import { commas, t, time, tx } from "../lib/i18n.ts";
import { languageName } from "../lib/languages.ts";
import { behalf, label, plate } from "../lib/names.ts";
import type { NoteEntity } from "../lib/protocol.ts";
import { appealName, kindTitle, reasonName, rulingName } from "../lib/terms.ts";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Before, Filed } from "./correcting.tsx";
import type { Desk } from "./desk.ts";
import { Note } from "./note.tsx";
import { corrections, otherNotes } from "./notes.ts";
import { heldBy, type Row } from "./rows.ts";

export interface RowProps {
  readonly desk: Desk;
  readonly row: Row;
  /** Number of the row that it interrupted. */
  readonly inside: number | null;
}

const NO_NOTES: readonly NoteEntity[] = [];
const NOBODY: readonly string[] = [];

export function RecordRow({ desk, row, inside }: RowProps) {
  const { store, book } = desk;
  const zone = store.meeting.value.zone;
  const isAt = useComputed(() => desk.at.value === row.id).value;
  const notes = useComputed(() => book.notes.value.get(row.id) ?? NO_NOTES).value;
  const mates = useComputed(() => desk.places.value.get(row.id) ?? NOBODY).value;
  return (
    <tr
      id={rowId(row.id)}
      class={isAt ? "editing" : undefined}
      data-depth={row.depth || undefined}
      data-mate={mates.length > 0 || undefined}
      tabIndex={-1}
      aria-current={isAt || undefined}
      onFocusIn={(event) => {
        if (desk.at.peek() === row.id) return;
        standStill(event.currentTarget);
        desk.at.value = row.id;
      }}
    >
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
        <Before row={row} zone={zone} />
        {mates.map((name) => (
          <span key={name} class="mate">
            {t("{name} works here", { name })}
          </span>
        ))}
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
        <Note desk={desk} row={row} isAt={isAt} />
        <Ruling row={row} />
        <Filed notes={corrections(notes)} row={row} zone={zone} />
        {otherNotes(notes).map((each) => (
          <p key={each.id} class="also">
            <small>{t("Also noted")}</small> <bdi>{each.text}</bdi>
          </p>
        ))}
      </td>
    </tr>
  );
}

/** Where a row stands in the document. */
export function rowId(row: string): string {
  return `row-${row}`;
}

/**
 * A row opens where it stands, though another above it closes at the same moment; what
 * of it is then out of sight comes into sight.
 */
function standStill(row: Element): void {
  const place = row.closest(".record");
  const before = row.getBoundingClientRect().top;
  requestAnimationFrame(() => {
    const moved = row.getBoundingClientRect().top - before;
    if (place && moved !== 0) place.scrollTop += moved;
    row.scrollIntoView?.({ block: "nearest" });
  });
}

/** The chair's ruling on a point of order, or what became of a motion. */
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
