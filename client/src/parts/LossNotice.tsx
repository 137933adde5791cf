import { t } from "../lib/i18n.ts";
import { dismissLosses, losses } from "../lib/losses.ts";
import { lossText, notKeptTexts } from "../lib/lossTexts.ts";
import { Button } from "./Button.tsx";

/** What the server has lost of what this page had shown, until it is put away. */
export function LossNotice() {
  const news = losses.value;
  return (
    <div class="loss-place" role="status" aria-live="polite">
      {news.length > 0 && (
        <div class="loss-notice">
          <div class="loss-words">
            {news.map((each) => (
              <p key={each.epoch}>{lossText(each)}</p>
            ))}
            {news.flatMap(notKeptTexts).map((text, index) => (
              // the same may be gone twice, and each is told
              <p key={index}>
                <b>{text}</b>
              </p>
            ))}
          </div>
          <Button onPress={dismissLosses}>{t("Understood")}</Button>
        </div>
      )}
    </div>
  );
}
