import { t } from "../lib/i18n.ts";
import type { RequestEntity } from "../lib/protocol.ts";
import { Button } from "../parts/Button.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import * as press from "./press.ts";
import { park } from "./pressLists.ts";
import { giveNow, moveBy } from "./rowPresses.ts";

/** What can be done with the chosen row; in place of its figures. */
export function RowActs({ desk, request }: { desk: Desk; request: RequestEntity }) {
  const isProposed =
    (request.person !== null && request.confirmed === false) ||
    (request.group_text !== "" && request.group_confirmed === false);
  const give = giveNow(desk, request);
  const holdable = request.status === "queued";
  return (
    <div class="acts">
      {isProposed && <Act desk={desk} press={press.confirmName(request)} />}
      <Act desk={desk} press={moveBy(desk, request, -1)} why={t("First")} shortcut="U">
        {t("Up")}
      </Act>
      <Act desk={desk} press={moveBy(desk, request, 1)} why={t("Last")} shortcut="D">
        {t("Down")}
      </Act>
      {give && (
        <Act desk={desk} press={give} shortcut="G">
          {t("Give now")}
        </Act>
      )}
      {holdable && (
        <Act desk={desk} press={park(request)} shortcut="H">
          {t("Hold")}
        </Act>
      )}
      <Button
        onPress={() => {
          desk.window.value = { name: "row", request: request.id };
        }}
        shortcut="I"
      >
        {t("Edit")}
      </Button>
      <Act desk={desk} press={press.withdraw(request)} shortcut="Del" grave>
        {t("Remove")}
      </Act>
    </div>
  );
}
