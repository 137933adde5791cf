/** What was spoken, what was done last, and what was refused: always in one place. */
import { t, time, tn, tx } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { InterventionEntity } from "../lib/protocol.ts";
import { INTERRUPTING, kindName, rulingName } from "../lib/terms.ts";
import { tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { mmss } from "./length.ts";
import { undo } from "./press.ts";
import { pointName } from "./pressPoints.ts";
import { actionText } from "./said.ts";

const SHOWN = 2;
const SECOND = 1000;
const UNDO_S = 10;

export function Past({ desk }: { desk: Desk }) {
  const rows = [...desk.store.interventions.value.values()]
    .filter((row) => row.n > 0)
    .sort((a, b) => b.n - a.n);
  return (
    <section class="past" aria-label={t("Spoken")}>
      <h2 class="label">
        <span>{t("Spoken · {n}", { n: rows[0]?.n ?? 0 })}</span>
        <button
          type="button"
          class="link"
          onClick={() => {
            desk.window.value = { name: "totals" };
          }}
        >
          {t("Time by delegation")}
        </button>
      </h2>
      <div class="past-rows">
        <table>
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <PastRow key={row.id} desk={desk} row={row} />
            ))}
          </tbody>
        </table>
        <Said desk={desk} />
      </div>
      <Last desk={desk} />
    </section>
  );
}

function PastRow({ desk, row }: { desk: Desk; row: InterventionEntity }) {
  const ended: Record<string, string> = {
    delegation: t("Ended by the delegation"),
    operator: t("Ended at the console"),
  };
  return (
    <tr>
      <td>
        <time>{time(row.started_at, desk.store.meeting.value.zone)}</time>
      </td>
      <td>
        <Name text={label(row).main} />
      </td>
      <td>
        {tx("{used} of {allotted}", {
          used: <Num text={mmss(row.used_ms)} />,
          allotted: <Num text={mmss(row.allotted_ms)} />,
        })}
      </td>
      <td>
        {SAID_SO.has(row.kind)
          ? pastKind(row)
          : row.outcome === "returned"
            ? t("Will return")
            : ended[row.ended_by ?? ""]}
      </td>
    </tr>
  );
}

/** Kinds that are named, and what became of them, in place of who ended it. */
const SAID_SO: ReadonlySet<string> = new Set([...INTERRUPTING, "right_of_reply"]);

/** "Point of order: upheld", "Right of reply". */
function pastKind(row: InterventionEntity): string {
  const kind = INTERRUPTING.has(row.kind) ? pointName(row) : kindName(row.kind);
  return row.ruling
    ? t("{kind}: {ruling}", { kind, ruling: rulingName(row.ruling) })
    : kind;
}

/** A refusal, or the result of an entry: lies over the rows until it is put away. */
function Said({ desk }: { desk: Desk }) {
  const word = desk.word.value;
  return (
    <div class="said" role="status" aria-live="assertive" data-tone={word?.tone}>
      {word && (
        <>
          <p>{word.text}</p>
          {word.press && <Act desk={desk} press={word.press} />}
          <Button
            onPress={() => {
              desk.word.value = null;
            }}
          >
            {t("Close")}
          </Button>
        </>
      )}
    </div>
  );
}

/** The last act with its undo, as long as there is one. */
function Last({ desk }: { desk: Desk }) {
  const meeting = desk.store.meeting.value;
  const action = meeting.action ?? null;
  const until = action?.until ?? null;
  const most = meeting.profile?.undo_s ?? UNDO_S;
  const left_s =
    until === null ? null : Math.min(most, Math.ceil((until - tick.value) / SECOND));
  const open = action !== null && (left_s === null || left_s > 0);
  return (
    <p class="last">
      <span>
        <span class="unseen">{t("Last action:")} </span>
        <bdi>
          {action ? actionText(desk.store, action, desk.known) : t("Nothing done yet.")}
        </bdi>
      </span>
      {open && (
        <Act desk={desk} press={undo(meeting)} shortcut="Z">
          {left_s === null ? t("Undo") : tn("Undo, {n} s", "Undo, {n} s", left_s)}
        </Act>
      )}
    </p>
  );
}
