import { t } from "../lib/i18n.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import type { Desk } from "./desk.ts";
import { keyLines } from "./keymap.ts";

/** The keyboard on one page, for the screen and for the printer. */
export function KeysSheet({ desk }: { desk: Desk }) {
  const close = () => {
    desk.over.value = null;
  };
  return (
    <Dialog
      open={desk.over.value?.is === "keys"}
      title={t("Keyboard")}
      onClose={close}
      class="wide"
    >
      <div class="keys">
        {keyLines(desk.choices.value).map((part) => (
          <section key={part.title}>
            <h3>{part.title}</h3>
            <dl>
              {part.lines.map((line) => (
                <div key={line.does}>
                  <dt>
                    {line.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>
                    <bdi>{line.does}</bdi>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <p class="small soft">
          {t(
            "Single letters rest while you type. Ctrl T is the browser's own in most windows; Alt T always works.",
          )}
        </p>
        <div class="dialog-actions">
          <Button onPress={() => print()}>{t("Print")}</Button>
          <Button onPress={close}>{t("Close")}</Button>
        </div>
      </div>
    </Dialog>
  );
}
