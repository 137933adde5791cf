import { useSignal } from "@preact/signals";
import { t, time } from "../../lib/i18n.ts";
import type { SegmentEntity } from "../../lib/protocol.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { goTo, type Press } from "../press.ts";
import { lateness } from "../programme.ts";

const MINUTE = 60_000;

/** One segment: who presides, its times and questions, and going there. */
export function SegmentWindow({
  desk,
  segment,
  onDone,
}: {
  desk: Desk;
  segment: SegmentEntity;
  onDone: () => void;
}) {
  const name = useSignal(segment.presider.name ?? "");
  const role = useSignal(segment.presider.function ?? "");
  const { meeting, floor } = desk.scene.value;
  const canGo =
    meeting.state === "in_session" && !floor && meeting.segment !== segment.id;
  const presider: Press = {
    type: "set_presider",
    fields: { segment: segment.id, name: name.value, function: role.value },
    label: t("Presides from now on"),
  };
  return (
    <>
      <p class="soft">{times(desk, segment)}</p>
      <label class="stack">
        {t("Who presides")}
        <input
          class="field"
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
        />
      </label>
      <label class="stack">
        {t("Function")}
        <input
          class="field"
          value={role.value}
          onInput={(event) => {
            role.value = event.currentTarget.value;
          }}
        />
      </label>
      <div class="dialog-actions">
        <Act
          desk={desk}
          press={name.value.trim() ? presider : null}
          why={t("Type a name first")}
          also={onDone}
        >
          {t("Presides from now on")}
        </Act>
      </div>
      {segment.questions.length > 0 && (
        <ol class="questions">
          {segment.questions.map((n) => (
            <li key={n}>
              <b class="num">{n}</b> <bdi>{meeting.questions[n - 1]}</bdi>
            </li>
          ))}
        </ol>
      )}
      <div class="dialog-actions">
        <Button
          onPress={() => {
            const runs = desk.store.runningList.value?.id === segment.list;
            desk.lookAt.value = runs ? null : segment.list;
            onDone();
          }}
        >
          {t("Look at its list")}
        </Button>
        <Act
          desk={desk}
          press={canGo ? goTo(segment, meeting) : null}
          why={whyNot(meeting.state, floor !== null, segment)}
          also={onDone}
        >
          {t("Go to this segment")}
        </Act>
      </div>
    </>
  );
}

function whyNot(state: string, occupied: boolean, segment: SegmentEntity): string {
  if (segment.state === "running") return t("It runs now");
  if (state !== "in_session") return t("The meeting is not in session");
  return occupied ? t("After this speaker") : "";
}

function times(desk: Desk, segment: SegmentEntity): string {
  const zone = desk.store.meeting.value.zone;
  const planned = segment.planned_at ?? null;
  const started = segment.started_at ?? null;
  const ended = segment.ended_at ?? null;
  const length = segment.planned_ms ?? null;
  return [
    planned === null
      ? t("no planned time")
      : t("planned {time}", { time: time(planned, zone) }),
    length === null ? "" : t("{n} min planned", { n: Math.round(length / MINUTE) }),
    started === null ? "" : t("begun {time}", { time: time(started, zone) }),
    ended === null ? "" : t("ended {time}", { time: time(ended, zone) }),
    lateness(segment),
  ]
    .filter(Boolean)
    .join(" · ");
}
