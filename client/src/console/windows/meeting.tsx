import { t } from "../../lib/i18n.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import { download } from "../api.ts";
import { copied, copyList, journalText } from "../copy.ts";
import type { Desk, Window } from "../desk.ts";
import { adjourn, closeRecord } from "../press.ts";

/** The rarer acts on the meeting, and texts to take away. */
export function MeetingWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { meeting, floor } = desk.scene.value;
  const open = (window: Window) => () => {
    desk.window.value = window;
  };
  const running = meeting.state === "in_session";
  const mayRise = (running || meeting.state === "suspended") && !floor;
  return (
    <>
      <h3>{t("Texts to copy")}</h3>
      <div class="choices">
        <Button
          onPress={() => {
            onDone();
            void copyJournal(desk);
          }}
        >
          {t("The Journal's sentence")}
        </Button>
        <Button
          onPress={() => {
            onDone();
            void copyList(desk);
          }}
        >
          {t("The list of speakers")}
        </Button>
        <a class="button" href={download(desk.boot, "log.csv")} download>
          {t("The log as CSV")}
        </a>
        <a class="button" href={download(desk.boot, "log.json")} download>
          {t("The log as JSON")}
        </a>
      </div>
      <h3>{t("Windows")}</h3>
      <div class="choices">
        <Button onPress={open({ name: "links" })}>{t("Links and QR codes")}</Button>
        <Button onPress={open({ name: "totals" })}>{t("Time by delegation")}</Button>
        <Button onPress={open({ name: "keys" })} shortcut="?">
          {t("Keys")}
        </Button>
      </div>
      <h3>{t("The meeting")}</h3>
      <div class="choices">
        <Button
          onPress={open({ name: "suspend" })}
          reason={running ? null : t("The meeting is not in session")}
        >
          {t("Suspend the meeting")}
        </Button>
        <Act
          desk={desk}
          press={mayRise ? adjourn(meeting, waitingInAll(desk)) : null}
          why={floor ? t("After this speaker") : t("The meeting is not in session")}
          also={onDone}
          grave
        >
          {t("Adjourn the meeting")}
        </Act>
        <Act
          desk={desk}
          press={meeting.state === "rose" ? closeRecord(meeting) : null}
          why={t("Once the meeting has risen")}
          also={onDone}
          grave
        >
          {t("Close the record")}
        </Act>
      </div>
    </>
  );
}

function waitingInAll(desk: Desk): number {
  let n = 0;
  for (const list of desk.store.lists.value.values()) n += list.count;
  return n;
}

function copyJournal(desk: Desk): Promise<void> {
  const text = journalText(desk.store.interventions.value.values());
  if (text === "") {
    desk.say(t("Nobody has spoken yet."));
    return Promise.resolve();
  }
  return copied(desk, text, t("The Journal's sentence was copied."));
}
