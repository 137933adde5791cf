import { t, time } from "../../lib/i18n.ts";
import { lostText } from "../../lib/lossTexts.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import { copied, copyList, journalText } from "../copy.ts";
import type { Desk, Window } from "../desk.ts";
import { remarks } from "../points.ts";
import { closeRecord } from "../press.ts";

/** The rarer acts on the meeting, and texts to take away. */
export function MeetingWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { meeting, floor } = desk.scene.value;
  const open = (window: Window) => () => {
    desk.window.value = window;
  };
  const running = meeting.state === "in_session";
  const adjournWhy = floor
    ? t("After this speaker")
    : t("The meeting is not in session");
  const mayRise = (running || meeting.state === "suspended") && !floor;
  return (
    <>
      {meeting.losses.map(({ after, until, at }) => (
        <p key={at} data-warn>
          {lostText(after, until, time(at, meeting.zone))}
        </p>
      ))}
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
      </div>
      <h3>{t("Windows")}</h3>
      <div class="choices">
        <Button onPress={open({ name: "links" })}>{t("Links and QR codes")}</Button>
        <Button onPress={open({ name: "documents" })}>{t("Export the record")}</Button>
        <Button onPress={open({ name: "totals" })}>{t("Time by delegation")}</Button>
        <Button onPress={open({ name: "attendance" })}>{t("Attendance")}</Button>
        <Button onPress={open({ name: "conclusions" })} shortcut="Q">
          {t("Conclusions")}
        </Button>
        <Button onPress={open({ name: "corrections" })} shortcut="X">
          {t("Corrections of the record")}
        </Button>
        <Button onPress={open({ name: "unheard" })}>{t("Who was not heard")}</Button>
        <Button onPress={open({ name: "replies" })} shortcut="Y">
          {t("Rights of reply")}
        </Button>
        <Button onPress={open({ name: "rules" })} note={meeting.rules.title}>
          {t("Rules of procedure")}
        </Button>
        <Button onPress={open({ name: "keys" })} shortcut="?">
          {t("Keys")}
        </Button>
      </div>
      <h3>{t("The meeting")}</h3>
      <div class="choices">
        <Button
          onPress={open({ name: "suspend" })}
          reason={
            running || meeting.state === "lobby"
              ? null
              : t("The meeting is not in session")
          }
        >
          {t("Suspend the meeting")}
        </Button>
        <Act
          desk={desk}
          press={remarks(desk.scene.value)}
          why={floor ? t("After this speaker") : t("The meeting is not in session")}
          also={onDone}
          shortcut="K"
        >
          {t("The Chair speaks")}
        </Act>
        <Button
          onPress={open({ name: "adjourn" })}
          reason={mayRise ? null : adjournWhy}
          note={t("with a deadline for written statements")}
          grave
        >
          {t("Adjourn the meeting")}
        </Button>
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

function copyJournal(desk: Desk): Promise<void> {
  const text = journalText(desk.store.interventions.value.values());
  if (text === "") {
    desk.say(t("Nobody has spoken yet."));
    return Promise.resolve();
  }
  return copied(desk, text, t("The Journal's sentence was copied."));
}
