/** The list of speakers: whose turn, since when, and what can be done with a row. */
import { useEffect, useRef } from "preact/hooks";
import { t, time } from "../lib/i18n.ts";
import { behalf, label } from "../lib/names.ts";
import type { RequestEntity } from "../lib/protocol.ts";
import { Name } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { Code } from "./code.tsx";
import type { Desk } from "./desk.ts";
import { type Drag, useDrag } from "./drag.ts";
import { mmss } from "./length.ts";
import { ListFoot } from "./listFoot.tsx";
import { ListHead } from "./listHead.tsx";
import { voiceOf } from "./people.ts";
import { RowActs } from "./rowActs.tsx";
import { hints } from "./rowHints.ts";

export function List({ desk }: { desk: Desk }) {
  const rows = desk.rows.value;
  const drag = useDrag(desk);
  return (
    <main class="list" aria-label={t("List of speakers")}>
      <ListHead desk={desk} />
      <div class="list-body">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are chosen with the arrows */}
        <table role="grid" aria-rowcount={rows.length}>
          <thead>
            <tr>
              <th>
                <span class="unseen">{t("Place")}</span>
              </th>
              <th>{t("Delegation")}</th>
              <th class="fig wide">{t("Group")}</th>
              <th class="fig">{t("Since")}</th>
              <th class="fig">{t("Spoken")}</th>
              <th class="fig">{t("Limit")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((request, index) => (
              <Row
                key={request.id}
                desk={desk}
                request={request}
                n={index + 1}
                drag={drag}
              />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && (
          <p class="empty soft">
            {t("Nobody is on this list. Press / to add a delegation.")}
          </p>
        )}
      </div>
      <ListFoot desk={desk} />
    </main>
  );
}

interface RowProps {
  readonly desk: Desk;
  readonly request: RequestEntity;
  readonly n: number;
  readonly drag: Drag;
}

function Row({ desk, request, n, drag }: RowProps) {
  const chosen = desk.chosen.value === request.id;
  const isNext = n === 1 && desk.list.value?.id === desk.store.runningList.value?.id;
  const element = useRef<HTMLTableRowElement>(null);
  // A chosen row grows by its buttons: keep them in sight.
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <tr
      ref={element}
      data-row={request.id}
      data-told={request.told || undefined}
      data-chosen={chosen || undefined}
      data-drop={drag.over(request.id) || undefined}
      data-dragged={drag.is(request.id) || undefined}
      aria-selected={chosen}
      tabIndex={chosen || (n === 1 && desk.chosen.value === null) ? 0 : -1}
      onClick={() => {
        desk.chosen.value = request.id;
      }}
      onFocus={() => {
        desk.chosen.value = request.id;
      }}
      onDblClick={() => {
        desk.window.value = { name: "row", request: request.id };
      }}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.target !== event.currentTarget) return;
        desk.window.value = { name: "row", request: request.id };
      }}
    >
      <td class="grip" {...drag.handlers(request.id)} title={t("Drag, or Alt ↑ ↓")}>
        <Place n={n} next={isNext} />
      </td>
      {chosen ? (
        <td colSpan={5}>
          <div class="who">
            <RowName desk={desk} request={request} isNext={isNext} />
            <RowActs desk={desk} request={request} />
          </div>
        </td>
      ) : (
        <Figures desk={desk} request={request} isNext={isNext} />
      )}
    </tr>
  );
}

function Figures({
  desk,
  request,
  isNext,
}: {
  desk: Desk;
  request: RequestEntity;
  isNext: boolean;
}) {
  const total = desk.store.delegations.value.get(voiceOf(request));
  const zone = desk.store.meeting.value.zone;
  return (
    <>
      <td>
        <div class="who">
          <RowName desk={desk} request={request} isNext={isNext} />
        </div>
      </td>
      <td class="fig wide">{desk.regionOf(request)}</td>
      <td class="fig">
        <time>{time(request.registered_at, zone)}</time>
      </td>
      <td class="fig" title={total ? mmss(total.spoken_ms) : undefined}>
        <span class="num">{total?.interventions ?? 0}</span>
      </td>
      <td class="fig">
        <span class="num">{mmss(request.limit_ms)}</span>
      </td>
    </>
  );
}

function RowName({
  desk,
  request,
  isNext,
}: {
  desk: Desk;
  request: RequestEntity;
  isNext: boolean;
}) {
  const { main, person } = label(request);
  const shown = hints(desk, request, isNext);
  const proposed = person && request.confirmed === false;
  return (
    <>
      <Code code={request.delegation} />
      <span class="row-name">
        <Name text={main} />
        {behalf(request) && <small class="behalf">{behalf(request)}</small>}
        {person && (
          <small>
            <bdi>{person}</bdi>
            {proposed && <b class="ask"> {t("name not confirmed")}</b>}
          </small>
        )}
        {shown.length > 0 && (
          <small>
            {shown.map((hint, index) => (
              <span key={hint.text} data-warn={hint.warn || undefined}>
                {index > 0 && " · "}
                {hint.text}
              </span>
            ))}
          </small>
        )}
      </span>
    </>
  );
}
