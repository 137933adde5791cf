/** From a time on the wall at the meeting's place to the instant it means. */
import { time } from "../lib/i18n.ts";

const MINUTE = 60_000;
const HALF_DAY = 720;
const DAY = 1_440;

/** The instant nearest to `now` at which the wall shows `text`, "12:30"; or null. */
export function instantAt(text: string, zone: string, now: number): number | null {
  const wanted = minutesOf(text);
  const shown = minutesOf(time(now, zone));
  if (wanted === null || shown === null) return null;
  const apart = ((wanted - shown + HALF_DAY + DAY) % DAY) - HALF_DAY;
  return Math.floor(now / MINUTE) * MINUTE + apart * MINUTE;
}

function minutesOf(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2})[:.h](\d{2})$/.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return Number(hours) < 24 && Number(minutes) < 60 ? total : null;
}
