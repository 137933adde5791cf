/** The windows over the console: one at a time, each closed by Escape. */
import { t } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import type { Desk, Window } from "./desk.ts";
import { AdjournWindow } from "./windows/adjourn.tsx";
import { AnnounceWindow } from "./windows/announce.tsx";
import { AsideWindow } from "./windows/aside.tsx";
import { AttendanceWindow } from "./windows/attendance.tsx";
import { ConclusionsWindow } from "./windows/conclusions.tsx";
import { CorrectionsWindow } from "./windows/corrections.tsx";
import { DocumentsWindow } from "./windows/documents.tsx";
import { GavelWindow } from "./windows/gavel.tsx";
import { KeysWindow } from "./windows/keys.tsx";
import { LimitWindow } from "./windows/limit.tsx";
import { LinksWindow } from "./windows/links.tsx";
import { ListStateWindow } from "./windows/listState.tsx";
import { MeetingWindow } from "./windows/meeting.tsx";
import { MessagesWindow } from "./windows/messages.tsx";
import { MoreWindow } from "./windows/more.tsx";
import { OrderWindow } from "./windows/order.tsx";
import { PasteWindow } from "./windows/paste.tsx";
import { PauseWindow } from "./windows/pause.tsx";
import { PeopleWindow } from "./windows/people.tsx";
import { RaiseWindow } from "./windows/raise.tsx";
import { RepliesWindow } from "./windows/replies.tsx";
import { RowWindow } from "./windows/row.tsx";
import { RulesWindow } from "./windows/rules.tsx";
import { RulingWindow } from "./windows/ruling.tsx";
import { SegmentWindow } from "./windows/segment.tsx";
import { SuspendWindow } from "./windows/suspend.tsx";
import { TextWindow } from "./windows/text.tsx";
import { TotalsWindow } from "./windows/totals.tsx";
import { UnheardWindow } from "./windows/unheard.tsx";

/** These have a "Back" of their own beside their button. */
const WITH_BACK: ReadonlySet<Window["name"]> = new Set(["row", "paste"]);

/** Every button of these does something at once: the safe one has the focus. */
const SAFE_FIRST: ReadonlySet<Window["name"]> = new Set([
  "list_state",
  "more",
  "meeting",
  "keys",
  "aside",
  "gavel",
  "replies",
  "adjourn",
  "limit",
  "conclusions",
  "corrections",
  "documents",
]);

export function Windows({ desk }: { desk: Desk }) {
  const window = desk.window.value;
  const close = () => {
    desk.window.value = null;
  };
  return (
    <Dialog
      open={window !== null}
      title={window ? titleOf(desk, window) : ""}
      onClose={close}
      class={window ? `window-${window.name}` : ""}
    >
      {window && (
        <>
          <Content
            key={JSON.stringify(window)}
            desk={desk}
            window={window}
            onDone={close}
          />
          {!WITH_BACK.has(window.name) && (
            <div class="dialog-actions dialog-foot">
              <Button onPress={close} autofocus={SAFE_FIRST.has(window.name)}>
                {t("Back")}
              </Button>
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}

function titleOf(desk: Desk, window: Window): string {
  switch (window.name) {
    case "paste":
      return t("Paste a list");
    case "row":
      return t("Request for the floor");
    case "segment":
      return desk.store.segments.value.get(window.segment)?.title ?? "";
    case "text":
      return t("Text to copy");
    case "keys":
      return t("Keys");
    case "meeting":
      return t("Meeting");
    case "suspend":
      return t("Suspend the meeting");
    case "people":
      return t("Who is here");
    case "links":
      return t("Links and QR codes");
    case "totals":
      return t("Time by delegation");
    case "announce":
      return t("Announcement");
    case "order":
      return t("Order of the list");
    case "list_state":
      return t("The list");
    case "pause":
      return t("Why does the clock stand still?");
    case "more":
      return t("More for the speaker");
    case "raise":
      return t("Point of order, motion, response");
    case "aside":
      return t("Not taken up");
    case "ruling":
      return t("Ruling: appeal and note");
    case "limit":
      return t("Time limit");
    case "replies":
      return t("Rights of reply");
    case "gavel":
      return t("The gavel");
    case "messages":
      return t("Back-channel");
    case "adjourn":
      return t("Adjourn the meeting");
    case "unheard":
      return t("Who was not heard");
    case "attendance":
      return t("Attendance");
    case "rules":
      return t("Rules of procedure");
    case "conclusions":
      return t("Conclusions");
    case "corrections":
      return t("Corrections of the record");
    case "documents":
      return t("Export the record");
  }
}

function Content({
  desk,
  window,
  onDone,
}: {
  desk: Desk;
  window: Window;
  onDone: () => void;
}) {
  switch (window.name) {
    case "paste":
      return <PasteWindow desk={desk} onDone={onDone} />;
    case "row": {
      const request = desk.store.requests.value.get(window.request);
      if (!request) return <p>{t("This request is no longer on the list.")}</p>;
      return <RowWindow desk={desk} request={request} onDone={onDone} />;
    }
    case "segment": {
      const segment = desk.store.segments.value.get(window.segment);
      if (!segment) return null;
      return <SegmentWindow desk={desk} segment={segment} onDone={onDone} />;
    }
    case "text":
      return <TextWindow text={window.text} />;
    case "keys":
      return <KeysWindow />;
    case "meeting":
      return <MeetingWindow desk={desk} onDone={onDone} />;
    case "suspend":
      return <SuspendWindow desk={desk} onDone={onDone} />;
    case "people":
      return <PeopleWindow desk={desk} />;
    case "links":
      return <LinksWindow desk={desk} />;
    case "totals":
      return <TotalsWindow desk={desk} />;
    case "announce":
      return <AnnounceWindow desk={desk} />;
    case "order":
      return <OrderWindow desk={desk} onDone={onDone} />;
    case "list_state":
      return <ListStateWindow desk={desk} onDone={onDone} />;
    case "pause":
      return <PauseWindow desk={desk} onDone={onDone} />;
    case "more":
      return <MoreWindow desk={desk} onDone={onDone} />;
    case "raise":
      return <RaiseWindow desk={desk} delegation={window.delegation} onDone={onDone} />;
    case "aside": {
      const request = desk.store.requests.value.get(window.request);
      if (!request) return <p>{t("This request is no longer on the list.")}</p>;
      return <AsideWindow desk={desk} request={request} onDone={onDone} />;
    }
    case "ruling":
      return <RulingWindow desk={desk} />;
    case "limit":
      return <LimitWindow desk={desk} onDone={onDone} />;
    case "replies":
      return <RepliesWindow desk={desk} />;
    case "gavel":
      return <GavelWindow desk={desk} onDone={onDone} />;
    case "messages":
      return <MessagesWindow desk={desk} />;
    case "adjourn":
      return <AdjournWindow desk={desk} onDone={onDone} />;
    case "unheard":
      return <UnheardWindow desk={desk} />;
    case "attendance":
      return <AttendanceWindow desk={desk} />;
    case "rules":
      return <RulesWindow desk={desk} />;
    case "conclusions":
      return <ConclusionsWindow desk={desk} />;
    case "corrections":
      return <CorrectionsWindow desk={desk} />;
    case "documents":
      return <DocumentsWindow desk={desk} />;
  }
}
