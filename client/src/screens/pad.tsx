/** The delegate's pad: one giant button, and one sentence that says where they stand. */

import "../styles/all.css";
import "../styles/pad.css";
import { computed, type ReadonlySignal } from "@preact/signals";
import { useState } from "preact/hooks";
import { lastRefusal, pending, send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { type App, start } from "../lib/start.tsx";
import type { Store } from "../lib/store.ts";
import { tick } from "../lib/time.ts";
import { Also } from "../pad/Also.tsx";
import { Corrections } from "../pad/Corrections.tsx";
import { standingOf, startCues, timeCue } from "../pad/cues.ts";
import { FloorStrip, Head } from "../pad/Head.tsx";
import { Notices } from "../pad/Notices.tsx";
import { PressTwice } from "../pad/PressTwice.tsx";
import { type Page, Sheet, sendingHelp } from "../pad/Sheet.tsx";
import { Stand } from "../pad/Stand.tsx";
import type { Standing } from "../pad/standing.ts";
import { Giant } from "../pad/Thumb.tsx";
import { TryOut } from "../pad/TryOut.tsx";
import { Announcements } from "../parts/Announcements.tsx";
import { Button } from "../parts/Button.tsx";
import { ConnectionNote } from "../parts/ConnectionNote.tsx";
import { LossNotice } from "../parts/LossNotice.tsx";
import { Released } from "../parts/Released.tsx";

function Pad({ app, standing }: { app: App; standing: ReadonlySignal<Standing> }) {
  const { store } = app;
  const [page, setPage] = useState<Page | null>(null);
  const at = standing.value;
  const own = at.is === "called" || at.is === "speaking" || at.is === "held";
  return (
    <div class="pad" data-is={at.is}>
      <Head store={store} />
      <ConnectionNote zone={store.meeting.value.zone} />
      <LossNotice />
      <Announcements store={store} max={2} />
      <Notices store={store} at={at} />
      <main class="pad-main">
        {!own && <FloorStrip store={store} />}
        <Stand store={store} at={at} />
        {"also" in at && <Also also={at.also} />}
        <Corrections store={store} onCorrect={() => setPage("correct")} />
        <Released store={store} />
        <p class="unseen" aria-live="polite">
          {timeCue(at, tick.value)}
        </p>
      </main>
      <div class="thumb">
        <Help store={store} />
        {lastRefusal.value && (
          <p class="refusal" role="alert">
            {lastRefusal.value}
          </p>
        )}
        <Second store={store} at={at} app={app} onPage={setPage} />
        <Giant store={store} at={at} pending={pending.value} onPage={setPage} />
      </div>
      <Sheet store={store} at={at} page={page} onPage={setPage} />
    </div>
  );
}

/** The second button: what belongs to the moment. */
function Second({
  store,
  at,
  app,
  onPage,
}: {
  store: Store;
  at: Standing;
  app: App;
  onPage: (page: Page) => void;
}) {
  if (at.is === "speaking" || at.is === "held") {
    return (
      <Button onPress={() => onPage("problem")}>
        {t("Something is wrong: sound, connection")}
      </Button>
    );
  }
  if (at.is === "called" || (at.is === "queued" && at.at.next)) {
    return (
      <div class="thumb-row">
        <Button onPress={() => onPage("speaker")}>
          {t("Change speaker or language")}
        </Button>
        {at.is === "queued" && (
          <Button onPress={() => onPage("menu")}>{t("Other")}</Button>
        )}
      </div>
    );
  }
  if (at.is === "parked") {
    return (
      <div class="thumb-row">
        <PressTwice
          again={t("Press again to withdraw")}
          onPress={() => void send("withdraw", { request: at.at.request.id })}
        >
          {t("Withdraw")}
        </PressTwice>
        <Button onPress={() => onPage("menu")}>{t("Other")}</Button>
      </div>
    );
  }
  const { state } = store.meeting.value;
  const early = state === "scheduled" || state === "lobby";
  return (
    <div class="thumb-row">
      {early && at.is === "idle" && <TryOut line={app.line} />}
      <Button onPress={() => onPage("menu")}>
        {early || at.is === "over"
          ? t("Other requests")
          : t("Point of order, reply, other")}
      </Button>
    </div>
  );
}

/** That the call for help has arrived, as long as it stands. */
function Help({ store }: { store: Store }) {
  if (sendingHelp(pending.value)) {
    return <p class="help">{t("Telling the technical desk")}</p>;
  }
  if ((store.mine.value?.signals.length ?? 0) === 0) return null;
  return (
    <p class="help" role="status">
      {t("The technical desk has been told.")}
    </p>
  );
}

/** One's own clock, from the call on; before that the one of whoever has the floor. */
function clockOf(store: Store) {
  return computed(() => store.mine.value?.floor ?? store.floor.value);
}

function isQuiet(store: Store): boolean {
  const told = Object.values(store.mine.value?.requests ?? {}).some((r) => r.told);
  return !store.mine.value?.floor && !told && pending.value.length === 0;
}

void start(
  (app) => {
    const standing = standingOf(app.store);
    startCues(standing);
    return <Pad app={app} standing={standing} />;
  },
  { clock: clockOf, safe: isQuiet },
);
