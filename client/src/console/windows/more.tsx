import { t } from "../../lib/i18n.ts";
import type { FloorEntity } from "../../lib/protocol.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import * as press from "../press.ts";

/** The rarer acts on who has the floor. All of them can be undone for a moment. */
export function MoreWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const floor = desk.store.floor.value;
  if (!floor) return <p>{t("Nobody has the floor now.")}</p>;
  return (
    <>
      <h3>{t("More time")}</h3>
      <div class="choices">
        {[60, 120].map((seconds) => (
          <Act
            key={seconds}
            desk={desk}
            press={press.extend(floor, seconds)}
            also={onDone}
          />
        ))}
      </div>
      {floor.phase === "called" ? (
        <Called desk={desk} floor={floor} onDone={onDone} />
      ) : (
        <Speaking desk={desk} floor={floor} onDone={onDone} />
      )}
    </>
  );
}

interface Props {
  readonly desk: Desk;
  readonly floor: FloorEntity;
  readonly onDone: () => void;
}

function Called({ desk, floor, onDone }: Props) {
  const { head } = desk.scene.value;
  return (
    <>
      <h3>{t("No answer")}</h3>
      <div class="choices">
        <Act desk={desk} press={press.callAgain(floor, head)} also={onDone} />
        <Act desk={desk} press={press.noShow(floor, false)} also={onDone} />
        <Act desk={desk} press={press.noShow(floor, true)} also={onDone} grave />
      </div>
      <h3>{t("Called by mistake")}</h3>
      <div class="choices">
        <Act
          desk={desk}
          press={press.revoke(floor, "mistake", t("Back to its old place"))}
          also={onDone}
        />
      </div>
    </>
  );
}

function Speaking({ desk, floor, onDone }: Props) {
  return (
    <>
      <h3>{t("The speaker cannot go on")}</h3>
      <div class="choices">
        <Act desk={desk} press={press.endAndReturn(floor)} also={onDone} />
      </div>
      <h3>{t("The floor was given by mistake")}</h3>
      <div class="choices">
        <Act
          desk={desk}
          press={press.revoke(floor, "mistake", t("Void it, back to its old place"))}
          also={onDone}
        />
        <Act
          desk={desk}
          press={press.revoke(floor, "mistake", t("Count it as delivered"), true)}
          also={onDone}
        />
      </div>
      <h3>{t("Take the floor back")}</h3>
      <div class="choices">
        <Act
          desk={desk}
          press={press.revoke(floor, "order", t("For order"))}
          also={onDone}
          grave
        />
        <Act
          desk={desk}
          press={press.revoke(floor, "time", t("For time"))}
          also={onDone}
          grave
        />
        <Act
          desk={desk}
          press={press.revoke(floor, "security", t("For security"))}
          also={onDone}
          grave
        />
      </div>
    </>
  );
}
