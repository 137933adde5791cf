import { t, wall } from "../lib/i18n.ts";
import { label } from "../lib/names.ts";
import type { RequestEntity } from "../lib/protocol.ts";
import { Button } from "../parts/Button.tsx";
import { Name } from "../parts/Name.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { whyNotYet } from "./points.ts";
import { pointName, recognise } from "./pressPoints.ts";

/** Points of order and motions that were raised: over the list, in a red band. */
export function PointCards({ desk }: { desk: Desk }) {
  const { points } = desk.scene.value;
  return (
    <section
      class="points"
      role="status"
      aria-live="assertive"
      aria-label={t("Points of order and motions")}
    >
      {points.map((point, index) => (
        <Card key={point.id} desk={desk} point={point} first={index === 0} />
      ))}
    </section>
  );
}

function Card({
  desk,
  point,
  first,
}: {
  desk: Desk;
  point: RequestEntity;
  first: boolean;
}) {
  const { meeting, floor, ruling } = desk.scene.value;
  const why = recogniseWhy(desk, point);
  const { main, person } = label(point);
  return (
    <div
      class="point"
      data-first={first || undefined}
      data-settling={(first && desk.arriving.value) || undefined}
    >
      <i class="shape" data-is="order" aria-hidden="true" />
      <div class="point-words">
        <p>
          <b>{pointName(point)}</b>
          {" · "}
          <Name text={main} />
          {person && (
            <>
              {" · "}
              <bdi>{person}</bdi>
            </>
          )}
        </p>
        <small>
          <time>{wall(point.registered_at, meeting.zone)}</time>
          {" · "}
          {ruling && floor
            ? t("waits for the ruling")
            : t("to be recognised by the Chair")}
          {" · "}
          {t("not public")}
        </small>
      </div>
      <Act
        desk={desk}
        press={why === null ? recognise(point, floor) : null}
        why={why}
        {...(first ? { shortcut: "O" } : {})}
      >
        {t("Recognise")}
      </Act>
      <Button
        onPress={() => {
          desk.window.value = { name: "aside", request: point.id };
        }}
      >
        {t("Put aside")}
      </Button>
    </div>
  );
}

/** Why this point cannot be recognised now; null where it can. */
export function recogniseWhy(desk: Desk, point: RequestEntity): string | null {
  const { meeting, floor, ruling } = desk.scene.value;
  const beneath = desk.store.beneath.value.length;
  return whyNotYet(meeting, floor, beneath, ruling, point);
}
