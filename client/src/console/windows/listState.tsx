import { useSignal } from "@preact/signals";
import { t, time, tn } from "../../lib/i18n.ts";
import type { ListEntity } from "../../lib/protocol.ts";
import { tick } from "../../lib/time.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import * as press from "../press.ts";
import { listState } from "../said.ts";
import { instantAt } from "../wallclock.ts";

const PRESETS_MIN = [5, 10, 15];
const MINUTE = 60_000;

/** Open, announce the closing, close, reopen: what the list's state allows. */
export function ListStateWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const list = desk.list.value;
  if (!list) return null;
  const title = desk.store.segments.value.get(list.segment)?.title ?? "";
  return (
    <>
      <p>
        <b>
          <bdi>{title}</bdi>
        </b>{" "}
        · {listState(list)}
      </p>
      {list.state === "not_open" && (
        <div class="dialog-actions">
          <Act desk={desk} press={press.openList(list)} also={onDone} />
        </div>
      )}
      {(list.state === "open" || list.state === "closing") && (
        <Closing desk={desk} list={list} onDone={onDone} />
      )}
      {list.state === "closed" && <Reopen desk={desk} list={list} onDone={onDone} />}
    </>
  );
}

interface Props {
  readonly desk: Desk;
  readonly list: ListEntity;
  readonly onDone: () => void;
}

function Closing({ desk, list, onDone }: Props) {
  const zone = desk.store.meeting.value.zone;
  const typed = useSignal("");
  const basis = useSignal("");
  const now = tick.value;
  const at = instantAt(typed.value, zone, now);
  const later = at !== null && at > now;
  return (
    <>
      <h3>{t("Announce when it closes")}</h3>
      <div class="choices">
        {PRESETS_MIN.map((minutes) => {
          const closes = Math.ceil((now + minutes * MINUTE) / MINUTE) * MINUTE;
          return (
            <Act
              key={minutes}
              desk={desk}
              press={press.announceClosing(list, closes)}
              also={onDone}
              note={t("at {time}", { time: time(closes, zone) })}
            >
              {tn("In {n} minute", "In {n} minutes", minutes)}
            </Act>
          );
        })}
      </div>
      <div class="line">
        <label>
          {t("At")}{" "}
          <input
            class="field short"
            inputMode="numeric"
            placeholder="12:30"
            value={typed.value}
            onInput={(event) => {
              typed.value = event.currentTarget.value;
            }}
          />
        </label>
        <Act
          desk={desk}
          press={later ? press.announceClosing(list, at) : null}
          why={
            typed.value === "" ? t("Type a time, like 12:30") : t("Not a later time")
          }
          also={onDone}
        />
      </div>
      <h3>{t("Close it now")}</h3>
      <label class="stack">
        {t("Basis, for the record")}
        <input
          class="field"
          value={basis.value}
          onInput={(event) => {
            basis.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="dialog-actions">
        <Act desk={desk} press={press.closeList(list, basis.value)} also={onDone} />
      </div>
    </>
  );
}

function Reopen({ desk, list, onDone }: Props) {
  const basis = useSignal("");
  return (
    <>
      <p class="soft">{t("The present order stays; new requests come after it.")}</p>
      <label class="stack">
        {t("Basis, for the record")}
        <input
          class="field"
          value={basis.value}
          onInput={(event) => {
            basis.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="dialog-actions">
        <Act
          desk={desk}
          press={basis.value.trim() ? press.reopenList(list, basis.value) : null}
          why={t("Type the basis first")}
          also={onDone}
        >
          {t("Reopen the list")}
        </Act>
      </div>
    </>
  );
}
