import { t, time } from "../lib/i18n.ts";
import { announced, TO_BE_ANNOUNCED } from "../lib/names.ts";
import type { SegmentEntity } from "../lib/protocol.ts";
import type { Desk } from "./desk.ts";
import { inOrder, lateness, lateness_ms } from "./programme.ts";

/** The programme: planned against actual, who presides; each opens its window. */
export function ProgrammePanel({ desk }: { desk: Desk }) {
  const segments = inOrder(desk.store.segments.value);
  return (
    <section class="programme" aria-label={t("Programme")}>
      <h2 class="label">{t("Programme")}</h2>
      <ol>
        {segments.map((segment) => (
          <li key={segment.id} data-state={segment.state}>
            <button
              type="button"
              aria-current={segment.state === "running" ? "step" : undefined}
              onClick={() => {
                desk.window.value = { name: "segment", segment: segment.id };
              }}
            >
              <span class="num">{timeOf(desk, segment)}</span>
              <span>
                <b>
                  <bdi>{segment.title}</bdi>
                </b>
                <small>
                  <Standing segment={segment} />
                </small>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function timeOf(desk: Desk, segment: SegmentEntity): string {
  const at = segment.started_at ?? segment.planned_at ?? null;
  return at === null ? "–" : time(at, desk.store.meeting.value.zone);
}

/** Who presides, once it is known; of the running one also that it is not. */
function presiderOf({ state, presider }: SegmentEntity): string {
  const name = presider.name ?? "";
  if (state === "done" || (state === "upcoming" && name === TO_BE_ANNOUNCED)) return "";
  return announced(name);
}

function Standing({ segment }: { segment: SegmentEntity }) {
  const late = (lateness_ms(segment) ?? 0) > 300_000;
  const states: Record<SegmentEntity["state"], string> = {
    upcoming: "",
    running: t("now"),
    done: t("done"),
  };
  const presides = presiderOf(segment);
  const facts = [states[segment.state], lateness(segment)].filter(Boolean).join(" · ");
  return (
    <>
      <span data-warn={late || undefined}>{facts}</span>
      {presides && (
        <>
          {facts && " · "}
          <bdi>{presides}</bdi>
        </>
      )}
    </>
  );
}
