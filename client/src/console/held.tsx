import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { FloorEntity } from "../lib/protocol.ts";
import { countText, left, tick } from "../lib/time.ts";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Sign } from "../parts/Sign.tsx";
import type { Desk } from "./desk.ts";
import { isLong } from "./long.ts";

/** Who is interrupted, under the plate: the name, and the time that stays theirs. */
export function Held({ desk }: { desk: Desk }) {
  const { floor, ruling } = desk.scene.value;
  const beneath = desk.store.beneath.value;
  // While the ruling is asked the interrupted speaker is the floor again.
  const held = ruling && floor ? [floor, ...beneath] : beneath;
  return (
    <>
      {held.map((each) => (
        <Strip key={each.id} floor={each} />
      ))}
    </>
  );
}

function Strip({ floor }: { floor: FloorEntity }) {
  const runs = floor.running_since !== null;
  const { main } = label(floor);
  return (
    <div class="held-strip" data-long={isLong(main) || undefined}>
      <div>
        <Name text={main} />
        <small>{runs ? t("Its time runs on") : t("Its time stands still")}</small>
      </div>
      <Sign is={runs ? "running" : "held"} />
      <Num text={countText(left(floor, tick.value))} />
    </div>
  );
}
