import type { Pending } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import type { Store } from "../lib/store.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { CorrectForm } from "./CorrectForm.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { Menu } from "./Menu.tsx";
import { MotionForm, PointForm } from "./PointForm.tsx";
import { ProblemForm } from "./ProblemForm.tsx";
import { QuestionForm } from "./QuestionForm.tsx";
import { RecordedForm } from "./RecordedForm.tsx";
import { ReplyForm } from "./ReplyForm.tsx";
import { SpeakerForm } from "./SpeakerForm.tsx";
import { ParkForm, SwapForm } from "./SwapForm.tsx";
import { type Standing, type Target, target } from "./standing.ts";
import { ContactForm } from "./WriteForms.tsx";

export type Page =
  | "menu"
  | "group"
  | "question"
  | "speaker"
  | "problem"
  | "point"
  | "motion"
  | "reply"
  | "recorded"
  | "park"
  | "swap"
  | "contact"
  | "correct";

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
      {page === "point" && <PointForm {...form} />}
      {page === "motion" && <MotionForm {...form} />}
      {page === "reply" && <ReplyForm {...form} />}
      {page === "recorded" && <RecordedForm {...form} />}
      {page === "park" && <ParkForm {...form} at={at} />}
      {page === "swap" && <SwapForm {...form} at={at} />}
      {page === "contact" && <ContactForm {...form} />}
      {page === "correct" && <CorrectForm {...form} />}
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
    case "point":
      return t("Point of order");
    case "motion":
      return t("Procedural motion");
    case "reply":
      return t("Right of reply");
    case "recorded":
      return t("A recorded statement");
    case "park":
      return t("Step aside for now");
    case "swap":
      return t("Offer your place");
    case "contact":
      return t("How you are reached");
    case "correct":
      return t("Correction for the record");
    default:
      return t("Other requests");
  }
}

/** The sentence while something of the sheet is on its way. */
export function sendingHelp(pending: readonly Pending[]): boolean {
  return pending.some(
    (each) => each.type === "request_floor" && each.fields.kind === "technical",
  );
}
