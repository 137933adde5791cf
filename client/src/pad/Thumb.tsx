import { cancel, type Pending, send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import type { FieldsOf, FloorEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { serverNow } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { replyReason } from "./available.ts";
import { PressTwice } from "./PressTwice.tsx";
import type { Page } from "./Sheet.tsx";
import { ask, type Queued, type Standing, type Target } from "./standing.ts";
import { closedReason, isUnheard } from "./words.ts";

/** A second tap within this time is part of the first. */
const DOUBLE_TAP_MS = 1_000;

/** The one button, and what the sheet asks for through it. */
export function Giant({
  store,
  at,
  pending,
  onPage,
}: {
  store: Store;
  at: Standing;
  pending: readonly Pending[];
  /** Opens the sheet where something more is to be said. */
  onPage: (page: Page) => void;
}) {
  switch (at.is) {
    case "called":
      return <Ready floor={at.floor} busy={isOn(pending, "ready")} />;
    case "speaking":
      return <Finished floor={at.floor} busy={isOn(pending, "end")} />;
    case "held":
      return at.floor.one_moment ? (
        <Ready floor={at.floor} busy={isOn(pending, "ready")} back />
      ) : (
        <Button class="giant" onPress={nothing} reason={t("After the pause")}>
          {t("I have finished")}
        </Button>
      );
    case "sending":
      return <Sending pending={at.pending} />;
    case "queued":
    case "waiting":
      return <WithdrawButton at={at.at} busy={isOn(pending, "withdraw")} />;
    case "parked":
      return <ComeBack at={at.at} busy={isOn(pending, "unpark")} />;
    case "over":
      return isUnheard(store.mine.value?.ended) ? (
        <Button class="giant" main onPress={() => onPage("contact")}>
          {t("Tell how you are reached")}
        </Button>
      ) : (
        <Button class="giant" onPress={nothing} reason={t("The meeting is adjourned")}>
          {t("Request the floor")}
        </Button>
      );
    case "idle":
      return <Request store={store} target={at.target} onPage={onPage} />;
  }
}

function Request({
  store,
  target,
  onPage,
}: {
  store: Store;
  target: Target | null;
  onPage: (page: Page) => void;
}) {
  const { zone, rules } = store.meeting.value;
  const segment = store.runningSegment.value;
  if (segment?.phase === "reply_1" || segment?.phase === "reply_2") {
    return (
      <Button
        class="giant"
        main
        reason={replyReason(store, segment)}
        onPress={() => onPage("reply")}
      >
        {t("Ask for the right of reply")}
      </Button>
    );
  }
  const reason = closedReason(target?.list ?? null, zone, rules.late_tray);
  const kinds = target?.segment.kinds ?? [];
  if (kinds.includes("question") && !kinds.includes("statement")) {
    return (
      <Button class="giant" main reason={reason} onPress={() => onPage("question")}>
        {t("Ask the panel a question")}
      </Button>
    );
  }
  return (
    <Button
      class="giant"
      main
      reason={reason}
      note={noteOf(target)}
      onPress={() =>
        target && void send("request_floor", ask(target, { kind: "statement" }))
      }
    >
      {t("Request the floor")}
    </Button>
  );
}

/** Whose list it is, if not the running one's; or that the request comes late. */
function noteOf(target: Target | null) {
  if (target?.list.state === "closed") {
    return t("The list is closed: the secretariat decides");
  }
  return target && !target.running ? <bdi>{target.segment.title}</bdi> : undefined;
}

function Sending({ pending }: { pending: Pending }) {
  return (
    <Button
      class="giant"
      busy
      note={t("Press again to take it back")}
      onPress={() => {
        if (serverNow() - pending.since > DOUBLE_TAP_MS) cancel(pending.id);
      }}
    >
      {t("Sending")}
    </Button>
  );
}

function WithdrawButton({ at, busy }: { at: Queued; busy: boolean }) {
  return (
    <PressTwice
      class="giant"
      busy={busy}
      note={withdrawalNote(at)}
      again={t("Press again to withdraw")}
      onPress={() => void send("withdraw", { request: at.request.id })}
    >
      {busy ? t("Sending") : t("Withdraw")}
    </PressTwice>
  );
}

function withdrawalNote(at: Queued): string | undefined {
  if (at.next) return t("We no longer wish to speak");
  const listed = at.request.status === "queued" && !at.lot;
  return listed ? t("You would lose your place") : undefined;
}

function ComeBack({ at, busy }: { at: Queued; busy: boolean }) {
  return (
    <Button
      class="giant"
      main
      busy={busy}
      onPress={() => void send("unpark", { request: at.request.id })}
    >
      {busy ? t("Sending") : t("Come back")}
    </Button>
  );
}

function Ready({
  floor,
  busy,
  back = false,
}: {
  floor: FloorEntity;
  busy: boolean;
  back?: boolean;
}) {
  const said = !back && Boolean(floor.ready_at);
  return (
    <Button
      class="giant"
      main
      busy={busy}
      reason={said ? t("The moderator starts the clock") : null}
      onPress={() => void send("ready", { expect: expected(floor) })}
    >
      {busy ? t("Sending") : back ? t("We are back") : t("We are ready")}
    </Button>
  );
}

function Finished({ floor, busy }: { floor: FloorEntity; busy: boolean }) {
  return (
    <PressTwice
      class="giant"
      main
      busy={busy}
      again={t("Press again to finish")}
      onPress={() => void send("end", { expect: expected(floor) })}
    >
      {busy ? t("Sending") : t("I have finished")}
    </PressTwice>
  );
}

function expected(floor: FloorEntity): FieldsOf<"ready">["expect"] {
  return { intervention: floor.id, phase: floor.phase };
}

function isOn(pending: readonly Pending[], type: Pending["type"]): boolean {
  return pending.some((each) => each.type === type);
}

function nothing(): void {}
