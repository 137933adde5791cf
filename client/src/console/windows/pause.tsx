import { t } from "../../lib/i18n.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { digitOf } from "../keymap.ts";
import { PAUSE_REASONS, pause } from "../press.ts";

/** Why the clock is to stand still; a digit chooses. */
export function PauseWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const floor = desk.store.floor.value;
  if (floor?.phase !== "speaking") {
    return <p>{t("Nobody speaks now, so there is no clock to pause.")}</p>;
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: digits for the buttons within
    <div
      class="choices"
      onKeyDown={(event) => {
        const reason = PAUSE_REASONS[(digitOf(event) ?? 0) - 1];
        if (!reason || event.repeat) return;
        event.preventDefault();
        desk.press(pause(floor, reason));
        onDone();
      }}
    >
      {PAUSE_REASONS.map((reason, index) => (
        <Act
          key={reason}
          desk={desk}
          press={pause(floor, reason)}
          shortcut={String(index + 1)}
          also={onDone}
        />
      ))}
    </div>
  );
}
