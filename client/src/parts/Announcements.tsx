import { t, time } from "../lib/i18n.ts";
import type { Store } from "../lib/store.ts";

/** What the secretariat says to everyone, the newest first. */
export function Announcements({ store, max = 3 }: { store: Store; max?: number }) {
  const zone = store.meeting.value.zone;
  const shown = [...store.announcements.value.values()]
    .sort((a, b) => b.at - a.at)
    .slice(0, max);
  return (
    <div class="announcements" role="status" aria-label={t("Announcements")}>
      {shown.map((each) => (
        <p key={each.id} class="announcement">
          <time>{time(each.at, zone)}</time> <bdi>{each.text}</bdi>
        </p>
      ))}
    </div>
  );
}
