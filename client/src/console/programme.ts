/** The programme in its order, and planned against actual. */
import { t } from "../lib/i18n.ts";
import type { SegmentEntity } from "../lib/protocol.ts";

/** The ids of segments count their place in the file: `s1.0`, `s1.1`, … */
export function inOrder(
  segments: ReadonlyMap<string, SegmentEntity>,
): readonly SegmentEntity[] {
  return [...segments.values()].sort((a, b) => placeOf(a.id) - placeOf(b.id));
}

function placeOf(id: string): number {
  return Number(id.split(".").at(-1) ?? 0);
}

/** The segment after the running one; the first before any has begun. */
export function following(
  segments: ReadonlyMap<string, SegmentEntity>,
  running: string | null,
): SegmentEntity | null {
  const all = inOrder(segments);
  const at = running === null ? -1 : all.findIndex((each) => each.id === running);
  return all[at + 1] ?? null;
}

/** How far a segment that has begun is off its plan: > 0 is late. Null: no plan. */
export function lateness_ms(segment: SegmentEntity): number | null {
  const planned = segment.planned_at ?? null;
  const started = segment.started_at ?? null;
  if (planned === null || started === null) return null;
  return Math.abs(started - planned) < 86_400_000 ? started - planned : null;
}

export function lateness(segment: SegmentEntity): string {
  const off = lateness_ms(segment);
  if (off === null) return "";
  const n = Math.round(Math.abs(off) / 60_000);
  if (n === 0) return t("on time");
  return off > 0 ? t("{n} min late", { n }) : t("{n} min early", { n });
}
