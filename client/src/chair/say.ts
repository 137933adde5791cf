/** The sentence for the chair to say, with the form of address of the secretariat. */

import { addressed as formOf, type Words } from "../lib/addressed.ts";
import { t } from "../lib/i18n.ts";
import type { Voice } from "../lib/names.ts";

const PLAIN: Words<string> = { t, name: (text) => text };

/** Who is meant, as one says it: "the observer for the Holy See". */
export function addressed(voice: Voice): string {
  return formOf(voice, PLAIN);
}

export interface Moment {
  /** Who has just spoken, or speaks and is to be thanked. */
  readonly thanked: Voice | null;
  readonly next: Voice | null;
  readonly after: Voice | null;
}

/** The whole sentence; "" where there is nobody to thank and nobody to call. */
export function toSay({ thanked, next, after }: Moment): string {
  const params = {
    thanked: thanked ? addressed(thanked) : "",
    next: next ? addressed(next) : "",
    after: after ? addressed(after) : "",
  };
  if (thanked && next && after) {
    return t(
      "I thank {thanked}. I now give the floor to {next}, to be followed by {after}.",
      params,
    );
  }
  if (thanked && next) {
    return t("I thank {thanked}. I now give the floor to {next}.", params);
  }
  if (next && after) {
    return t("I now give the floor to {next}, to be followed by {after}.", params);
  }
  if (next) return t("I now give the floor to {next}.", params);
  return thanked ? t("I thank {thanked}.", params) : "";
}
