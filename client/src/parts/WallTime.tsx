import { useComputed } from "@preact/signals";
import { time, wall } from "../lib/i18n.ts";
import { tick } from "../lib/time.ts";

/** The time of day at the meeting's place. */
export function WallTime({
  zone,
  seconds = false,
}: {
  zone: string;
  seconds?: boolean;
}) {
  const shown = useComputed(() => (seconds ? wall : time)(tick.value, zone));
  return <time class="wall">{shown}</time>;
}
