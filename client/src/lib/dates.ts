/** Instants as people read them, in a zone and in the language of the screen. */

import { lang } from "./language.ts";

/** The months as the UN writes them in Arabic. */
const ARABIC_MONTHS = [
  "كانون الثاني/يناير",
  "شباط/فبراير",
  "آذار/مارس",
  "نيسان/أبريل",
  "أيار/مايو",
  "حزيران/يونيه",
  "تموز/يوليه",
  "آب/أغسطس",
  "أيلول/سبتمبر",
  "تشرين الأول/أكتوبر",
  "تشرين الثاني/نوفمبر",
  "كانون الأول/ديسمبر",
];

/** Latin digits everywhere; the 24 hours and the order of days of British English. */
const LOCALES: Readonly<Record<string, string>> = {
  en: "en-GB",
  ar: "ar-u-nu-latn",
};

const formats = new Map<string, Intl.DateTimeFormat>();

function format(
  locale: string,
  zone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${zone} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
    formats.set(key, made);
  }
  return made;
}

/** "12:30" in the zone. */
export function time(instant: number, zone: string): string {
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return format("en-GB", zone, options).format(instant);
}

/** "12:30:07" in the zone. */
export function wall(instant: number, zone: string): string {
  const options = {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  } as const;
  return format("en-GB", zone, options).format(instant);
}

/** "Friday 10 July 2020" in the zone. */
export function day(instant: number, zone: string): string {
  const locale = LOCALES[lang.value] ?? lang.value;
  const weekday = format(locale, zone, { weekday: "long" }).format(instant);
  const parts = format("en-GB", zone, {
    day: "numeric",
    month: "numeric",
    year: "numeric",
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  const month =
    lang.value === "ar"
      ? ARABIC_MONTHS[Number(of("month")) - 1]
      : format(locale, zone, { month: "long" }).format(instant);
  return `${weekday} ${of("day")} ${month} ${of("year")}`;
}

/** The city of a zone, "New York". */
export function city(zone: string): string {
  return zone.split("/").at(-1)?.replaceAll("_", " ") ?? zone;
}

/** The zone of this device. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Whether the clocks on the wall of two zones differ at an instant. */
export function differs(instant: number, one: string, other: string): boolean {
  return time(instant, one) !== time(instant, other);
}
