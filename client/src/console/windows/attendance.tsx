import { useSignal } from "@preact/signals";
import { t, tn } from "../../lib/i18n.ts";
import { listName, search } from "../../lib/names.ts";
import { tierName } from "../../lib/terms.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import { ApiFailure, type Attendees, attendees } from "../api.ts";
import type { Desk } from "../desk.ts";
import { categories, isPresent } from "../present.ts";
import { markAttendance } from "../pressPeople.ts";
import { csvLine, saveFile } from "../saveFile.ts";

const OFFERED = 4;

/** Who came, by category; by hand, or from the video platform's own report. */
export function AttendanceWindow({ desk }: { desk: Desk }) {
  const rows = categories(desk.store);
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0);
  return (
    <>
      <table class="totals">
        <thead>
          <tr>
            <th>{t("Category")}</th>
            <th class="fig">{t("Attended")}</th>
            <th class="fig">{t("Invited")}</th>
            <th class="fig">{t("By pad")}</th>
            <th class="fig">{t("Ticked")}</th>
            <th class="fig">{t("By report")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.tier}>
              <td>{tierName(row.tier)}</td>
              <Figures
                of={[row.present.length, row.all.length, row.pad, row.tick, row.report]}
              />
            </tr>
          ))}
          <tr class="sum">
            <td>{t("Together")}</td>
            <Figures
              of={[
                sum((row) => row.present.length),
                sum((row) => row.all.length),
                sum((row) => row.pad),
                sum((row) => row.tick),
                sum((row) => row.report),
              ]}
            />
          </tr>
        </tbody>
      </table>
      <ByHand desk={desk} />
      <Report desk={desk} />
      <div class="dialog-actions">
        <Button
          onPress={() => saveFile(`${desk.boot.meeting}-attendance.csv`, csvOf(desk))}
        >
          {t("Download as CSV")}
        </Button>
      </div>
    </>
  );
}

function Figures({ of }: { of: readonly number[] }) {
  return (
    <>
      {of.map((n, index) => (
        <td key={index} class="fig">
          <span class="num">{n}</span>
        </td>
      ))}
    </>
  );
}

function csvOf(desk: Desk): string {
  const head = csvLine([t("Category"), t("Delegation"), t("Attended"), t("Known by")]);
  const lines = categories(desk.store).flatMap((row) =>
    row.all.map((code) =>
      csvLine([
        tierName(row.tier),
        listName(code),
        isPresent(desk.store, code) ? t("yes") : t("no"),
        (desk.store.attendance.value.get(code)?.sources ?? []).join(" "),
      ]),
    ),
  );
  return [head, ...lines].join("\r\n");
}

function ByHand({ desk }: { desk: Desk }) {
  const wanted = useSignal("");
  const found = search(wanted.value).flatMap((hit) => (hit.code ? [hit.code] : []));
  return (
    <>
      <h3>{t("Tick one as present")}</h3>
      <input
        class="field"
        aria-label={t("Search a delegation")}
        placeholder={t("Search a delegation")}
        value={wanted.value}
        onInput={(event) => {
          wanted.value = event.currentTarget.value;
        }}
      />
      <div class="choices">
        {found.slice(0, OFFERED).map((code) => (
          <Act
            key={code}
            desk={desk}
            press={isPresent(desk.store, code) ? null : markAttendance([code], "tick")}
            why={t("marked already")}
          >
            <bdi>{listName(code)}</bdi>
          </Act>
        ))}
      </div>
    </>
  );
}

/** The platform's report, pasted: read by the server, looked at, then marked. */
function Report({ desk }: { desk: Desk }) {
  const text = useSignal("");
  const found = useSignal<Attendees | null>(null);
  const trouble = useSignal("");
  const look = async () => {
    trouble.value = "";
    try {
      found.value = await attendees(desk.boot, text.value);
    } catch (error) {
      trouble.value = error instanceof ApiFailure ? error.message : String(error);
    }
  };
  const codes = found.value?.delegations ?? [];
  return (
    <>
      <h3>{t("From the video platform's report (CSV)")}</h3>
      <textarea
        class="field"
        rows={4}
        aria-label={t("Paste the report here")}
        placeholder={t("Paste the report here")}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          found.value = null;
        }}
      />
      {trouble.value && <p role="alert">{trouble.value}</p>}
      {found.value && (
        <p role="status">
          {tn(
            "{n} delegation recognised.",
            "{n} delegations recognised.",
            codes.length,
          )}{" "}
          {found.value.unknown.length > 0 &&
            t("Not recognised: {names}", { names: found.value.unknown.join(" · ") })}
        </p>
      )}
      <div class="dialog-actions">
        <Button
          onPress={() => void look()}
          reason={text.value.trim() === "" ? t("Paste the report first") : null}
        >
          {t("Read the report")}
        </Button>
        <Act
          desk={desk}
          press={codes.length > 0 ? markAttendance(codes, "report") : null}
          why={t("Look first")}
          also={() => {
            text.value = "";
            found.value = null;
          }}
        >
          {tn("Mark {n} as present", "Mark {n} as present", codes.length)}
        </Act>
      </div>
    </>
  );
}
