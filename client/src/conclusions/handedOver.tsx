import { t, time } from "../lib/i18n.ts";
import type { Store } from "../lib/store.ts";
import { Button } from "../parts/Button.tsx";
import { presenter, printConclusions, Reading } from "./paper.tsx";

/** What was handed over, large enough to be read aloud; nothing before. */
export function HandedOver({ store }: { store: Store }) {
  const { handed_over_at, zone } = store.meeting.value;
  const at = handed_over_at ?? null;
  if (at === null) return null;
  const who = presenter(store);
  return (
    <section class="handed-over">
      <div class="handed-over-head">
        <div>
          <h2>{t("Conclusions")}</h2>
          <p class="soft">
            {[
              t("As handed over at {time}", { time: time(at, zone) }),
              who && t("To be presented by {name}", { name: who }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        </div>
        <Button onPress={() => printConclusions(store)}>
          {t("Print the speaker's script")}
        </Button>
      </div>
      <Reading store={store} />
    </section>
  );
}
