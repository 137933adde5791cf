import type { Pending } from "../lib/commands.ts";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import type { Store } from "../lib/store.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { ProblemForm } from "./ProblemForm.tsx";
import { QuestionForm } from "./QuestionForm.tsx";
import { SpeakerForm } from "./SpeakerForm.tsx";
import { ask, type Standing, type Target, target, targets } from "./standing.ts";
import { closedReason } from "./words.ts";

export type Page = "menu" | "group" | "question" | "speaker" | "problem";

export interface FormProps {
  readonly store: Store;
  /** The list that the form asks for; null where there is none. */
  readonly target: Target | null;
  readonly done: () => void;
}

/** The other requests. What is not possible now stays readable and says why. */
export function Sheet({
  store,
  at,
  page,
  onPage,
}: {
  store: Store;
  at: Standing;
  /** Null while the sheet is closed. */
  page: Page | null;
  onPage: (page: Page | null) => void;
}) {
  const form: FormProps = {
    store,
    target: target(store),
    done: () => onPage(null),
  };
  return (
    <Dialog
      open={page !== null}
      title={titleOf(page)}
      onClose={form.done}
      class="sheet"
    >
      {page === "menu" && <Menu {...form} at={at} onPage={onPage} />}
      {page === "group" && <GroupForm {...form} />}
      {page === "question" && <QuestionForm {...form} />}
      {page === "speaker" && <SpeakerForm {...form} />}
      {page === "problem" && <ProblemForm {...form} />}
      <Button onPress={page === "menu" ? form.done : () => onPage("menu")}>
        {t("Back")}
      </Button>
    </Dialog>
  );
}

function titleOf(page: Page | null): string {
  switch (page) {
    case "group":
      return t("Speak on behalf of a group");
    case "question":
      return t("Ask the panel a question");
    case "speaker":
      return t("Speaker and language");
    case "problem":
      return t("Something is wrong");
    default:
      return t("Other requests");
  }
}

function Menu({
  store,
  target,
  done,
  at,
  onPage,
}: FormProps & { at: Standing; onPage: (page: Page) => void }) {
  const { zone } = store.meeting.value;
  const closed = closedReason(target?.list ?? null, zone);
  const kinds = target?.segment.kinds ?? [];
  const refused = (kind: string) =>
    closed ?? (kinds.includes(kind) ? null : t("Not used in this part of the meeting"));
  return (
    <>
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
      {targets(store)
        .filter((each) => each.list.id !== target?.list.id)
        .filter((each) => each.segment.kinds.includes("statement"))
        .map((each) => (
          <Button
            key={each.list.id}
            class="option"
            reason={isOn(store, each) ?? closedReason(each.list, zone)}
            note={t("You wait on its list until it begins")}
            onPress={() => {
              void send("request_floor", ask(each, { kind: "statement" }));
              done();
            }}
          >
            {t("Request the floor for: {segment}", { segment: each.segment.title })}
          </Button>
        ))}
      <Button
        class="option"
        reason={hasLive(at) ? null : t("Once you are on the list")}
        note={t("Who speaks, and in which language")}
        onPress={() => onPage("speaker")}
      >
        {t("Speaker and language")}
      </Button>
      <Button
        class="option"
        note={t("Tells the technical desk, asks for nothing else")}
        onPress={() => onPage("problem")}
      >
        {t("Something is wrong: sound, connection")}
      </Button>
    </>
  );
}

function hasLive(at: Standing): boolean {
  return at.is === "queued" || at.is === "called";
}

function isOn(store: Store, { list }: Target): string | null {
  const requests = Object.values(store.mine.value?.requests ?? {});
  return requests.some((each) => each.list === list.id && each.kind === "statement")
    ? t("You are on this list")
    : null;
}

/** The sentence while something of the sheet is on its way. */
export function sendingHelp(pending: readonly Pending[]): boolean {
  return pending.some(
    (each) => each.type === "request_floor" && each.fields.kind === "technical",
  );
}
