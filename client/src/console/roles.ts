import { t } from "../lib/i18n.ts";
import type { Role } from "../lib/protocol.ts";

export function roleName(role: Role): string {
  const names: Record<Role, string> = {
    moderator: t("Console"),
    chair: t("Chair"),
    desk: t("Technical desk"),
    delegate: t("Delegation"),
    rapporteur: t("Rapporteur"),
    viewer: t("Viewer"),
    display: t("Display"),
  };
  return names[role];
}
