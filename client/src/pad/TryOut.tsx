import { useState } from "preact/hooks";
import type { Connection } from "../lib/connection.ts";
import { t } from "../lib/i18n.ts";
import { buzz } from "../lib/screen.ts";
import { clockError } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";

type Trial = "ready" | "asking" | "failed" | { readonly took_ms: number };

/** The button to be tried before the meeting: asks the server, and asks for nothing. */
export function TryOut({ line }: { line: Connection }) {
  const [open, setOpen] = useState(false);
  const [trial, setTrial] = useState<Trial>("ready");
  const press = async () => {
    if (trial === "asking") return;
    setTrial("asking");
    buzz([60]);
    try {
      setTrial({ took_ms: await line.ping() });
    } catch {
      setTrial("failed");
    }
  };
  return (
    <>
      <Button onPress={() => setOpen(true)}>{t("Try the button")}</Button>
      <Dialog
        open={open}
        title={t("Try the button: nothing is sent")}
        class="sheet"
        onClose={() => {
          setTrial("ready");
          setOpen(false);
        }}
      >
        <p class="second" role="status">
          {outcome(trial)}
        </p>
        <Button
          class="giant"
          main
          busy={trial === "asking"}
          onPress={() => void press()}
        >
          {t("Request the floor")}
        </Button>
        <Button onPress={() => setOpen(false)}>{t("Back")}</Button>
      </Dialog>
    </>
  );
}

function outcome(trial: Trial): string {
  if (trial === "ready") return t("In the meeting this button asks for the floor.");
  if (trial === "asking") return t("Sending");
  if (trial === "failed") {
    return t("No answer from the server. This page keeps trying to connect.");
  }
  const clock = clockError.value;
  const took = { ms: Math.max(1, Math.round(trial.took_ms)) };
  return clock === null
    ? t("It works: the server answered in {ms} ms. No request was made.", took)
    : t(
        "It works: the server answered in {ms} ms, clock agreed to {s} s. No request was made.",
        { ...took, s: Math.max(0.01, clock / 1000).toFixed(2) },
      );
}
