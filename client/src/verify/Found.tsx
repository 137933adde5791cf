import type { ComponentChildren } from "preact";
import { t, tn } from "../lib/i18n.ts";
import type { Fault, Verdict } from "./judge.ts";

export interface FoundProps {
  readonly name: string;
  /** The key that it had to be signed with; "" for any. */
  readonly wanted: string;
  readonly verdict: Verdict | "unreadable";
  /** The key of the server that this page came from. */
  readonly ours: string;
}

/** The answer: a word, a sentence, and what it hangs on. */
export function Found(props: FoundProps) {
  const { name, verdict } = props;
  if (verdict === "unreadable") {
    return (
      <Answer is="wrong" word={t("Not read")} name={name}>
        <p>{t("This device could not read the file. Choose it once more.")}</p>
      </Answer>
    );
  }
  switch (verdict.kind) {
    case "empty":
      return (
        <Answer is="none" word={t("No record")} name={name}>
          <p>{t("This file is empty.")}</p>
        </Answer>
      );
    case "other":
      return (
        <Answer is="none" word={t("No record")} name={name}>
          <p>{t("This file is no export of commits.")}</p>
        </Answer>
      );
    case "wrong":
      return (
        <Answer is="wrong" word={t("Not intact")} name={name}>
          <p>
            {t("From line {line} on, this file is not what was signed.", {
              line: verdict.line,
            })}
          </p>
          <p>{reason(verdict)}</p>
        </Answer>
      );
    case "intact":
      return <Intact {...props} verdict={verdict} />;
  }
}

interface IntactProps extends FoundProps {
  readonly verdict: Extract<Verdict, { kind: "intact" }>;
}

function Intact({ name, wanted, verdict, ours }: IntactProps) {
  const { count, meeting, erased } = verdict;
  return (
    <Answer is="intact" word={t("Intact")} name={name}>
      <p>
        {tn(
          "The one commit of {meeting} is as it was signed.",
          "All {n} commits of {meeting} are as they were signed.",
          count,
          { meeting },
        )}
      </p>
      {erased > 0 && (
        <p>
          {tn(
            "The personal part of {n} commit was erased before the export.",
            "The personal parts of {n} commits were erased before the export.",
            erased,
          )}
        </p>
      )}
      <p>
        {t("Signed with the key")} <code class="key">{verdict.key}</code>
      </p>
      <p>{whose(verdict.key, wanted, ours)}</p>
    </Answer>
  );
}

function whose(signer: string, wanted: string, ours: string): string {
  if (wanted) return t("It is the key that you gave.");
  if (signer === ours)
    return t("It is the key of the server that this page came from.");
  return t(
    "Whose key it is, the file cannot say: compare it with the one that the secretariat made known.",
  );
}

function reason(fault: Fault & { readonly line: number }): string {
  const { line } = fault;
  switch (fault.why) {
    case "unreadable":
      return t("Commit {line} cannot be read, or lacks a part.", { line });
    case "displaced": {
      const { seq, meeting } = fault;
      return t(
        "Where commit {line} should stand there is commit {seq} of {meeting}: something was left out, put in or moved.",
        { line, seq, meeting },
      );
    }
    case "changed":
      return t("Commit {line} was changed, or another program wrote it anew.", {
        line,
      });
    case "unsigned":
      return t(
        "There is no signed head: the end was cut off, or the file was never signed.",
      );
    case "misfit":
      return t("The signature does not fit the head, the last line.");
    case "cut":
      return t("The end was cut off: {count} commits were signed.", {
        count: fault.count,
      });
    case "added":
      return t("Commit {line} was added: {count} commits were signed.", {
        line,
        count: fault.count,
      });
    case "resealed":
      return t(
        "Every commit follows from the one before, but the last is not the one that was signed: the history was sealed anew.",
      );
    case "trailing":
      return t("Something stands after the signed head, where the file should end.");
    case "key":
      return t("It was signed with another key: {key}", { key: fault.key });
  }
}

interface AnswerProps {
  readonly is: "intact" | "wrong" | "none";
  readonly word: string;
  readonly name: string;
  readonly children: ComponentChildren;
}

function Answer({ is, word, name, children }: AnswerProps) {
  return (
    <section class="verify-answer" data-is={is}>
      <h2>{word}</h2>
      <p class="soft">
        <bdi>{name}</bdi>
      </p>
      {children}
    </section>
  );
}
