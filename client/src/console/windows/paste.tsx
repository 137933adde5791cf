import { useSignal } from "@preact/signals";
import { commas, t, tn } from "../../lib/i18n.ts";
import { label } from "../../lib/names.ts";
import { Button } from "../../parts/Button.tsx";
import { ApiFailure, recognise } from "../api.ts";
import { CHANNELS, channelName, isChannel } from "../channels.ts";
import type { Desk } from "../desk.ts";
import { defaultKind } from "../finding.ts";
import { type Change, changed, isReady, type Row, rowsOf, tally } from "../paste.ts";
import { insertAll } from "../pasteInsert.ts";
import { PasteRow } from "./pasteRow.tsx";

/** A list from Word, Excel or a mail: recognised, looked at, and put on in one go. */
export function PasteWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const draft = desk.pasted;
  const rows = useSignal<readonly Row[] | null>(null);
  const trouble = useSignal("");
  const working = useSignal(false);
  const list = desk.list.value;
  const title = desk.store.segments.value.get(list?.segment ?? "")?.title ?? "";

  const look = async () => {
    if (!list) return;
    working.value = true;
    trouble.value = "";
    try {
      rows.value = rowsOf(await recognise(desk.boot, list.id, draft.value));
    } catch (error) {
      trouble.value = error instanceof ApiFailure ? error.message : String(error);
    }
    working.value = false;
  };
  const put = async () => {
    if (!list || !rows.value) return;
    working.value = true;
    const result = await insertAll(desk, list.id, rows.value);
    working.value = false;
    if (result.trouble) {
      trouble.value = result.trouble;
      return;
    }
    const names = result.already.flatMap((id) => {
      const request = desk.store.requests.value.get(id);
      return request ? [label(request).main] : [];
    });
    draft.value = "";
    onDone();
    desk.say(summary(result.added, names));
  };

  if (rows.value === null) {
    return (
      <>
        <label class="stack">
          {t("One speaker a line, as it comes from Word, Excel or a mail.")}
          <textarea
            class="field"
            rows={12}
            autofocus
            value={draft.value}
            onInput={(event) => {
              draft.value = event.currentTarget.value;
            }}
          />
        </label>
        {trouble.value && <p role="alert">{trouble.value}</p>}
        <div class="dialog-actions">
          <Button onPress={onDone} note={t("the text stays")}>
            {t("Back")}
          </Button>
          <Button
            onPress={() => void look()}
            busy={working.value}
            reason={draft.value.trim() ? null : t("Paste the list first")}
          >
            {t("Look at what is recognised")}
          </Button>
        </div>
      </>
    );
  }

  const counts = tally(rows.value);
  const open = counts.unsure + counts.unknown;
  const kind = defaultKind(desk);
  const change = (what: Change) => {
    rows.value = changed(rows.value ?? [], what);
  };
  return (
    <>
      <p>
        {t("{a} recognised · {b} unsure · {c} not recognised · {d} left out", {
          a: counts.recognised,
          b: counts.unsure,
          c: counts.unknown,
          d: counts.left_out,
        })}
      </p>
      <div class="paste-rows">
        <table>
          <tbody>
            {rows.value.map((row) => (
              <PasteRow key={row.line} row={row} kind={kind} onChange={change} />
            ))}
          </tbody>
        </table>
      </div>
      {trouble.value && <p role="alert">{trouble.value}</p>}
      <div class="line">
        <label class="line">
          {t("Received by")}
          <select
            class="field"
            value={desk.channel.value}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              if (isChannel(chosen)) desk.channel.value = chosen;
            }}
          >
            {CHANNELS.map((each) => (
              <option key={each} value={each}>
                {channelName(each)}
              </option>
            ))}
          </select>
        </label>
        <Button
          onPress={() => {
            rows.value = null;
          }}
        >
          {t("Back to the text")}
        </Button>
        <Button
          onPress={() => void put()}
          busy={working.value}
          reason={why(open, isReady(rows.value), desk.blocked.value)}
          note={title}
        >
          {tn("Put {n} on the list", "Put {n} on the list", counts.recognised)}
        </Button>
      </div>
    </>
  );
}

function why(open: number, ready: boolean, blocked: string | null): string | null {
  if (open > 0) {
    return tn("{n} line needs a decision", "{n} lines need a decision", open);
  }
  return ready ? blocked : t("No line is left");
}

function summary(added: number, already: readonly string[]): string {
  const put = tn("{n} was put on the list.", "{n} were put on the list.", added);
  if (already.length === 0) return put;
  const listed = t("On the list already: {names}.", { names: commas(already) });
  return `${put} ${listed}`;
}
