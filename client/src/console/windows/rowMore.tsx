import { useSignal } from "@preact/signals";
import { t } from "../../lib/i18n.ts";
import { listName } from "../../lib/names.ts";
import type { RequestEntity } from "../../lib/protocol.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { park, pin, unpark } from "../pressLists.ts";
import { flag } from "../pressPeople.ts";
import { markText } from "../said.ts";

/** The rarer acts on a row: its place, holding it, declining it, and marks. */
export function RowMore({
  desk,
  request,
  onDone,
}: {
  desk: Desk;
  request: RequestEntity;
  onDone: () => void;
}) {
  const order = desk.store.order.value.get(request.list) ?? [];
  const place = order.indexOf(request.id);
  const { rules } = desk.store.meeting.value;
  const listed = place >= 0 && request.status === "queued";
  return (
    <>
      <h3>{t("Its place")}</h3>
      <div class="choices">
        {listed && <Act desk={desk} press={pin(request, place)} also={onDone} />}
        {request.status === "deferred" ? (
          <Act desk={desk} press={unpark(request)} also={onDone} />
        ) : (
          <Act
            desk={desk}
            press={listed && rules.park ? park(request) : null}
            why={rules.park ? t("Not on the list now") : t("Not in these rules")}
            also={onDone}
            note={t("off the order for now")}
          />
        )}
        <Button
          note={t("with a reason")}
          onPress={() => {
            desk.window.value = { name: "aside", request: request.id };
          }}
        >
          {t("Decline")}
        </Button>
      </div>
      {request.delegation && (
        <Marks desk={desk} delegation={request.delegation} onDone={onDone} />
      )}
    </>
  );
}

/** Absent or suspended: the place is kept, but it is not called until this is cleared. */
function Marks({
  desk,
  delegation,
  onDone,
}: {
  desk: Desk;
  delegation: string;
  onDone: () => void;
}) {
  const reason = useSignal("");
  const known = desk.store.attendance.value.get(delegation);
  return (
    <>
      <h3>{t("{name} in this meeting", { name: listName(delegation) })}</h3>
      {known?.flag ? (
        <div class="line">
          <p>{markText(known.flag, known.flag_reason)}</p>
          <Act desk={desk} press={flag(delegation, null, "")} also={onDone} />
        </div>
      ) : (
        <>
          <input
            class="field"
            maxLength={200}
            aria-label={t("Reason of the mark, for the log")}
            placeholder={t("Reason of the mark, for the log")}
            value={reason.value}
            onInput={(event) => {
              reason.value = event.currentTarget.value;
            }}
          />
          <div class="choices">
            <Act
              desk={desk}
              press={flag(delegation, "absent", reason.value)}
              also={onDone}
              note={t("keeps its place, is not called")}
            />
            <Act
              desk={desk}
              press={flag(delegation, "suspended", reason.value)}
              also={onDone}
              grave
              note={t("keeps its place, is not called")}
            />
          </div>
        </>
      )}
    </>
  );
}
