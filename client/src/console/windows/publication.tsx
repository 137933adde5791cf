import { t } from "../../lib/i18n.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { type Published, publish } from "../pressRecord.ts";
import { Refused } from "../refused.tsx";

const ALL = [
  "time_by_delegation",
  "time_by_group",
  "time_by_kind",
  "timeline",
  "list_length",
  "page",
] as const satisfies readonly Published[];

/** What of the figures and pictures the public may see; without it, nothing. */
export function Publication({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  return (
    <section class="publication">
      <h3>{t("Publication")}</h3>
      <p class="small soft">
        {t(
          "Figures and pictures are the secretariat's until they are made public here.",
        )}
      </p>
      <Refused desk={desk} />
      {ALL.map((what) => {
        const is = meeting.published.includes(what);
        return (
          <div key={what} class="line">
            <p>
              {nameOf(what)}
              {" · "}
              <b>{is ? t("public") : t("not public")}</b>
            </p>
            <Act desk={desk} press={publish(meeting, what)}>
              {is ? t("Take back") : t("Make public")}
            </Act>
          </div>
        );
      })}
    </section>
  );
}

function nameOf(what: Published): string {
  const names: Record<Published, string> = {
    time_by_delegation: t("Time by delegation"),
    time_by_group: t("Time by regional group"),
    time_by_kind: t("Time by kind"),
    timeline: t("The meeting as a timeline"),
    list_length: t("The length of the list"),
    page: t("The page of the meeting"),
  };
  return names[what];
}
