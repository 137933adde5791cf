/** The rapporteur's log: the record writes itself, and the gist is typed beside it. */
import { useComputed } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { ConclusionsView, ViewTabs } from "../conclusions/view.tsx";
import { send } from "../lib/commands.ts";
import { connection } from "../lib/connection.ts";
import { t, tn, wall } from "../lib/i18n.ts";
import { losses } from "../lib/losses.ts";
import type { App } from "../lib/start.tsx";
import { serverNow } from "../lib/time.ts";
import { Announcements } from "../parts/Announcements.tsx";
import { Button } from "../parts/Button.tsx";
import { ConnectionNote } from "../parts/ConnectionNote.tsx";
import { LossNotice } from "../parts/LossNotice.tsx";
import { WallTime } from "../parts/WallTime.tsx";
import { CorrectDialog } from "./correcting.tsx";
import { createDesk, type Desk } from "./desk.ts";
import { ExportButton, ExportDialog } from "./exporting.tsx";
import { fetchedRows } from "./fetched.ts";
import { Finder } from "./finder.tsx";
import { JournalButton } from "./journal.tsx";
import { goToRow, useKeys } from "./keys.ts";
import { KeysSheet } from "./keysSheet.tsx";
import { Live } from "./live.tsx";
import { mateName } from "./mates.ts";
import { createNotebook, type Notebook } from "./notebook.ts";
import { Record } from "./record.tsx";
import { type Row, rowsOf, steadied } from "./rows.ts";
import { Side } from "./side.tsx";

/** A row in which somebody stays so long is one that they work in. */
const SETTLED_MS = 300;

export function Log({ app }: { app: App }) {
  const { boot, store } = app;
  const book = useMemo(
    () =>
      createNotebook({
        notes: store.notes,
        send,
        now: serverNow,
        losses,
        key: `rostra-notes:${boot.meeting}:${boot.link}`,
      }),
    [boot, store],
  );
  return <LogView app={app} book={book} />;
}

export function LogView({ app, book }: { app: App; book: Notebook }) {
  const { boot, store } = app;
  const fetched = useMemo(() => fetchedRows(boot), [boot]);
  const before = useRef<readonly Row[]>([]);
  const rows = useComputed(() => {
    const now = rowsOf(
      fetched.rows.value,
      store.interventions.value,
      [store.floor.value, ...store.beneath.value].filter((each) => each !== null),
    );
    before.current = steadied(now, before.current);
    return before.current;
  });
  const desk = useMemo(() => createDesk(app, book, rows), [app, book, rows]);
  const lost = losses.value.length;
  useEffect(() => {
    if (lost > 0) fetched.forget();
    return fetched.complete(rows);
  }, [fetched, rows, lost]);
  useLeaveGuard(book);
  useKeys(desk);
  useTellWhere(desk);
  const meeting = store.meeting.value;
  return (
    <div class="log" data-view={desk.view.value}>
      <header class="bar">
        <div>
          <h1>{t("Log")}</h1>
          <p class="small soft">
            <bdi>{meeting.title}</bdi>
            {store.runningSegment.value && (
              <>
                {" · "}
                <bdi>{store.runningSegment.value.title}</bdi>
              </>
            )}
          </p>
        </div>
        <ViewTabs desk={desk} />
        <Mates desk={desk} />
        <SavedState desk={desk} zone={meeting.zone} />
        <JournalButton store={store} rows={rows} />
        <ExportButton desk={desk} />
        <Button
          class="with-keys"
          label={t("Keyboard")}
          onPress={() => {
            desk.over.value = { is: "keys" };
          }}
        >
          ?
        </Button>
        <WallTime zone={meeting.zone} seconds />
      </header>
      <div class="band">
        <ConnectionNote zone={meeting.zone} />
        <LossNotice />
        <Announcements store={store} max={1} />
      </div>
      <Live desk={desk} />
      {desk.view.value === "record" ? (
        <>
          <Finder desk={desk} />
          <Record desk={desk} />
          <Side desk={desk} />
        </>
      ) : (
        <ConclusionsView desk={desk} />
      )}
      <KeysSheet desk={desk} />
      <CorrectDialog desk={desk} />
      <ExportDialog desk={desk} />
    </div>
  );
}

/** Who else is at the record, and where. */
function Mates({ desk }: { desk: Desk }) {
  const mates = desk.mates.value;
  if (mates.length === 0) return null;
  const numbers = new Map(desk.rows.value.map((each) => [each.id, each.n]));
  const mine = desk.store.you.value.role === "rapporteur" ? 1 : 0;
  const [only] = mates;
  const n = numbers.get(only?.row ?? "");
  return (
    <p class="saved mates">
      <b>{tn("{n} rapporteur", "{n} rapporteurs", mates.length + mine)}</b>
      {mates.length === 1 && only && (
        <span>
          {n === undefined
            ? t("{name} reads along", { name: mateName(only, mates) })
            : t("{name} is in row {n}", { name: mateName(only, mates), n })}
        </span>
      )}
    </p>
  );
}

/** Tells the others in which row this page works. */
function useTellWhere(desk: Desk): void {
  const row = desk.at.value;
  useEffect(() => {
    // whoever runs through the rows with an arrow key is in none of them
    const timer = setTimeout(() => desk.app.line?.at(row), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [desk, row]);
}

/** Whether everything typed is on the server, said in words and with the time. */
function SavedState({ desk, zone }: { desk: Desk; zone: string }) {
  const { book } = desk;
  const { conflict, failed, saving, unsaved } = book.counts.value;
  const at = book.savedAt.value;
  const live = connection.value.phase === "live";
  const waiting = saving + unsaved + failed;
  return (
    <p
      class="saved"
      role="status"
      data-warn={conflict + failed > 0 || !live || undefined}
    >
      <b>
        {conflict > 0
          ? tn("{n} row needs a choice", "{n} rows need a choice", conflict)
          : waiting === 0
            ? t("All saved")
            : live && failed === 0
              ? t("Saving")
              : tn(
                  "{n} row kept on this device",
                  "{n} rows kept on this device",
                  waiting,
                )}
      </b>
      {conflict > 0 && (
        <button
          type="button"
          class="go-there"
          onClick={() => {
            const row = book.undecided.peek();
            if (row !== null) goToRow(desk, row);
          }}
        >
          {t("Go there")}
        </button>
      )}
      <span>
        {waiting + conflict > 0 && !book.keeps.value
          ? t("this device cannot keep more: leave the page open")
          : waiting > 0 && !live
            ? t("sent when the line is back")
            : at !== null && <span class="num">{wall(at, zone)}</span>}
      </span>
    </p>
  );
}

/** A tab is not closed over a note that is nowhere else, without a question. */
function useLeaveGuard(book: Notebook): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const { saved: _, ...open } = book.counts.peek();
      if (Object.values(open).some((n) => n > 0)) event.preventDefault();
    };
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [book]);
}
