import { useSignal } from "@preact/signals";
import { t } from "../../lib/i18n.ts";
import { groupName, listName, search } from "../../lib/names.ts";
import { Button } from "../../parts/Button.tsx";
import { type Change, type Row, standing } from "../paste.ts";

const OFFERED = 4;

/** One pasted line: as typed, as understood, and what can be done about it. */
export function PasteRow({
  row,
  kind,
  onChange,
}: {
  row: Row;
  /** What a person without entity would speak as, on this list. */
  kind: Row["kind"];
  onChange: (change: Change) => void;
}) {
  const wanted = useSignal("");
  const is = standing(row);
  const line = row.line;
  const offered = wanted.value
    ? search(wanted.value).flatMap((hit) => (hit.code ? [hit.code] : []))
    : row.alternatives;
  const decided = is === "recognised";
  return (
    <tr data-is={is}>
      <td class="num soft">{line}</td>
      <td>
        <bdi>{row.text}</bdi>
      </td>
      <td>
        <b>{understood(row)}</b>
        <small>{words(row)}</small>
        {!decided && is !== "left_out" && (
          <div class="line">
            {offered.slice(0, OFFERED).map((code) => (
              <Button
                key={code}
                onPress={() => onChange({ do: "choose", line, delegation: code })}
              >
                <bdi>{listName(code)}</bdi>
              </Button>
            ))}
            <input
              class="field short"
              aria-label={t("Search for line {n}", { n: line })}
              placeholder={t("Search")}
              value={wanted.value}
              onInput={(event) => {
                wanted.value = event.currentTarget.value;
              }}
            />
            <Button onPress={() => onChange({ do: "person", line, kind })}>
              {t("A person")}
            </Button>
          </div>
        )}
      </td>
      <td class="fig">
        {is === "unsure" && (
          <Button onPress={() => onChange({ do: "confirm", line })}>
            {t("It is so")}
          </Button>
        )}
        {is === "left_out" ? (
          <Button onPress={() => onChange({ do: "put_back", line })}>
            {t("Put back")}
          </Button>
        ) : (
          <Button onPress={() => onChange({ do: "leave_out", line })}>
            {t("Leave out")}
          </Button>
        )}
      </td>
    </tr>
  );
}

function understood(row: Row): string {
  const who = row.delegation
    ? listName(row.delegation)
    : (row.person?.name ?? (row.group ? groupName(row.group) : "–"));
  const group = row.group ? groupName(row.group) : row.group_text;
  return group && (row.delegation || row.person)
    ? t("{name} (on behalf of {group})", { name: who, group })
    : who;
}

function words(row: Row): string {
  const states = {
    recognised: row.person && row.delegation ? row.person.name : "",
    unsure: t("Unsure: is it this one?"),
    unknown: t("Not recognised: choose, or leave out"),
    left_out: t("Left out"),
  };
  return states[standing(row)];
}
