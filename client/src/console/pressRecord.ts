/** What the buttons about conclusions, corrections and publication send. */
import { t } from "../lib/i18n.ts";
import type {
  ConclusionEntity,
  FieldsOf,
  MeetingEntity,
  NoteEntity,
} from "../lib/protocol.ts";
import { made, type Press, seen } from "./press.ts";

export type Published = MeetingEntity["published"][number];

type Conclusions = readonly ConclusionEntity[];

/** Those of *all* that are to be shown, or to be taken back; null where there are none. */
export function release(all: Conclusions, released: boolean): Press | null {
  const wanted = all.filter(
    (each) => each.released !== released && (each.agreed || !released),
  );
  if (wanted.length === 0) return null;
  const expect = wanted.map(({ id, version = 1 }) => ({ conclusion: id, version }));
  return made(
    "release_conclusions",
    { released, expect } as unknown as FieldsOf<"release_conclusions">,
    released ? t("Release") : t("Take back"),
  );
}

export function agree({ id, agreed, version = 1 }: ConclusionEntity): Press {
  return made(
    "write_conclusion",
    { conclusion: id, agreed: !agreed, version },
    agreed ? t("Not agreed") : t("Agreed"),
  );
}

/** Onto the displays, in place of what stands there; null takes it off. */
export function show(meeting: MeetingEntity, conclusion: string | null): Press {
  return made(
    "show_conclusion",
    { conclusion, expect: { conclusion: meeting.conclusion_shown } },
    conclusion === null ? t("Take off the display") : t("Show on the display"),
  );
}

export function openCorrections(meeting: MeetingEntity, until: number | null): Press {
  return made(
    "open_corrections",
    { until, ...seen(meeting) },
    until === null ? t("End it now") : t("Take corrections until then"),
  );
}

export function settleCorrection(
  note: NoteEntity,
  accept: boolean,
  reason: string,
): Press {
  return made(
    "settle_correction",
    { correction: note.id, accept, reason },
    accept ? t("Accept") : t("Decline"),
  );
}

/** The same with one more that is public, or one less. */
export function publish(meeting: MeetingEntity, what: Published): Press {
  const before = meeting.published;
  const published = before.includes(what)
    ? before.filter((each) => each !== what)
    : [...before, what];
  return made(
    "publish",
    { published, expect: { published: before } },
    before.includes(what) ? t("Public") : t("Not public"),
  );
}
