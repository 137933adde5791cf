import { useEffect, useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t, time } from "../lib/i18n.ts";
import { groupName, plate, roster } from "../lib/names.ts";
import type { FieldsOf, InterventionEntity } from "../lib/protocol.ts";
import { tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { lookForOwnRow, ownRows } from "./ownRow.ts";
import type { FormProps } from "./Sheet.tsx";

/** Not a group of the roster: its name is typed. */
const TYPED = "?";

interface Wanted {
  readonly name: string;
  readonly title: string;
  readonly group: string;
  readonly typed: string;
  readonly text: string;
}

/**
 * A correction of what one said, in writing, and if need be of who said it and for whom.
 * It changes nothing before the secretariat accepts it.
 */
export function CorrectForm({ store, done }: FormProps) {
  useEffect(() => void lookForOwnRow(store), [store]);
  const rows = ownRows(store);
  const [chosen, setChosen] = useState("");
  const row = rows.find((each) => each.id === chosen) ?? rows.at(-1);
  const { zone, state, corrections_until: until } = store.meeting.value;
  const after = state === "rose" && (until === null || tick.value >= until);
  if (after || state === "archived") {
    return <p class="second">{t("Corrections are not taken at the moment.")}</p>;
  }
  if (!row) return <p class="second">{t("You have not spoken yet.")}</p>;
  return (
    <>
      {rows.length > 1 && (
        <label>
          <span class="label">{t("Which statement")}</span>
          <select
            class="field"
            value={row.id}
            onChange={(event) => setChosen(event.currentTarget.value)}
          >
            {rows.map((each) => (
              <option key={each.id} value={each.id}>
                {t("No. {n}, at {time}", {
                  n: each.n,
                  time: time(each.started_at, zone),
                })}
              </option>
            ))}
          </select>
        </label>
      )}
      <Form key={row.id} row={row} zone={zone} done={done} />
    </>
  );
}

interface OfRow {
  readonly row: InterventionEntity;
  readonly zone: string;
  readonly done: () => void;
}

function Form({ row, zone, done }: OfRow) {
  const was = asItReads(row);
  const [wanted, setWanted] = useState<Wanted>(was);
  const set = (over: Partial<Wanted>) => setWanted({ ...wanted, ...over });
  const statement = row.kind === "statement" || row.kind === "group_statement";
  return (
    <form
      class="pad-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!wanted.text.trim()) return;
        void send("correct", correctionOf(row, wanted));
        done();
      }}
    >
      <label>
        <span class="label">
          {t("What you said at {time} should read", {
            time: time(row.started_at, zone),
          })}
        </span>
        <textarea
          class="field"
          dir="auto"
          rows={3}
          maxLength={2000}
          value={wanted.text}
          onInput={(event) => set({ text: event.currentTarget.value })}
        />
      </label>
      <Text
        name={t("Name of the speaker")}
        value={wanted.name}
        onText={(name) => set({ name })}
      />
      <Text
        name={t("Title or function")}
        value={wanted.title}
        onText={(title) => set({ title })}
      />
      {statement && row.delegation && (
        <label>
          <span class="label">{t("Spoke for")}</span>
          <select
            class="field"
            value={wanted.group}
            onChange={(event) => set({ group: event.currentTarget.value })}
          >
            <option value="">{plate(row.delegation)}</option>
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
      <p class="soft">
        {t(
          "The secretariat answers it. As the record reads now, it stays readable in it.",
        )}
      </p>
      <Button
        big
        main
        type="submit"
        reason={wanted.text.trim() ? null : t("Type the correction")}
        onPress={() => undefined}
      >
        {t("Send the correction")}
      </Button>
    </form>
  );
}

function Text({
  name,
  value,
  onText,
}: {
  name: string;
  value: string;
  onText: (text: string) => void;
}) {
  return (
    <label>
      <span class="label">{name}</span>
      <input
        class="field"
        dir="auto"
        maxLength={200}
        autocomplete="off"
        value={value}
        onInput={(event) => onText(event.currentTarget.value)}
      />
    </label>
  );
}

function asItReads(row: InterventionEntity): Wanted {
  return {
    name: row.person?.name ?? "",
    title: row.person?.title ?? "",
    group: row.group ?? (row.group_text ? TYPED : ""),
    typed: row.group_text,
    text: "",
  };
}

/** What is filed: the words, and how the row should read where that was changed. */
export function correctionOf(
  row: InterventionEntity,
  wanted: Wanted,
): FieldsOf<"correct"> {
  const was = asItReads(row);
  const name = wanted.name.trim();
  const title = wanted.title.trim();
  const typed = wanted.group === TYPED ? wanted.typed.trim() : "";
  const named = name !== "" && (name !== was.name || title !== was.title);
  const other = wanted.group !== was.group || typed !== was.typed;
  const group = wanted.group === TYPED || wanted.group === "" ? null : wanted.group;
  return {
    intervention: row.id,
    text: wanted.text.trim(),
    ...(named && { person: { name, title } }),
    ...(other && { capacity: { group, group_text: typed } }),
  };
}
