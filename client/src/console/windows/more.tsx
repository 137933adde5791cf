import { t } from "../../lib/i18n.ts";
import type { FloorEntity } from "../../lib/protocol.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { remarks } from "../points.ts";
import * as press from "../press.ts";
import { resetClock } from "../pressLists.ts";

/** The rarer acts on who has the floor. All of them can be undone for a moment. */
export function MoreWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const floor = desk.store.floor.value;
  if (!floor) {
    return (
      <>
        <p>{t("Nobody has the floor now.")}</p>
        <Between desk={desk} onDone={onDone} />
      </>
    );
  }
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
        {EXTENSIONS_S.map((seconds) => (
          <Act
            key={-seconds}
            desk={desk}
            press={press.extend(floor, seconds, true)}
            also={onDone}
            note={t("and the same for the rest of this tier")}
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

/** The same for all of a tier is given in these lengths. */
const EXTENSIONS_S = [30, 60];

/** While nobody has the floor: the chair's own remarks, and points for others. */
function Between({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  return (
    <div class="choices">
      <Act
        desk={desk}
        press={remarks(desk.scene.value)}
        why={t("The meeting is not in session")}
        also={onDone}
        shortcut="K"
        note={t("a row of the record, outside the list")}
      >
        {t("The Chair speaks")}
      </Act>
      <RaiseButton desk={desk} />
    </div>
  );
}

function RaiseButton({ desk }: { desk: Desk }) {
  return (
    <Button
      shortcut="R"
      onPress={() => {
        desk.window.value = { name: "raise", delegation: null };
      }}
    >
      {t("Point of order …")}
    </Button>
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
        <Act
          desk={desk}
          press={resetClock(floor)}
          also={onDone}
          note={t("on the Chair's word, for the record")}
        />
      </div>
      <h3>{t("Somebody else")}</h3>
      <div class="choices">
        <RaiseButton desk={desk} />
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
