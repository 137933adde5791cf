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

const SHOWN = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})$/;

/** The instant at which the wall shows "2020-07-11T18:00" in the zone; or null. */
export function instantOn(text: string, zone: string): number | null {
  const [, year, month, day, hour, minute] = SHOWN.exec(text) ?? [];
  if (year === undefined) return null;
  const meant = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
  );
  // Twice: the zone's distance is that of the instant, not of the guess.
  let at = meant;
  for (let n = 0; n < 2; n += 1) at += meant - shownAt(at, zone);
  return shownAt(at, zone) === meant ? at : null;
}

/** "2020-07-11T18:00", as the wall of the zone shows an instant. */
export function wallOn(instant: number, zone: string): string {
  return new Date(shownAt(instant, zone)).toISOString().slice(0, 16);
}

/** What the wall shows at an instant, as if it were UTC. */
function shownAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  }).formatToParts(instant);
  const of = (type: string) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  return Date.UTC(of("year"), of("month") - 1, of("day"), of("hour"), of("minute"));
}

function minutesOf(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2})[:.h](\d{2})$/.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return Number(hours) < 24 && Number(minutes) < 60 ? total : null;
}
