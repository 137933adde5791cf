import { t, tx } from "../lib/i18n.ts";
import { tick } from "../lib/time.ts";
import { Num } from "../parts/Clock.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { holderOf, isOffered, isWanted, operatorName } from "./gavel.ts";
import { mmss } from "./length.ts";
import { takeGavel } from "./pressPeople.ts";

/** Among the facts of the head: in whose hand it is, where rules want one hand. */
export function GavelFact({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  if (!isWanted(meeting)) return null;
  const holder = holderOf(meeting);
  const mine = holder !== null && holder === desk.store.you.value.link;
  const name = holder ? operatorName(desk.store, holder) : t("Nobody");
  return (
    <li>
      <button
        type="button"
        class="fact"
        onClick={() => {
          desk.window.value = { name: "gavel" };
        }}
      >
        <b class={mine ? "" : "stale"}>
          <bdi>{name}</bdi>
        </b>
        {mine ? t("hold the gavel") : t("holds the gavel")}
      </button>
    </li>
  );
}

/** Its holder is gone for a minute and nobody speaks: a colleague may take it. */
export function GavelOffer({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  const since = desk.gavelGone.value;
  const now = tick.value;
  if (since === null || !isOffered(desk.store, since, now)) return null;
  const name = operatorName(desk.store, holderOf(meeting) ?? "");
  const press = takeGavel(meeting, t("Its holder was not connected"));
  return (
    <div class="notice" data-accent role="status">
      <p>
        <b>
          {tx("{name} holds the gavel and has not been connected for {time}.", {
            name,
            time: <Num text={mmss(now - since)} />,
          })}
        </b>
      </p>
      <Act desk={desk} press={press} />
    </div>
  );
}
