/** The six languages of the floor, in the words of the reader. */
import { t } from "../lib/i18n.ts";

export const FLOOR_LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"] as const;

/** "French"; another language as it was typed; "" for none. */
export function languageName(code: string): string {
  const names: Record<string, string> = {
    ar: t("Arabic"),
    zh: t("Chinese"),
    en: t("English"),
    fr: t("French"),
    ru: t("Russian"),
    es: t("Spanish"),
  };
  return names[code] ?? code;
}
