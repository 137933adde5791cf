import { drawSentence, seedShort } from "../lib/draws.ts";
import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { ListEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { regionName } from "../lib/terms.ts";
import { tick } from "../lib/time.ts";
import { Name } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Big } from "./Big.tsx";

/** A draw stands on the display for so long, unless somebody speaks. */
const SHOWN_MS = 60_000;
const FIRST = 5;

/** The running list, while its draw has just been made. */
export function drawn(store: Store): ListEntity | null {
  const list = store.runningList.value;
  return list?.draw && tick.value - list.draw.at < SHOWN_MS ? list : null;
}

/** What was drawn, from how many, and by what it can be checked. */
export function DrawShown({ store, list }: { store: Store; list: ListEntity }) {
  const { draw } = list;
  if (!draw) return null;
  const region = draw.region && regionName(draw.region);
  return (
    <>
      <p class="aside">{drawSentence(draw, store.meeting.value.zone)}</p>
      {draw.letter && <Big text={draw.letter} />}
      {region && <h1 class="hall-words">{region}</h1>}
      {!draw.letter && !region && (
        <ol class="hall-drawn">
          {store
            .queueOf(list.id)
            .slice(0, FIRST)
            .map((each, index) => (
              <li key={each.id}>
                <Place n={index + 1} next={index === 0} />
                <Name text={label(each).main} />
              </li>
            ))}
        </ol>
      )}
      <p class="theme">
        {t("Anybody can make this draw again: seed {seed}, in the record.", {
          seed: seedShort(draw),
        })}
      </p>
    </>
  );
}
