/** A draw by lot in words: what was drawn from how many, and how it can be checked. */

import { t, time, tn } from "./i18n.ts";
import type { ListEntity } from "./protocol.ts";
import { regionName } from "./terms.ts";

export type Draw = NonNullable<ListEntity["draw"]>;

const SHORT = 12;

/** "Drawn by lot at 10:15 from 24 requests." */
export function drawSentence(draw: Draw, zone: string): string {
  const at = time(draw.at, zone);
  if (draw.letter) {
    return t("The letter {letter} was drawn by lot at {at}.", {
      letter: draw.letter,
      at,
    });
  }
  if (draw.region) {
    return t("{region} were drawn by lot at {at} to begin.", {
      region: regionName(draw.region),
      at,
    });
  }
  return tn(
    "Drawn by lot at {at} from one request.",
    "Drawn by lot at {at} from {n} requests.",
    draw.inputs.length,
    { at },
  );
}

/** The beginning of the seed; the record has it whole. */
export function seedShort(draw: Draw): string {
  return draw.seed.length > SHORT ? `${draw.seed.slice(0, SHORT)}…` : draw.seed;
}
