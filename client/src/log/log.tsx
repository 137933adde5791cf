/** The rapporteur's log: the record writes itself, and the gist is typed beside it. */
import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { download } from "../console/api.ts";
import { send } from "../lib/commands.ts";
import { connection } from "../lib/connection.ts";
import { t, tn, wall } from "../lib/i18n.ts";
import type { App } from "../lib/start.tsx";
import { serverNow } from "../lib/time.ts";
import { Announcements } from "../parts/Announcements.tsx";
import { ConnectionNote } from "../parts/ConnectionNote.tsx";
import { WallTime } from "../parts/WallTime.tsx";
import { fetchedRows } from "./fetched.ts";
import { JournalButton } from "./journal.tsx";
import { Live } from "./live.tsx";
import { createNotebook, type Notebook } from "./notebook.ts";
import { Record } from "./record.tsx";
import { rowsOf } from "./rows.ts";
import { Side } from "./side.tsx";

export function Log({ app }: { app: App }) {
  const { boot, store } = app;
  const book = useMemo(
    () =>
      createNotebook({
        notes: store.notes,
        send,
        now: serverNow,
        key: `rostra-notes:${boot.meeting}:${boot.link}`,
      }),
    [boot, store],
  );
  return <LogView app={app} book={book} />;
}

export function LogView({ app, book }: { app: App; book: Notebook }) {
  const { boot, store } = app;
  const fetched = useMemo(() => fetchedRows(boot), [boot]);
  const rows = useComputed(() =>
    rowsOf(
      fetched.rows.value,
      store.interventions.value,
      [store.floor.value, ...store.beneath.value].filter((each) => each !== null),
    ),
  );
  useEffect(() => fetched.complete(rows), [fetched, rows]);
  useLeaveGuard(book);
  const meeting = store.meeting.value;
  return (
    <div class="log">
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
        <SavedState book={book} zone={meeting.zone} />
        <JournalButton store={store} rows={rows} />
        <a class="button" href={download(boot, "log.csv")} download>
          CSV
        </a>
        <a class="button" href={download(boot, "log.json")} download>
          JSON
        </a>
        <WallTime zone={meeting.zone} seconds />
      </header>
      <div class="band">
        <ConnectionNote zone={meeting.zone} />
        <Announcements store={store} max={1} />
      </div>
      <Live store={store} rows={rows} />
      <Record app={app} book={book} rows={rows} />
      <Side store={store} rows={rows} />
    </div>
  );
}

/** Whether everything typed is on the server, said in words and with the time. */
function SavedState({ book, zone }: { book: Notebook; zone: string }) {
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
      <span>
        {waiting > 0 && !live
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
