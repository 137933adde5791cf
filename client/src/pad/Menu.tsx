import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { Kind } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { Button } from "../parts/Button.tsx";
import {
  explanationReason,
  motionReason,
  parkReason,
  pointReason,
  repliable,
  replyReason,
  respondedTo,
  responseReason,
  swapReason,
} from "./available.ts";
import { lookForOwnRow, ownRow } from "./ownRow.ts";
import { usedSentence } from "./ReplyForm.tsx";
import type { FormProps, Page } from "./Sheet.tsx";
import { ask, type Standing, type Target, targets } from "./standing.ts";
import { closedReason } from "./words.ts";

export interface MenuProps extends FormProps {
  readonly at: Standing;
  readonly onPage: (page: Page) => void;
}

/** All that can be asked for beside the one button, by what it is about. */
export function Menu(props: MenuProps) {
  return (
    <>
      <Interrupting {...props} />
      <OwnPlace {...props} />
      <Asking {...props} />
      <Help {...props} />
    </>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="options">
      <h3 class="label">{title}</h3>
      {children}
    </section>
  );
}

/** What does not wait for a place on the list. */
function Interrupting({ store, done, onPage }: MenuProps) {
  const [item = null] = repliable(store);
  const to = respondedTo(store);
  const { interruptions } = store.meeting.value.rules;
  return (
    <Group title={t("To the chair")}>
      <Button
        class="option"
        reason={pointReason(store)}
        note={t("Before the chair at once")}
        onPress={() => onPage("point")}
      >
        {t("Point of order")}
      </Button>
      <Button
        class="option"
        reason={replyReason(store, item)}
        note={item && usedSentence(store, item)}
        onPress={() => onPage("reply")}
      >
        {t("Right of reply")}
      </Button>
      <Button
        class="option"
        reason={motionReason(store)}
        note={t("To suspend, to adjourn, to close the debate")}
        onPress={() => onPage("motion")}
      >
        {t("Procedural motion")}
      </Button>
      {interruptions.response?.enabled !== false && interruptions.response && (
        <Button
          class="option"
          reason={responseReason(store)}
          note={to && t("To {name}", { name: label(to).main })}
          onPress={() => {
            void send("request_floor", { kind: "response" });
            done();
          }}
        >
          {t("Short response to the speaker")}
        </Button>
      )}
    </Group>
  );
}

/** What can be done with the place one has; nothing while there is none. */
function OwnPlace({ store, at, onPage }: MenuProps) {
  if (!("at" in at)) return null;
  const { rules } = store.meeting.value;
  return (
    <Group title={t("Your request")}>
      <Button
        class="option"
        note={t("Who speaks, and in which language")}
        onPress={() => onPage("speaker")}
      >
        {t("Speaker and language")}
      </Button>
      {rules.park && (
        <Button
          class="option"
          reason={parkReason(store, at)}
          note={t("You are not called meanwhile")}
          onPress={() => onPage("park")}
        >
          {t("Step aside for now")}
        </Button>
      )}
      {rules.swaps !== "off" && (
        <Button
          class="option"
          reason={swapReason(store, at)}
          note={t("To another delegation, for theirs")}
          onPress={() => onPage("swap")}
        >
          {t("Offer your place")}
        </Button>
      )}
    </Group>
  );
}

/** Other requests for the floor. */
function Asking({ store, target, done, onPage }: MenuProps) {
  const { zone, rules } = store.meeting.value;
  const closed = closedReason(target?.list ?? null, zone, rules.late_tray);
  const kinds = target?.segment.kinds ?? [];
  const refused = (kind: Kind) =>
    closed ?? (kinds.includes(kind) ? null : t("Not used in this part of the meeting"));
  const explaining = explanationReason(store);
  const phase = store.runningSegment.value?.phase;
  return (
    <Group title={t("Request the floor")}>
      {kinds.includes("question") && (
        <Button
          class="option"
          reason={refused("question")}
          note={t("In the round that is open")}
          onPress={() => onPage("question")}
        >
          {t("Ask the panel a question")}
        </Button>
      )}
      <Button
        class="option"
        reason={refused("group_statement")}
        note={t("With the group's own time")}
        onPress={() => onPage("group")}
      >
        {t("Speak on behalf of a group")}
      </Button>
      <Button
        class="option"
        reason={refused("statement") ?? (target && isOn(store, target))}
        note={t("The technical desk plays it in your turn")}
        onPress={() => onPage("recorded")}
      >
        {t("A recorded statement")}
      </Button>
      {(explaining === null || phase === "voting") && (
        <Button
          class="option"
          reason={explaining}
          onPress={() => {
            void send("request_floor", { kind: "explanation_of_vote" });
            done();
          }}
        >
          {t("Explanation of vote")}
        </Button>
      )}
      {targets(store)
        .filter((each) => each.list.id !== target?.list.id)
        .filter((each) => each.segment.kinds.includes("statement"))
        .map((each) => (
          <Button
            key={each.list.id}
            class="option"
            reason={isOn(store, each) ?? closedReason(each.list, zone, rules.late_tray)}
            note={t("You wait on its list until it begins")}
            onPress={() => {
              void send("request_floor", ask(each, { kind: "statement" }));
              done();
            }}
          >
            {t("Request the floor for: {segment}", { segment: each.segment.title })}
          </Button>
        ))}
    </Group>
  );
}

function Help({ store, onPage }: MenuProps) {
  useEffect(() => void lookForOwnRow(store), [store]);
  return (
    <Group title={t("Help")}>
      <Button
        class="option"
        note={t("Tells the technical desk, asks for nothing else")}
        onPress={() => onPage("problem")}
      >
        {t("Something is wrong: sound, connection")}
      </Button>
      <Button
        class="option"
        note={t("E-mail or telephone, for the secretariat only")}
        onPress={() => onPage("contact")}
      >
        {t("How you are reached")}
      </Button>
      {ownRow(store) && (
        <Button
          class="option"
          note={t("In writing, of what you said")}
          onPress={() => onPage("correct")}
        >
          {t("Correction for the record")}
        </Button>
      )}
    </Group>
  );
}

function isOn(store: Store, { list }: Target): string | null {
  const requests = Object.values(store.mine.value?.requests ?? {});
  return requests.some((each) => each.list === list.id && each.kind === "statement")
    ? t("You are on this list")
    : null;
}
