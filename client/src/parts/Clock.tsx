import type { ReadonlySignal } from "@preact/signals";
import { useComputed } from "@preact/signals";
import { t, tx } from "../lib/i18n.ts";
import type { FloorEntity, Rules } from "../lib/protocol.ts";
import {
  type ClockPhase,
  clockPhase,
  countText,
  left,
  leftText,
  mmss,
  tick,
} from "../lib/time.ts";
import { Sign } from "./Sign.tsx";
import { Track } from "./Track.tsx";

export interface ClockProps {
  readonly floor: FloorEntity;
  readonly rules: Rules;
  /** Count up beyond the end ("+0:24"): console and chair only. */
  readonly over?: boolean;
}

/** The digits, and the limit beside them; renewed when a digit changes. */
export function Clock({ floor, rules, over = false }: ClockProps) {
  const now = tick.value;
  const ms = left(floor, now);
  const is = clockPhase(floor, rules, now);
  return (
    <p
      class="clock"
      data-is={is}
      data-soft={rules.enforcement === "soft" || undefined}
      role="timer"
      aria-live="off"
    >
      <span class="num">{over ? countText(ms) : leftText(ms)}</span>
      <span class="of">
        {tx("of {limit}", { limit: <Num text={limitOf(floor)} /> })}
      </span>
    </p>
  );
}

/** Digits, sign and track in one: the whole clock of a speaker. */
export function FullClock({ floor, rules, over = false }: ClockProps) {
  const now = tick.value;
  const is = clockPhase(floor, rules, now);
  const soft = rules.enforcement === "soft";
  return (
    <>
      <Clock floor={floor} rules={rules} over={over} />
      <ClockTrack floor={floor} is={is} soft={soft} />
      <p class="under">
        <Sign is={is} soft={soft}>
          <ClockWord floor={floor} is={is} />
        </Sign>
      </p>
    </>
  );
}

/** The track of a floor's clock, with the notch where the warning begins. */
export function ClockTrack({
  floor,
  is,
  soft,
}: {
  floor: FloorEntity;
  is: ClockPhase;
  soft: boolean;
}) {
  const used = floor.allotted_ms - left(floor, tick.value);
  return (
    <Track
      used={used / floor.allotted_ms}
      notch={1 - floor.warn_ms / floor.allotted_ms}
      is={is}
      soft={soft}
    />
  );
}

/** The word beside the shape: "Last 30 s" rather than a colour alone. */
export function ClockWord({ floor, is }: { floor: FloorEntity; is: ClockPhase }) {
  if (is === "warning") {
    return tx("Last {length}", { length: <Num text={mmss(floor.warn_ms)} /> });
  }
  if (is === "held" && floor.one_moment) return t("One moment please");
  if (is === "over") return t("Time");
  if (is === "held") return t("Held");
  return is === "waiting" ? t("Not started") : t("Running");
}

export function Num({ text }: { text: string }) {
  return <span class="num">{text}</span>;
}

/** The phase of whoever is on the floor, null for nobody; changes when it changes. */
export function usePhase(
  floor: ReadonlySignal<FloorEntity | null>,
  rules: () => Rules,
): ReadonlySignal<ClockPhase | null> {
  return useComputed(() =>
    floor.value ? clockPhase(floor.value, rules(), tick.value) : null,
  );
}

function limitOf(floor: FloorEntity): string {
  return mmss(floor.allotted_ms);
}
