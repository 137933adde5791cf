import { t } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { Store } from "../lib/store.ts";
import { kindTitle } from "../lib/terms.ts";
import { Name } from "../parts/Name.tsx";
import { WallTime } from "../parts/WallTime.tsx";
import { Band, HallClock, spoken } from "./Hall.tsx";
import { LineBadge } from "./LineBadge.tsx";

/** For the one who speaks: the clock as large as it goes, and any message. */
export function Lectern({ store }: { store: Store }) {
  const floor = spoken(store);
  const [next] = store.nextOf(1);
  const { zone } = store.meeting.value;
  return (
    <div class="hall lectern">
      <header class="hall-head">
        <p>
          {floor ? <Name text={label(floor).main} /> : t("Nobody has the floor")}
          {floor && floor.depth > 0 && ` · ${kindTitle(floor)}`}
        </p>
        <WallTime zone={zone} />
      </header>
      <Band store={store} />
      <main class="lectern-clock">
        {floor ? (
          <HallClock store={store} floor={floor} />
        ) : (
          <WallTime zone={zone} seconds />
        )}
      </main>
      {next && (
        <p class="aside">
          {t("Next")}: <Name text={label(next).main} />
        </p>
      )}
      <LineBadge zone={zone} />
    </div>
  );
}
