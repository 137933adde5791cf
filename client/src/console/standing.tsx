import { t, time } from "../lib/i18n.ts";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";

/** Announcements that everyone sees now, each with the way to take it away. */
export function Standing({ desk }: { desk: Desk }) {
  const standing = [...desk.store.announcements.value.values()].sort(
    (a, b) => b.at - a.at,
  );
  return (
    <section class="signals" aria-label={t("Announcements")}>
      {standing.map((each) => (
        <div key={each.id} class="notice">
          <p class="small soft">
            {t("Announced {time}", {
              time: time(each.at, desk.store.meeting.value.zone),
            })}
          </p>
          <p>
            <bdi>{each.text}</bdi>
          </p>
          <Act
            desk={desk}
            press={{
              type: "clear_announcement",
              fields: { announcement: each.id },
              label: t("Take away"),
            }}
          />
        </div>
      ))}
    </section>
  );
}
