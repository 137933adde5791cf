import type { ClockPhase } from "../lib/time.ts";

const LENGTH = 1000;
const HEIGHT = 10;

/** Time used, drawn in SVG: the page's policy allows no style attributes. */
export function Track({
  used,
  notch,
  is,
  soft = false,
}: {
  /** Share used, 0 to 1. */
  used: number;
  /** Share at which the warning begins; outside 0 to 1 it is not drawn. */
  notch?: number;
  is: ClockPhase;
  soft?: boolean;
}) {
  const part = Math.min(1, Math.max(0, used));
  const at = notch !== undefined && notch > 0 && notch < 1 ? notch : null;
  return (
    <svg
      class="track"
      data-is={is}
      data-soft={soft || undefined}
      viewBox={`0 0 ${LENGTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <rect class="track-used" width={part * LENGTH} height={HEIGHT} />
      {at !== null && (
        <rect class="track-notch" x={at * LENGTH} width="4" height={HEIGHT} />
      )}
    </svg>
  );
}
