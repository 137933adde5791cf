import { connection } from "../lib/connection.ts";
import { t, wall } from "../lib/i18n.ts";
import { serverNow, tick } from "../lib/time.ts";
import { unattended } from "../lib/word.ts";
import { lostFor, slowSentence, stalledFor } from "../parts/ConnectionNote.tsx";

const BADGE_AFTER_MS = 5_000;
const CLOCK_HIDDEN_AFTER_MS = 120_000;

/** Whether the clock is so long without news that showing it might be a lie. */
export function clockIsOld(): boolean {
  tick.value;
  return lostFor() > CLOCK_HIDDEN_AFTER_MS;
}

/** Discreet: that this is how things stood when the line was last well. */
export function LineBadge({ zone }: { zone: string }) {
  const lost = lostFor();
  const { phase, lane } = connection.value;
  const stalled_ms = phase === "live" ? stalledFor() : 0;
  if (stalled_ms >= BADGE_AFTER_MS) {
    const since = wall(serverNow() - stalled_ms, zone);
    return (
      <p class="line-badge" data-quiet role="status">
        {t("As of {time}; what is new follows by itself", { time: since })}
      </p>
    );
  }
  if (phase === "live" && unattended.value) {
    return (
      <p class="line-badge">
        {t("No operator is connected; the floor stays as it is.")}
      </p>
    );
  }
  if (phase === "live" || (lost < BADGE_AFTER_MS && phase !== "ended")) {
    return lane === "http" ? (
      <p class="line-badge" data-quiet role="status">
        {slowSentence()}
      </p>
    ) : null;
  }
  if (phase === "ended") {
    return <p class="line-badge">{t("Closed: this display is no longer connected")}</p>;
  }
  const at = wall(serverNow() - lost, zone);
  return <p class="line-badge">{t("Not connected, as of {time}", { time: at })}</p>;
}
