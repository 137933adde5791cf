import { t } from "../../lib/i18n.ts";
import { groupName, listName } from "../../lib/names.ts";
import type { Desk } from "../desk.ts";
import { mmss } from "../length.ts";
import { Publication } from "./publication.tsx";

/** Times and time spoken by each voice; seen by operators only. */
export function TotalsWindow({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  const totals = [...desk.store.delegations.value.values()].sort(
    (a, b) => b.spoken_ms - a.spoken_ms,
  );
  return (
    <>
      {totals.length === 0 && <p>{t("Nobody has spoken yet.")}</p>}
      <table class="totals">
        <thead>
          <tr>
            <th>{t("Delegation")}</th>
            <th class="fig">{t("Times")}</th>
            <th class="fig">{t("Time spoken")}</th>
          </tr>
        </thead>
        <tbody>
          {totals.map((each) => (
            <tr key={each.id}>
              <td>
                <bdi>{voiceName(each.id)}</bdi>
              </td>
              <td class="fig">
                <span class="num">{each.interventions}</span>
              </td>
              <td class="fig">
                <span class="num">{mmss(each.spoken_ms)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="small soft">
        {meeting.published.includes("time_by_delegation")
          ? t("Public: everyone can see these figures.")
          : t("Seen by rapporteurs and moderators only.")}
      </p>
      <Publication desk={desk} />
    </>
  );
}

export function voiceName(id: string): string {
  return id.startsWith("group:") ? groupName(id.slice(6)) : listName(id);
}
