import { useSignal } from "@preact/signals";
import { t, time, tn } from "../../lib/i18n.ts";
import type { ListEntity } from "../../lib/protocol.ts";
import { tick } from "../../lib/time.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import type { Press } from "../press.ts";
import * as press from "../press.ts";
import { listState, listTitle } from "../said.ts";
import { instantAt } from "../wallclock.ts";

const PRESETS_MIN = [5, 10, 15];
const MINUTE = 60_000;

/** Open, announce the closing, close, reopen: what the list's state allows. */
export function ListStateWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const list = desk.list.value;
  if (!list) return null;
  const title = listTitle(desk.store, list);
  return (
    <>
      <p>
        <b>
          <bdi>{title}</bdi>
        </b>{" "}
        · {listState(list)}
      </p>
      {list.purpose !== "speakers" && (
        <p class="soft">
          {t("Replies are taken whatever the state of the list of speakers.")}
        </p>
      )}
      {list.state === "not_open" && <Opening desk={desk} list={list} onDone={onDone} />}
      {list.state === "lot_window" && (
        <Drawing desk={desk} list={list} onDone={onDone} />
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

function Opening({ desk, list, onDone }: Props) {
  const { zone, profile } = desk.store.meeting.value;
  const window_min = list.policy === "lot" ? (profile?.lot_window_min ?? 0) : 0;
  return (
    <>
      {list.opens_at !== null && (
        <p>
          {t("Announced: it opens at {time}.", { time: time(list.opens_at, zone) })}
        </p>
      )}
      {window_min > 0 && (
        <p class="soft">
          {tn(
            "For {n} minute all who ask are put into the lot; then the places are drawn.",
            "For {n} minutes all who ask are put into the lot; then the places are drawn.",
            window_min,
          )}
        </p>
      )}
      <div class="dialog-actions">
        <Act desk={desk} press={press.openList(list)} also={onDone} />
      </div>
      <h3>{t("Announce when it opens")}</h3>
      <AtATime desk={desk} onDone={onDone} press={(at) => press.openList(list, at)} />
    </>
  );
}

/** In minutes from now, or at a time of the clock on the wall. */
function AtATime({
  desk,
  press,
  onDone,
}: {
  desk: Desk;
  press: (at: number) => Press;
  onDone: () => void;
}) {
  const { zone } = desk.store.meeting.value;
  const typed = useSignal("");
  const now = tick.value;
  const at = instantAt(typed.value, zone, now);
  const later = at !== null && at > now;
  return (
    <>
      <div class="choices">
        {PRESETS_MIN.map((minutes) => {
          const then = Math.ceil((now + minutes * MINUTE) / MINUTE) * MINUTE;
          return (
            <Act
              key={minutes}
              desk={desk}
              press={press(then)}
              also={onDone}
              note={t("at {time}", { time: time(then, zone) })}
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
          press={later ? press(at) : null}
          why={
            typed.value === "" ? t("Type a time, like 12:30") : t("Not a later time")
          }
          also={onDone}
        >
          {t("Announce")}
        </Act>
      </div>
    </>
  );
}

function Drawing({ desk, list, onDone }: Props) {
  const { zone } = desk.store.meeting.value;
  return (
    <>
      {list.lot_until !== null && (
        <p>
          {t("All who ask until {time} are put into the lot. Then it is drawn.", {
            time: time(list.lot_until, zone),
          })}
        </p>
      )}
      <CloseNow desk={desk} list={list} onDone={onDone} />
    </>
  );
}

function Closing({ desk, list, onDone }: Props) {
  const { zone } = desk.store.meeting.value;
  const { auto_close_at } = list;
  return (
    <>
      {auto_close_at !== null && (
        <p>
          {t("By the rules it closes by itself at {time}.", {
            time: time(auto_close_at, zone),
          })}
        </p>
      )}
      <h3>{t("Announce when it closes")}</h3>
      <AtATime
        desk={desk}
        onDone={onDone}
        press={(at) => press.announceClosing(list, at)}
      />
      <CloseNow desk={desk} list={list} onDone={onDone} />
    </>
  );
}

function CloseNow({ desk, list, onDone }: Props) {
  const basis = useSignal("");
  return (
    <>
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
