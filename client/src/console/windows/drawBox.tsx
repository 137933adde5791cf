import { t, time } from "../../lib/i18n.ts";
import type { Draw, ListEntity } from "../../lib/protocol.ts";
import { regionName } from "../../lib/terms.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { draw } from "../pressLists.ts";
import { Refused } from "../refused.tsx";

/** Policies that leave something to the lot. */
const BY_LOT: ReadonlySet<string> = new Set([
  "lot",
  "alpha_from_lot",
  "regional_rotation",
]);

/** The draw of a list: drawing it, what came out, and how anybody can verify it. */
export function DrawBox({ desk, list }: { desk: Desk; list: ListEntity }) {
  if (!BY_LOT.has(list.policy)) return null;
  const drawn = list.draw?.policy === list.policy ? list.draw : null;
  return (
    <div class="elsewhere draw">
      <div>
        <p>
          <b>{drawn ? drawnText(drawn) : t("Still to be drawn by lot.")}</b>
        </p>
        {drawn && (
          <p class="small">
            {t("Drawn at {time}. Seed:", {
              time: time(drawn.at, desk.store.meeting.value.zone),
            })}{" "}
            <code class="url" dir="ltr">
              {drawn.seed}
            </code>
          </p>
        )}
        {list.commitment && (
          <p class="small">
            {drawn
              ? t("Published for the next draw, the SHA-256 of its seed:")
              : t("Published before the draw, the SHA-256 of its seed:")}{" "}
            <code class="url" dir="ltr">
              {list.commitment}
            </code>
          </p>
        )}
        <Refused desk={desk} />
      </div>
      <Act
        desk={desk}
        press={list.state === "lot_window" ? null : draw(list)}
        why={t("At the end of the window")}
      >
        {drawn ? t("Draw again") : t("Draw now")}
      </Act>
    </div>
  );
}

function drawnText(drawn: Draw): string {
  if (drawn.letter) return t("Drawn: the letter {letter}", { letter: drawn.letter });
  if (drawn.region) {
    return t("Drawn: {region} begin", { region: regionName(drawn.region) });
  }
  return t("Drawn: the order of {n}", { n: drawn.order?.length ?? 0 });
}
