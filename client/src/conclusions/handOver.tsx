/** The hand-over: when it is due, what it does, and that it was done. */
import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t, time, tn } from "../lib/i18n.ts";
import type { Store } from "../lib/store.ts";
import { tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import type { Drafts } from "./drafts.ts";
import { dueAt } from "./order.ts";
import { printConclusions } from "./paper.tsx";

export interface HandOverProps {
  readonly store: Store;
  readonly drafts: Drafts;
  readonly write: boolean;
}

/** From here on the panel says plainly that it is time. */
const SOON_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

export function HandOver({ store, drafts, write }: HandOverProps) {
  const [asks, setAsks] = useState(false);
  const meeting = store.meeting.value;
  const at = meeting.handed_over_at ?? null;
  const all = [...store.conclusions.value.values()];
  const due = dueAt(meeting);
  const close = () => setAsks(false);
  const late = at === null && due !== null && tick.value > due - SOON_MS;
  return (
    <section class="hand-over" data-due={late || undefined}>
      <p role="status">
        {at !== null
          ? t(
              "Handed over at {time}: the text is the Chair's and the last speaker's.",
              {
                time: time(at, meeting.zone),
              },
            )
          : dueText(store, due)}
      </p>
      <div class="hand-over-acts">
        {all.length > 0 && (
          <Button onPress={() => printConclusions(store)}>{t("Print")}</Button>
        )}
        {write && at === null && (
          <Button
            main={late}
            reason={all.length === 0 ? t("There is nothing to hand over yet") : null}
            onPress={() => setAsks(true)}
          >
            {t("Hand over")}
          </Button>
        )}
        {write && at !== null && (
          <Button onPress={() => setAsks(true)}>{t("Reopen")}</Button>
        )}
      </div>
      <Dialog
        open={asks}
        title={at === null ? t("Hand over the conclusions?") : t("Reopen them?")}
        onClose={close}
      >
        {at === null ? (
          <Over store={store} drafts={drafts} onDone={close} />
        ) : (
          <Reopen at={at} onDone={close} />
        )}
      </Dialog>
    </section>
  );
}

function dueText(store: Store, due: number | null): string {
  const { zone, state } = store.meeting.value;
  if (due === null || state === "rose" || state === "archived") {
    return t("Not handed over yet.");
  }
  const wait = due - tick.value;
  return wait > 0
    ? tn(
        "To be handed over by {time}, in {n} minute: a quarter of an hour before the end.",
        "To be handed over by {time}, in {n} minutes: a quarter of an hour before the end.",
        Math.ceil(wait / MINUTE_MS),
        { time: time(due, zone) },
      )
    : t("It is time to hand over: since {time} the end is a quarter of an hour away.", {
        time: time(due, zone),
      });
}

function Over({
  store,
  drafts,
  onDone,
}: {
  store: Store;
  drafts: Drafts;
  onDone: () => void;
}) {
  const [said, setSaid] = useState("");
  const all = [...store.conclusions.value.values()];
  const loose = all.filter((each) => !each.agreed).length;
  const open = drafts.open.value;
  const give = async () => {
    const expect = { handed_over_at: null };
    const final = await send("hand_over", { expect }, { quiet: true });
    if (final.outcome === "ok") onDone();
    else if (final.outcome === "no") setSaid(final.message);
  };
  return (
    <>
      <p>
        {tn(
          "{n} conclusion goes to the Chair's page and to the last speaker's script.",
          "{n} conclusions go to the Chair's page and to the last speaker's script.",
          all.length,
        )}
      </p>
      <p>
        {t(
          "Text, links and order are fixed from then on. What is written later goes into an addendum. Reopening needs a reason.",
        )}
      </p>
      {loose > 0 && (
        <p data-warn>
          {tn(
            "{n} of them is not agreed yet; that can still be said afterwards.",
            "{n} of them are not agreed yet; that can still be said afterwards.",
            loose,
          )}
        </p>
      )}
      {open > 0 && (
        <p data-warn>
          {tn(
            "{n} text on this page is not saved and would not go with it.",
            "{n} texts on this page are not saved and would not go with it.",
            open,
          )}
        </p>
      )}
      {said && (
        <p role="alert" data-warn>
          {said}
        </p>
      )}
      <div class="dialog-actions">
        <Button onPress={onDone} autofocus>
          {t("Back")}
        </Button>
        <Button main onPress={() => void give()}>
          {t("Hand over now")}
        </Button>
      </div>
    </>
  );
}

function Reopen({ at, onDone }: { at: number; onDone: () => void }) {
  const [reason, setReason] = useState("");
  const [said, setSaid] = useState("");
  const reopen = async () => {
    const expect = { handed_over_at: at };
    const fields = { reason: reason.trim(), expect };
    const final = await send("reopen_conclusions", fields, { quiet: true });
    if (final.outcome === "ok") onDone();
    else if (final.outcome === "no") setSaid(final.message);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim()) void reopen();
      }}
    >
      <p>
        {t(
          "The text can be changed again under the Chair's eyes, and the addendum is one with it.",
        )}
      </p>
      <label class="stack">
        {t("Reason, for the log")}
        <input
          class="field"
          dir="auto"
          maxLength={200}
          autofocus
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      {said && (
        <p role="alert" data-warn>
          {said}
        </p>
      )}
      <div class="dialog-actions">
        <Button onPress={onDone}>{t("Back")}</Button>
        <Button
          type="submit"
          grave
          onPress={() => {}}
          reason={reason.trim() ? null : t("Say why")}
        >
          {t("Reopen")}
        </Button>
      </div>
    </form>
  );
}
