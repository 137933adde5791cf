import { useSignal, useSignalEffect } from "@preact/signals";
import { t, time } from "../../lib/i18n.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import type { Press } from "../press.ts";

const LONGEST = 280;

/** A sentence for every pad and display; what stands there can be taken away. */
export function AnnounceWindow({ desk }: { desk: Desk }) {
  const text = useSignal("");
  // What was typed stays until it stands on the screens.
  useSignalEffect(() => {
    const said = [...desk.store.announcements.value.values()];
    if (said.some((each) => each.text === text.peek().trim())) text.value = "";
  });
  const standing = [...desk.store.announcements.value.values()].sort(
    (a, b) => b.at - a.at,
  );
  const press: Press = {
    type: "announce",
    fields: { text: text.value },
    label: t("Announce"),
  };
  return (
    <>
      <label class="stack">
        {t("Everyone sees this at once, on pads and displays.")}
        <textarea
          class="field"
          rows={3}
          maxLength={LONGEST}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="dialog-actions">
        <span class="small soft num">
          {text.value.length} / {LONGEST}
        </span>
        <Act
          desk={desk}
          press={text.value.trim() ? press : null}
          why={t("Type the sentence first")}
        >
          {t("Announce")}
        </Act>
      </div>
      {standing.map((each) => (
        <div key={each.id} class="line">
          <p>
            <time>{time(each.at, desk.store.meeting.value.zone)}</time>{" "}
            <bdi>{each.text}</bdi>
          </p>
          <Act
            desk={desk}
            press={{
              type: "clear_announcement",
              fields: { announcement: each.id },
              label: t("Take away"),
            }}
          />
        </div>
      ))}
    </>
  );
}
