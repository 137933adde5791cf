/** Corrections of a finished row: made with a reason, and what stood there before. */
import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t, time } from "../lib/i18n.ts";
import { groupName, label, plate, roster } from "../lib/names.ts";
import type { FieldsOf, InterventionEntity, NoteEntity } from "../lib/protocol.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import type { Desk } from "./desk.ts";
import { corrected, proposal } from "./readings.ts";
import type { Row } from "./rows.ts";

const LONGEST = 200;
/** Not a group of the roster: its name is typed. */
const TYPED = "?";
const OWN = "";

/** What is to be read; null where that stays as it is. */
interface Wanted {
  readonly name: string;
  readonly title: string;
  readonly group: string;
  readonly typed: string;
  readonly reason: string;
}

/** The row as it is delivered; null while its speaker has the floor. */
export function delivered(row: Row): InterventionEntity | null {
  return "n" in row.voice ? row.voice : null;
}

/** For whom somebody speaks can be said of statements of a delegation. */
function hasCapacity(row: InterventionEntity): boolean {
  return (
    row.delegation !== null &&
    (row.kind === "statement" || row.kind === "group_statement")
  );
}

function asItReads(row: InterventionEntity): Wanted {
  return {
    name: row.person?.name ?? "",
    title: row.person?.title ?? "",
    group: row.group ?? (row.group_text ? TYPED : OWN),
    typed: row.group_text,
    reason: "",
  };
}

/** What a command says of what was changed; null where nothing was. */
export function correctionOf(
  row: InterventionEntity,
  wanted: Wanted,
): FieldsOf<"correct_row"> | null {
  const was = asItReads(row);
  const name = wanted.name.trim();
  const title = wanted.title.trim();
  const typed = wanted.group === TYPED ? wanted.typed.trim() : "";
  const named = name !== "" && (name !== was.name || title !== was.title);
  const other = wanted.group !== was.group || typed !== was.typed;
  if (!named && !other) return null;
  const group = wanted.group === TYPED || wanted.group === OWN ? null : wanted.group;
  return {
    ...(named && { person: { name, title } }),
    ...(other && { capacity: { group, group_text: typed } }),
    reason: wanted.reason.trim(),
    expect: { intervention: row.id, corrections: row.corrections?.length ?? 0 },
  };
}

export function CorrectDialog({ desk }: { desk: Desk }) {
  const over = desk.over.value;
  const row =
    over?.is === "correct"
      ? desk.rows.value.find((each) => each.id === over.row)
      : undefined;
  const entity = row && delivered(row);
  return (
    <Dialog
      open={Boolean(entity)}
      title={row ? t("Correct row {n}", { n: row.n }) : ""}
      onClose={() => {
        desk.over.value = null;
      }}
    >
      {entity && <Form key={entity.id} desk={desk} row={entity} />}
    </Dialog>
  );
}

function Form({ desk, row: now }: { desk: Desk; row: InterventionEntity }) {
  // as it was read: should somebody else correct it now, ours is refused as stale
  const [row] = useState(now);
  const [wanted, setWanted] = useState(() => asItReads(row));
  const [said, setSaid] = useState("");
  const [busy, setBusy] = useState(false);
  const set = (over: Partial<Wanted>) => setWanted({ ...wanted, ...over });
  const fields = correctionOf(row, wanted);
  const missing = !fields
    ? t("Nothing is changed yet")
    : fields.reason
      ? null
      : t("Say why it is corrected");
  const close = () => {
    desk.over.value = null;
  };
  const put = async () => {
    if (!fields || missing || busy) return;
    setBusy(true);
    const final = await send("correct_row", fields, { quiet: true });
    setBusy(false);
    if (final.outcome === "ok") close();
    else if (final.outcome === "no") setSaid(final.message);
  };
  return (
    <form
      class="correct"
      onSubmit={(event) => {
        event.preventDefault();
        void put();
      }}
    >
      <p class="soft">
        <bdi>{label(row).main}</bdi>
        {" · "}
        {t("How it reads now stays readable under the row.")}
      </p>
      <Text
        name={t("Name")}
        value={wanted.name}
        onText={(name) => set({ name })}
        focus
      />
      <Text
        name={t("Title or function")}
        value={wanted.title}
        onText={(title) => set({ title })}
      />
      {hasCapacity(row) && (
        <label>
          {t("Speaks for")}
          <select
            class="field"
            value={wanted.group}
            onChange={(event) => set({ group: event.currentTarget.value })}
          >
            <option value={OWN}>
              {t("{name} alone", { name: plate(row.delegation ?? "") })}
            </option>
            {Object.keys(roster.value.groups).map((code) => (
              <option key={code} value={code}>
                {groupName(code)}
              </option>
            ))}
            <option value={TYPED}>{t("Another group")}</option>
          </select>
        </label>
      )}
      {wanted.group === TYPED && (
        <Text
          name={t("Name of the group")}
          value={wanted.typed}
          onText={(typed) => set({ typed })}
        />
      )}
      <Text
        name={t("Reason")}
        value={wanted.reason}
        onText={(reason) => set({ reason })}
      />
      {said && (
        <p role="alert" data-warn>
          {said}
        </p>
      )}
      <div class="dialog-actions">
        <Button main type="submit" onPress={() => {}} busy={busy} reason={missing}>
          {t("Correct the row")}
        </Button>
        <Button onPress={close}>{t("Close")}</Button>
      </div>
    </form>
  );
}

interface TextProps {
  readonly name: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly focus?: boolean;
}

function Text({ name, value, onText, focus = false }: TextProps) {
  return (
    <label>
      {name}
      <input
        class="field"
        dir="auto"
        maxLength={LONGEST}
        autofocus={focus}
        value={value}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </label>
  );
}

/** How the row read before, a quiet line for each time. */
export function Before({ row, zone }: { row: Row; zone: string }) {
  const entity = delivered(row);
  if (!entity) return null;
  return (
    <>
      {corrected(entity).map(({ at, reason, was }) => (
        <small key={at} class="before">
          {t("Corrected {time}: {reason}", { time: time(at, zone), reason })}
          {was && (
            <>
              {" · "}
              {t("before: {was}", { was })}
            </>
          )}
        </small>
      ))}
    </>
  );
}

interface FiledProps {
  readonly notes: readonly NoteEntity[];
  readonly row: Row;
  readonly zone: string;
}

/** Who filed a correction, to be said. */
function filer({ correction_by }: NoteEntity): string {
  return correction_by ? plate(correction_by) : t("the secretariat");
}

/** What was filed by a delegation or for it, and what became of it. */
export function Filed({ notes, row, zone }: FiledProps) {
  const entity = delivered(row);
  return (
    <>
      {notes.map((each) => (
        <p key={each.id} class="also">
          <small>
            {t("Correction by {name}, {time}", {
              name: filer(each),
              time: time(each.at, zone),
            })}
            {" · "}
            {standing(each)}
          </small>
          <bdi>{each.text}</bdi>
          {entity && each.proposed && (
            <small>
              {t("To read: {reading}", { reading: proposal(each, entity) })}
            </small>
          )}
        </p>
      ))}
    </>
  );
}

function standing({ settled, answer }: NoteEntity): string {
  if (settled === "accepted") return t("accepted");
  if (settled === "declined") return t("declined: {reason}", { reason: answer });
  return t("not answered yet");
}
