import type { ComponentChildren } from "preact";
import { t } from "../lib/i18n.ts";
import type { ClockPhase } from "../lib/time.ts";

export type SignIs = ClockPhase | "order" | "next";

/** A phase: its shape and its word on its colour, never one without the other. */
export function Sign({
  is,
  soft = false,
  children,
}: {
  is: SignIs;
  /** Rules of soft enforcement show no red at all. */
  soft?: boolean;
  children?: ComponentChildren;
}) {
  return (
    <span class="sign" data-is={is} data-soft={soft || undefined}>
      <i class="shape" data-is={is} aria-hidden="true" />
      <span>{children ?? signWord(is)}</span>
    </span>
  );
}

/** The word of a phase where nothing more particular is to be said. */
export function signWord(is: SignIs): string {
  switch (is) {
    case "waiting":
      return t("Not started");
    case "running":
      return t("Running");
    case "warning":
      return t("Please conclude soon");
    case "over":
      return t("Time");
    case "held":
      return t("Held");
    case "order":
      return t("Point of order");
    case "next":
      return t("Next");
  }
}
