import { t, time } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { RequestEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { kindTitle } from "../lib/terms.ts";
import { left, leftText, mmss, tick } from "../lib/time.ts";
import { Num } from "../parts/Clock.tsx";
import { Name, Who } from "../parts/Name.tsx";
import { Sign } from "../parts/Sign.tsx";
import { recognised } from "./say.ts";

/** What was raised and waits for the chair's word, the first that comes first. */
export function Points({ store }: { store: Store }) {
  const taken = [store.floor.value, ...store.beneath.value].map(
    (each) => each?.request,
  );
  const waiting = store.points.value.filter((each) => !taken.includes(each.id));
  if (waiting.length === 0) return null;
  return (
    <div class="chair-points" role="alert" aria-label={t("Before the chair")}>
      <ul>
        {waiting.map((each, index) => (
          <Point key={each.id} store={store} request={each} first={index === 0} />
        ))}
      </ul>
    </div>
  );
}

function Point({
  store,
  request,
  first,
}: {
  store: Store;
  request: RequestEntity;
  first: boolean;
}) {
  const { zone } = store.meeting.value;
  const isOrder = request.kind === "point_of_order";
  return (
    <li data-order={isOrder || undefined}>
      <p class="chair-point">
        {isOrder ? <Sign is="order" /> : <b>{kindTitle(request)}</b>}{" "}
        <Who voice={request} />{" "}
        <small>{t("since {time}", { time: time(request.registered_at, zone) })}</small>
      </p>
      {first && (
        <p>
          <bdi>{recognised(request)}</bdi>{" "}
          <small>
            {isOrder
              ? t("On procedure, not on substance; {limit} at most.", {
                  limit: mmss(request.limit_ms),
                })
              : t("{limit} at most.", { limit: mmss(request.limit_ms) })}
          </small>
        </p>
      )}
    </li>
  );
}

/** Whom the one on the floor interrupts, and the time that is kept. */
export function Beneath({ store }: { store: Store }) {
  return (
    <>
      {store.beneath.value.map((each) => (
        <p key={each.id} class="beneath">
          <Sign is="held" /> <Name text={label(each).main} />{" "}
          <Num text={leftText(left(each, tick.value))} />
        </p>
      ))}
    </>
  );
}
