import { t } from "../lib/i18n.ts";
import { listName } from "../lib/names.ts";
import type { SwapEntity } from "../lib/protocol.ts";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { settleSwap } from "./pressLists.ts";

/** Two delegations that want to change places: agreed first, then only offered. */
export function Swaps({ desk }: { desk: Desk }) {
  const swaps = [...desk.store.swaps.value.values()].sort(
    (a, b) => Number(b.accepted) - Number(a.accepted) || a.at - b.at,
  );
  return (
    <section class="signals" aria-label={t("Changes of places")}>
      {swaps.map((swap) => (
        <div key={swap.id} class="notice" data-accent={swap.accepted || undefined}>
          <p>{swapText(swap)}</p>
          <div class="pair">
            {swap.accepted && <Act desk={desk} press={settleSwap(swap, true)} />}
            <Act desk={desk} press={settleSwap(swap, false)} />
          </div>
        </div>
      ))}
    </section>
  );
}

export function swapText(swap: SwapEntity): string {
  const names = {
    first: listName(swap.offered_by ?? ""),
    second: listName(swap.wanted_from ?? ""),
  };
  return swap.accepted
    ? t("{first} and {second} want to change places", names)
    : t("{first} has offered {second} to change places; no answer yet", names);
}
