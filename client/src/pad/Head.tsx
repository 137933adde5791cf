import { t } from "../lib/i18n.ts";
import { plate } from "../lib/names.ts";
import type { Store } from "../lib/store.ts";
import { INTERRUPTING, kindTitle } from "../lib/terms.ts";
import { clockPhase, left, leftText, tick } from "../lib/time.ts";
import { ClockWord } from "../parts/Clock.tsx";
import { ConnectionWord } from "../parts/ConnectionNote.tsx";
import { Name, Who } from "../parts/Name.tsx";
import { Plate } from "../parts/Plate.tsx";
import { Sign } from "../parts/Sign.tsx";
import { WallTime } from "../parts/WallTime.tsx";

/** Whose pad this is, the time of day, and whether the line is well. */
export function Head({ store }: { store: Store }) {
  const code = store.you.value.delegation;
  return (
    <header class="pad-head">
      <h1>{code && <Name text={plate(code)} />}</h1>
      <p class="pad-line">
        <WallTime zone={store.meeting.value.zone} />
        <ConnectionWord />
      </p>
    </header>
  );
}

/** Who has the floor now, in a strip above one's own standing. */
export function FloorStrip({ store }: { store: Store }) {
  const floor = store.floor.value;
  if (!floor || floor.phase === "called") return null;
  const { rules } = store.meeting.value;
  const is = clockPhase(floor, rules, tick.value);
  const shown = store.segments.value.get(floor.segment)?.public_clock ?? true;
  return (
    <Plate class="pad-floor" label={t("Has the floor")}>
      <div class="pad-floor-who">
        <span class="label">
          {INTERRUPTING.has(floor.kind) ? kindTitle(floor) : t("Has the floor")}
        </span>
        <Who voice={floor} />
      </div>
      {shown && (
        <div class="pad-floor-clock">
          <span class="num">{leftText(left(floor, tick.value))}</span>
          {is !== "running" && (
            <Sign is={is} soft={rules.enforcement === "soft"}>
              <ClockWord floor={floor} is={is} />
            </Sign>
          )}
        </div>
      )}
    </Plate>
  );
}
