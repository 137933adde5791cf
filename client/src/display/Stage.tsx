/** A conclusion on the display, in large letters: one at a time, in pages, no scrolling. */
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { ConclusionEntity, FloorEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { left, leftText, tick } from "../lib/time.ts";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { clockIsOld } from "./LineBadge.tsx";
import { pages } from "./pages.ts";

/** So long a page stands: time to read it twice. */
const PAGE_MS = 15_000;

/** The conclusion that operators have put on the displays. */
export function staged(store: Store): ConclusionEntity | null {
  const { state, conclusion_shown } = store.meeting.value;
  if (state === "archived") return null;
  return store.conclusions.value.get(conclusion_shown ?? "") ?? null;
}

export function Stage({
  store,
  conclusion,
}: {
  store: Store;
  conclusion: ConclusionEntity;
}) {
  const { questions } = store.meeting.value;
  const { question, text, segment } = conclusion;
  const whole = document.documentElement.dataset.layout === "desk";
  const all = whole ? [text] : pages(text);
  // by the server's clock: every display turns the page at once
  const page = Math.floor(tick.value / PAGE_MS) % all.length;
  const about =
    question === null
      ? (store.segments.value.get(segment)?.title ?? "")
      : (questions[question - 1] ?? "");
  return (
    <>
      <p class="stage-about">
        <b>{t("Conclusions")}</b>
        <bdi>{about}</bdi>
      </p>
      <h1 class="stage-text">
        <bdi>{all[page]}</bdi>
      </h1>
      {all.length > 1 && (
        <p class="stage-page">{t("{n} of {all}", { n: page + 1, all: all.length })}</p>
      )}
    </>
  );
}

/** Who reads it out, and the clock, in one line. */
export function StageFoot({ store, floor }: { store: Store; floor: FloorEntity }) {
  const clock = store.segments.value.get(floor.segment)?.public_clock ?? true;
  return (
    <footer class="stage-foot">
      <Name text={label(floor).main} />
      {clock && !clockIsOld() && <Num text={leftText(left(floor, tick.value))} />}
    </footer>
  );
}
