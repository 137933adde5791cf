import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import { kindTitle } from "../lib/terms.ts";
import { Button } from "../parts/Button.tsx";
import { PressTwice } from "./PressTwice.tsx";
import type { Queued } from "./standing.ts";
import { ordinal } from "./words.ts";

/** This delegation's other live requests: for a group, a question, a later list. */
export function Also({ also }: { also: readonly Queued[] }) {
  if (also.length === 0) return null;
  return (
    <ul class="also" aria-label={t("Your other requests")}>
      {also.map(({ request, place, segment }) => (
        <li key={request.id}>
          <span>
            {alsoAt(request, place)}
            <small>
              {request.kind === "right_of_reply"
                ? kindTitle(request)
                : label(request).sub || segment?.title}
            </small>
          </span>
          {request.status === "deferred" ? (
            <Button onPress={() => void send("unpark", { request: request.id })}>
              {t("Come back")}
            </Button>
          ) : (
            <PressTwice
              again={t("Press again to withdraw")}
              onPress={() => void send("withdraw", { request: request.id })}
            >
              {t("Withdraw")}
            </PressTwice>
          )}
        </li>
      ))}
    </ul>
  );
}

function alsoAt({ status }: Queued["request"], place: number | null): string {
  if (status === "deferred") return t("You stepped aside");
  if (status === "requested" || status === "late") {
    return t("With the secretariat");
  }
  return place === null
    ? t("Also on the list")
    : t("Also {place}", { place: ordinal(place) });
}
