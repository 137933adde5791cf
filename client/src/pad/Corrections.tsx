import { day, t, time } from "../lib/i18n.ts";
import type { Mine } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";

type Filed = Mine["corrections"][number];

/** After the meeting: until when corrections are taken, and what became of one's own. */
export function Corrections({
  store,
  onCorrect,
}: {
  store: Store;
  onCorrect: () => void;
}) {
  const { state, corrections_until: until, zone } = store.meeting.value;
  const filed = store.mine.value?.corrections ?? [];
  const open = state === "rose" && until !== null && tick.value < until;
  if (!open && filed.length === 0) return null;
  return (
    <section class="corrections" aria-label={t("Corrections of the record")}>
      {open && (
        <div class="notice">
          <p>
            {t("Corrections of the record are taken until {day}, {time}.", {
              day: day(until, zone),
              time: time(until, zone),
            })}
          </p>
          <Button onPress={onCorrect}>{t("Correct what we said")}</Button>
        </div>
      )}
      {filed.length > 0 && (
        <ul class="also" aria-label={t("Your corrections")}>
          {filed.map((each) => (
            <li key={each.id}>
              <span>
                <bdi>{each.text}</bdi>
                <small>{outcome(each)}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function outcome({ settled, answer }: Filed): string {
  if (settled === "accepted") {
    return answer
      ? t("Correction accepted: {answer}", { answer })
      : t("Correction accepted");
  }
  if (settled === "declined") return t("Correction declined: {answer}", { answer });
  return t("Correction with the secretariat");
}
