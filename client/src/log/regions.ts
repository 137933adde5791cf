import { t } from "../lib/i18n.ts";

const ORGANISATIONS: ReadonlySet<string> = new Set([
  "organisation",
  "un_entity",
  "ngo",
]);

/** A regional group as the UN names it; what has none is named by its kind. */
export function regionName(region: string, tier: string): string {
  const names: Record<string, string> = {
    AFR: t("Africa"),
    APG: t("Asia-Pacific"),
    EEG: t("Eastern Europe"),
    LAC: t("Latin America and Caribbean"),
    WEO: t("Western Europe and others"),
  };
  if (region) return names[region] ?? region;
  return ORGANISATIONS.has(tier) ? t("Organisations") : t("Others");
}
