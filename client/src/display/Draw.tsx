import { drawSentence, seedShort } from "../lib/draws.ts";
import { t, tn } from "../lib/i18n.ts";
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
  const said = drawSentence(draw, store.meeting.value.zone);
  const places = !draw.letter && !region;
  return (
    <>
      {places ? <h1 class="aside">{said}</h1> : <p class="aside">{said}</p>}
      {draw.letter && <Big text={draw.letter} />}
      {region && <h1 class="hall-words">{region}</h1>}
      {places && <Places store={store} list={list} />}
      <p class="theme">
        {t("Anybody can make this draw again: seed {seed}, in the record.", {
          seed: seedShort(draw),
        })}
      </p>
    </>
  );
}

function Places({ store, list }: { store: Store; list: ListEntity }) {
  const all = drawnOf(store, list);
  const more = all.length - FIRST;
  return (
    <>
      <ol class="hall-drawn">
        {all.slice(0, FIRST).map(({ each, place }) => (
          <li key={each.id}>
            <Place n={place} next={place === 1} />
            <Name text={label(each).main} />
          </li>
        ))}
      </ol>
      {more > 0 && <p class="soft">{tn("and {n} more", "and {n} more", more)}</p>}
    </>
  );
}

/** Those whom the lot has put where they stand; who comes before all was not drawn. */
function drawnOf(store: Store, { id, draw }: ListEntity) {
  const lots = new Set<string>(draw?.order);
  return store
    .queueOf(id)
    .map((each, index) => ({ each, place: index + 1 }))
    .filter(({ each }) => lots.has(each.id));
}
