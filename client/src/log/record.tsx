import { type ReadonlySignal, useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t, time } from "../lib/i18n.ts";
import { lostText } from "../lib/lossTexts.ts";
import type { Desk } from "./desk.ts";
import { RecordRow } from "./row.tsx";
import { headingOf, type Loss, lossesBefore, type Row } from "./rows.ts";

/** The rows, under the headings that they belong to. */
export function Record({ desk }: { desk: Desk }) {
  const { store, rows, shown } = desk;
  const numbers = useComputed(
    () => new Map(rows.value.map((each) => [each.id, each.n])),
  ).value;
  useScrollToEnd(rows);
  const { losses, zone } = store.meeting.value;
  const lost = lossesBefore(shown.value, losses);
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
          {shown.value.flatMap((row) => {
            const title = (row.depth === 0 && headingOf(store, row)) || heading;
            const isNew = title !== heading;
            heading = title;
            return [
              ...lossRows(lost.get(row.id), zone),
              isNew && title && (
                <tr key={`s${row.id}`} class="segment">
                  <th colSpan={5} scope="colgroup">
                    <bdi>{title}</bdi>
                  </th>
                </tr>
              ),
              <RecordRow
                key={row.id}
                desk={desk}
                row={row}
                inside={numbers.get(row.over ?? "") ?? null}
              />,
            ];
          })}
          {lossRows(lost.get(""), zone)}
        </tbody>
      </table>
      {shown.value.length === 0 && (
        <p class="empty soft">
          {rows.value.length === 0
            ? t("Rows appear here by themselves when somebody begins to speak.")
            : t("No row is like that.")}
        </p>
      )}
    </main>
  );
}

/** That a part of the past is gone: the record does not hide it. */
function lossRows(losses: readonly Loss[] = [], zone: string) {
  return losses.map(({ after, until, at }) => (
    <tr key={`l${after}.${at}`} class="lost">
      <td colSpan={5}>{lostText(after, until, time(at, zone))}</td>
    </tr>
  ));
}

/** New rows come into sight by themselves, unless somebody works in one. */
function useScrollToEnd(rows: ReadonlySignal<readonly Row[]>): void {
  const count = rows.value.length;
  useEffect(() => {
    if (count === 0 || document.activeElement?.closest(".record tbody")) return;
    const record = document.querySelector(".record");
    record?.scrollTo({ top: record.scrollHeight });
  }, [count]);
}
