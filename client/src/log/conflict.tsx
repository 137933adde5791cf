import { t } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";

/** Both texts, and a choice; until then neither is lost. */
export function Conflict({
  mine,
  theirs,
  onChoose,
}: {
  mine: string;
  theirs: string;
  onChoose: (which: "mine" | "theirs" | "both") => void;
}) {
  return (
    <div class="conflict" role="alert">
      <div>
        <p class="label">{t("Yours")}</p>
        <p>
          <bdi>{mine}</bdi>
        </p>
        <Button onPress={() => onChoose("mine")}>{t("Keep mine")}</Button>
      </div>
      <div>
        <p class="label">{t("The other")}</p>
        <p>
          <bdi>{theirs}</bdi>
        </p>
        <Button onPress={() => onChoose("theirs")}>{t("Take the other")}</Button>
      </div>
      <Button onPress={() => onChoose("both")}>
        {t("Keep both, one after the other")}
      </Button>
    </div>
  );
}
