import { t } from "../../lib/i18n.ts";
import { Button } from "../../parts/Button.tsx";
import { keyLines } from "../keymap.ts";

/** The keyboard on one page, for the screen and for the printer. */
export function KeysWindow() {
  return (
    <div class="keys">
      {keyLines().map((part) => (
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
                <dd>{line.does}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p class="small soft">
        {t("Single letters rest while you type and while a window is open.")}
      </p>
      <div class="dialog-actions">
        <Button onPress={() => print()}>{t("Print")}</Button>
      </div>
    </div>
  );
}
