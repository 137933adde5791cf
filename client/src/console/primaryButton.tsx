import { t } from "../lib/i18n.ts";
import { waitingWord } from "../parts/Button.tsx";
import type { Desk } from "./desk.ts";
import { isLong } from "./long.ts";
import { isInDraw } from "./primary.ts";

/**
 * The one filled button. It keeps its place and size; what it means is written on it.
 * For a moment after its meaning has changed it takes no press.
 */
export function PrimaryButton({ desk }: { desk: Desk }) {
  const press = desk.primary.value;
  const blocked = press ? desk.whyNot(press.type) : null;
  const settling = desk.settling.value;
  const busy = desk.isOnItsWay(press);
  const below = blocked || (busy && waitingWord());
  if (!press) return <p class="big nothing-to-press">{nothing(desk)}</p>;
  return (
    <button
      type="button"
      class="button big primary"
      data-main={blocked ? undefined : true}
      data-settling={settling || undefined}
      data-long={isLong(press.label) || undefined}
      aria-disabled={blocked || settling ? true : undefined}
      aria-busy={busy || undefined}
      onClick={() => {
        pressPrimary(desk);
      }}
    >
      <span class="button-words">
        <span>{press.label}</span>
        {below && <small>{below}</small>}
      </span>
      <span aria-hidden="true">
        <kbd>{t("Space")}</kbd>
      </span>
    </button>
  );
}

/** What stands in its place where there is nothing to press. */
function nothing(desk: Desk): string {
  const { meeting, ruling, list, head } = desk.scene.value;
  if (ruling) return t("Choose the ruling of the Chair first: 1 to 4.");
  if (meeting.state === "in_session" && isInDraw(list, head)) {
    return t("The list has no order before the draw. A chosen row can be called by G.");
  }
  return meeting.state === "rose"
    ? t("The meeting has risen. Its record can be closed under Meeting.")
    : t("Nothing can be changed any more.");
}

export function pressPrimary(desk: Desk): void {
  const press = desk.primary.value;
  if (press && !desk.settling.value) desk.press(press);
}
