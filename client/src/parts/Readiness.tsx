import { t } from "../lib/i18n.ts";
import type { FloorEntity, RequestEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { CHECKS, checkName } from "../lib/terms.ts";

/** What the desk has ticked of a delegation: a word for each, with its mark. */
export function Readiness({
  store,
  voice,
}: {
  store: Store;
  voice: RequestEntity | FloorEntity;
}) {
  const known = store.attendance.value.get(voice.delegation ?? "");
  if (known?.flag) {
    return (
      <p class="readiness stale">
        {known.flag === "absent" ? t("Marked absent") : t("Suspended")}
      </p>
    );
  }
  const ticked = CHECKS.filter((each) => known?.checks[each]);
  if (ticked.length === 0) return null;
  return (
    <p class="readiness">
      {ticked.map((each) => (
        <span key={each} class="badge" data-on>
          {checkName(each)}
        </span>
      ))}
    </p>
  );
}
