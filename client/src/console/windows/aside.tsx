import { useSignal } from "@preact/signals";
import { t } from "../../lib/i18n.ts";
import { label } from "../../lib/names.ts";
import type { RequestEntity } from "../../lib/protocol.ts";
import { Name } from "../../parts/Name.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { withdraw } from "../press.ts";
import { decline, pointName } from "../pressPoints.ts";

/** A point that the chair does not take up: declined with a reason, or withdrawn. */
export function AsideWindow({
  desk,
  request,
  onDone,
}: {
  desk: Desk;
  request: RequestEntity;
  onDone: () => void;
}) {
  const reason = useSignal("");
  return (
    <>
      <p>
        <b>
          <Name text={label(request).main} />
        </b>{" "}
        · {pointName(request)}
      </p>
      <label class="stack">
        {t("Reason, shown to the delegation")}
        <input
          class="field"
          maxLength={200}
          value={reason.value}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="choices">
        <Act
          desk={desk}
          press={decline(request, reason.value)}
          also={onDone}
          note={t("the Chair does not take it up")}
        />
        <Act
          desk={desk}
          press={withdraw(request)}
          also={onDone}
          note={t("the delegation takes it back")}
        >
          {t("Withdrawn")}
        </Act>
      </div>
    </>
  );
}
