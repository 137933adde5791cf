import { t } from "../lib/i18n.ts";
import { unattended } from "../lib/word.ts";

/** That nobody operates the floor: nothing is lost, and nothing goes on by itself. */
export function Unattended() {
  if (!unattended.value) return null;
  return (
    <p class="unattended" role="status">
      {t("No operator is connected; the floor stays as it is.")}
    </p>
  );
}
