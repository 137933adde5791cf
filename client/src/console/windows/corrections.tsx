import { useSignal } from "@preact/signals";
import { day, t, time, tn } from "../../lib/i18n.ts";
import { label, plate } from "../../lib/names.ts";
import type { MeetingEntity, NoteEntity } from "../../lib/protocol.ts";
import { serverNow, tick } from "../../lib/time.ts";
import { proposal } from "../../log/readings.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { openCorrections, settleCorrection } from "../pressRecord.ts";
import { Refused } from "../refused.tsx";
import { instantOn, wallOn } from "../wallclock.ts";

const DAY = 86_400_000;
const EVENING = "18:00";
const PRESETS_DAYS = [1, 2, 7];

/** Corrections of the record: until when they are taken, and what was filed. */
export function CorrectionsWindow({ desk }: { desk: Desk }) {
  const filed = filedIn(desk);
  const open = filed.filter((each) => each.settled === null);
  const settled = filed.filter((each) => each.settled !== null);
  return (
    <>
      <Until desk={desk} />
      <Refused desk={desk} />
      <h3>{t("To be answered")}</h3>
      {open.length === 0 && <p class="soft">{t("Nothing waits for an answer.")}</p>}
      <ol class="filed">
        {open.map((each) => (
          <Filed key={each.id} desk={desk} note={each} />
        ))}
      </ol>
      {settled.length > 0 && (
        <>
          <h3>{t("Answered")}</h3>
          <ol class="filed">
            {settled.map((each) => (
              <Filed key={each.id} desk={desk} note={each} />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

/** What was filed, the first one first. */
export function filedIn({ store }: Pick<Desk, "store">): readonly NoteEntity[] {
  return [...store.notes.value.values()]
    .filter((each) => each.correction)
    .sort((a, b) => a.at - b.at);
}

/** Whether delegations can file corrections after the meeting at this moment. */
export function isOpen({ state, corrections_until }: MeetingEntity, now: number) {
  return state === "rose" && corrections_until !== null && now < corrections_until;
}

function Until({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  const { zone, state, corrections_until: until } = meeting;
  const date = useSignal(wallOn(serverNow() + DAY, zone).slice(0, 10));
  const hour = useSignal(EVENING);
  const at = instantOn(`${date.value}T${hour.value.padStart(5, "0")}`, zone);
  const ahead = at !== null && at > tick.value;
  const open = isOpen(meeting, tick.value);
  if (state !== "rose") {
    return (
      <p class="soft">
        {state === "archived"
          ? t("The record is closed; nothing is corrected any more.")
          : t(
              "During the meeting corrections are taken at any time. A time after it can be given once the meeting has risen.",
            )}
      </p>
    );
  }
  return (
    <>
      <p role="status">
        {open && until !== null
          ? t("Delegations can correct their own rows until {day}, {time}.", {
              day: day(until, zone),
              time: time(until, zone),
            })
          : t("Delegations cannot file corrections at the moment.")}
      </p>
      <label class="stack">
        {t("Corrections are taken until")}
        <span class="pair">
          <input
            type="date"
            class="field"
            value={date.value}
            onInput={(event) => {
              date.value = event.currentTarget.value;
            }}
          />
          <input
            class="field"
            aria-label={t("Time of day")}
            placeholder={EVENING}
            value={hour.value}
            onInput={(event) => {
              hour.value = event.currentTarget.value;
            }}
          />
        </span>
      </label>
      <div class="choices narrow">
        {PRESETS_DAYS.map((days) => (
          <Button
            key={days}
            onPress={() => {
              date.value = wallOn(serverNow() + days * DAY, zone).slice(0, 10);
            }}
          >
            {tn("In {n} day", "In {n} days", days)}
          </Button>
        ))}
      </div>
      <div class="dialog-actions">
        <Act
          desk={desk}
          press={ahead && at !== until ? openCorrections(meeting, at) : null}
          why={ahead ? t("It is so already") : t("Not a later time")}
        >
          {t("Take corrections until then")}
        </Act>
        <Act
          desk={desk}
          press={open ? openCorrections(meeting, null) : null}
          why={t("Not open")}
          grave
        >
          {t("End it now")}
        </Act>
      </div>
    </>
  );
}

function Filed({ desk, note }: { desk: Desk; note: NoteEntity }) {
  const { zone } = desk.store.meeting.value;
  const reason = useSignal("");
  const row = desk.store.interventions.value.get(note.intervention ?? "") ?? null;
  const by = note.correction_by;
  const said = reason.value.trim();
  const closed = desk.scene.value.meeting.state === "archived";
  return (
    <li class="conclusion">
      <p>
        <b>
          <bdi>{by ? plate(by) : t("The secretariat")}</bdi>
        </b>{" "}
        <span class="soft small">
          <time>{time(note.at, zone)}</time>
          {row && (
            <>
              {" · "}
              {t("Row {n}, {name}", { n: row.n, name: label(row).main })}
            </>
          )}
        </span>
      </p>
      <p class="conclusion-text">
        <bdi>{note.text}</bdi>
      </p>
      {note.proposed && (
        <p>
          {t("To read: {reading}", {
            reading: row ? proposal(note, row) : (note.proposed.person?.name ?? "–"),
          })}
        </p>
      )}
      {note.settled === null ? (
        !closed && (
          <div class="line">
            <input
              class="field"
              dir="auto"
              maxLength={200}
              aria-label={t("Answer to the delegation")}
              placeholder={t("Answer to the delegation")}
              value={reason.value}
              onInput={(event) => {
                reason.value = event.currentTarget.value;
              }}
            />
            <Act desk={desk} press={settleCorrection(note, true, said)} />
            <Act
              desk={desk}
              press={said ? settleCorrection(note, false, said) : null}
              why={t("Say why first")}
              grave
            >
              {t("Decline")}
            </Act>
          </div>
        )
      ) : (
        <p>
          <span
            class="state"
            data-is={note.settled === "accepted" ? "agreed" : "draft"}
          >
            {note.settled === "accepted" ? t("Accepted") : t("Declined")}
          </span>{" "}
          <bdi>{note.answer}</bdi>
        </p>
      )}
    </li>
  );
}
