import { t } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";

export interface ConflictProps {
  readonly mine: string;
  readonly theirs: string;
  /** Who wrote theirs. */
  readonly who: string;
  readonly onChoose: (which: "mine" | "theirs" | "both") => void;
}

/** Both texts, and a choice; until then neither is lost. */
export function Conflict({ mine, theirs, who, onChoose }: ConflictProps) {
  return (
    <div class="conflict" role="alert" onMouseDown={keepCursor}>
      <div>
        <p class="label">{t("{name} wrote meanwhile", { name: who })}</p>
        <p>
          <bdi>{theirs || t("Nothing: the text was taken away")}</bdi>
        </p>
        <Button onPress={() => onChoose("theirs")}>{t("Take theirs")}</Button>
      </div>
      <div>
        <p class="label">{t("Yours, not saved yet")}</p>
        <p>
          <bdi>{mine}</bdi>
        </p>
        <Button onPress={() => onChoose("mine")}>{t("Keep mine")}</Button>
      </div>
      {theirs && mine && (
        <Button onPress={() => onChoose("both")}>
          {t("Keep both, one after the other")}
        </Button>
      )}
    </div>
  );
}

/**
 * A press of a button leaves the cursor where it is. Else the row would open under the
 * finger, and the button be elsewhere when it is let go.
 */
export function keepCursor(event: MouseEvent): void {
  if ((event.target as Element).closest("button")) event.preventDefault();
}
