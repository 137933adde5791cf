import { t } from "../../lib/i18n.ts";
import { listName } from "../../lib/names.ts";
import { roster } from "../../lib/roster.ts";
import { type ItemPhase, phaseName } from "../../lib/terms.ts";
import { Name } from "../../parts/Name.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { mmss } from "../length.ts";
import { withdraw } from "../press.ts";
import { setPhase } from "../pressPoints.ts";
import { type LedgerLine, ledger, sharing, waitingReplies } from "../replies.ts";
import { replyName } from "../said.ts";

const ROUNDS = ["reply_1", "reply_2"] as const;

/** The ledger of replies: who has had how many, who waits, and hearing them. */
export function RepliesWindow({ desk }: { desk: Desk }) {
  const { meeting, segment, floor } = desk.scene.value;
  const rules = meeting.rules.replies;
  if (!rules || !segment) {
    return (
      <p>{t("The rules of this meeting have no right of reply, or no item runs.")}</p>
    );
  }
  const waiting = waitingReplies(desk.store);
  const rows = desk.store.interventions.value.values();
  const lines = ledger(waiting, rows, sharing(desk.store));
  const limits = (rules.limits_s ?? []).map((each) => mmss(each * 1000)).join(", ");
  const whyPhase = floor
    ? t("After this speaker")
    : meeting.state === "in_session"
      ? t("It runs now")
      : t("The meeting is not in session");
  const may = (phase: ItemPhase) =>
    segment.phase !== phase && !floor && meeting.state === "in_session";
  return (
    <>
      <p class="soft">
        {t("{place}. Limits: {limits}. Now: {phase}.", {
          place: placeText(rules.place ?? "end_of_item"),
          limits,
          phase: phaseName(segment.phase),
        })}
      </p>
      <div class="choices">
        {ROUNDS.slice(0, rules.limits_s?.length ?? 2).map((phase) => (
          <Act
            key={phase}
            desk={desk}
            press={may(phase) ? setPhase(segment, phase) : null}
            why={whyPhase}
          >
            {phase === "reply_1" ? t("Replies: first") : t("Replies: second")}
          </Act>
        ))}
        <Act
          desk={desk}
          press={may("debate") ? setPhase(segment, "debate") : null}
          why={whyPhase}
        >
          {t("Back to the list of speakers")}
        </Act>
      </div>
      {lines.length === 0 ? (
        <p>{t("Nobody has asked. Add one by the search: kind “Right of reply”.")}</p>
      ) : (
        <table class="totals">
          <thead>
            <tr>
              <th>{t("Delegation")}</th>
              <th>{t("Replies to")}</th>
              <th class="fig">{t("Made")}</th>
              <th>{t("Waits with")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.delegation} desk={desk} line={line} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Line({ desk, line }: { desk: Desk; line: LedgerLine }) {
  const { request } = line;
  const rules = desk.store.meeting.value.rules.replies;
  const most = mostOf(line.delegation, rules?.limits_s?.length ?? 0);
  return (
    <tr data-warn={line.made + line.asked > most || undefined}>
      <td>
        <Name text={listName(line.delegation)} />
      </td>
      <td>
        <Name text={line.to ? listName(line.to) : "–"} />
      </td>
      <td class="fig">
        <span class="num">{t("{n} of {all}", { n: line.made, all: most })}</span>
      </td>
      <td>
        {request
          ? [
              replyName(request.turn),
              mmss(request.limit_ms),
              request.override ? t("allowed nevertheless") : "",
            ]
              .filter(Boolean)
              .join(" · ")
          : "–"}
      </td>
      <td class="fig">
        {request && <Act desk={desk} press={withdraw(request)} grave />}
      </td>
    </tr>
  );
}

/** As many as the roster gives it: the European Union has one, some have none. */
function mostOf(code: string, limits: number): number {
  const own = roster.value.delegations[code];
  if (own?.may_reply === false) return 0;
  return Math.min(own?.replies ?? limits, limits);
}

function placeText(place: "end_of_day" | "end_of_item" | "end_of_meeting"): string {
  const texts = {
    end_of_item: t("Replies are heard at the end of the item"),
    end_of_meeting: t("Replies are heard at the end of the meeting"),
    end_of_day: t("Replies are heard at the end of the day"),
  };
  return texts[place];
}
