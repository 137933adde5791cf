import { useSignal } from "@preact/signals";
import { t, time, tn, tx } from "../../lib/i18n.ts";
import type { ListEntity, Rules } from "../../lib/protocol.ts";
import { Button } from "../../parts/Button.tsx";
import { Num } from "../../parts/Clock.tsx";
import { Act } from "../act.tsx";
import { limitOutlook, type Projection } from "../api.ts";
import { useAsked } from "../asked.ts";
import type { Desk } from "../desk.ts";
import { lengthOf, mmss } from "../length.ts";
import { setLimit } from "../pressLists.ts";
import { Refused } from "../refused.tsx";
import { listTitle } from "../said.ts";

/** Limits that a chair would say, below the present one mostly. */
const OFFERED_S = [60, 90, 120, 150, 180, 240, 300];
const COARSE = 10;

/** Another limit for those not yet called: what it leads to, and announcing it. */
export function LimitWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const list = desk.list.value;
  const typed = useSignal("");
  const scaled = useSignal(true);
  const chosen = lengthOf(typed.value);
  const length = desk.rows.value.length;
  const { answer, trouble } = useAsked(
    `${list?.id} ${chosen} ${length} ${desk.store.seq.value >> COARSE}`,
    () => limitOutlook(desk.boot, list?.id ?? "", chosen),
  );
  if (!list) return null;
  if (list.purpose !== "speakers") {
    return (
      <p>{t("The limits of replies and points of order are those of the rules.")}</p>
    );
  }
  const seen = answer.value;
  const { zone } = desk.store.meeting.value;
  const suggested = seen?.suggestion ?? null;
  return (
    <>
      <p>
        <b>
          <bdi>{listTitle(desk.store, list)}</bdi>
        </b>
      </p>
      {seen && (
        <>
          <p>
            {tx("Now {limit}: {outcome}", {
              limit: <Num text={mmss(seen.limit_s * 1000)} />,
              outcome: outcome(seen.present, seen.waiting, zone),
            })}
          </p>
          {suggested && (
            <Suggestion
              suggested={suggested}
              waiting={seen.waiting}
              onTake={() => {
                typed.value = mmss(suggested.limit_s * 1000);
              }}
            />
          )}
        </>
      )}
      {trouble.value && <p role="alert">{trouble.value}</p>}
      <h3>{t("Try another")}</h3>
      <div class="choices narrow">
        {OFFERED_S.map((seconds) => (
          <Button
            key={seconds}
            pressed={chosen === seconds}
            onPress={() => {
              typed.value = mmss(seconds * 1000);
            }}
          >
            <Num text={mmss(seconds * 1000)} />
          </Button>
        ))}
        <input
          class="field"
          aria-label={t("Another limit, like 2:30")}
          placeholder="2:30"
          value={typed.value}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
          }}
        />
      </div>
      <p aria-live="polite" class="outcome">
        {chosen !== null && seen?.asked
          ? tx("With {limit}: {outcome}", {
              limit: <Num text={mmss(chosen * 1000)} />,
              outcome: outcome(seen.asked, seen.waiting, zone),
            })
          : t("Choose one to see how many would be heard, and until when.")}
      </p>
      <label class="tick">
        <input
          type="checkbox"
          checked={scaled.value}
          onChange={(event) => {
            scaled.value = event.currentTarget.checked;
          }}
        />
        {t("That is a Member's; groups, observers and others keep their share of it")}
      </label>
      <p class="small soft">
        {t("Nobody who is called or speaks is touched. {enforcement}", {
          enforcement: enforcementText(desk.store.meeting.value.rules),
        })}
      </p>
      <Refused desk={desk} />
      <div class="dialog-actions">
        <Limit
          desk={desk}
          list={list}
          chosen={chosen}
          scaled={scaled.value}
          onDone={onDone}
        />
      </div>
    </>
  );
}

function Limit({
  desk,
  list,
  chosen,
  scaled,
  onDone,
}: {
  desk: Desk;
  list: ListEntity;
  chosen: number | null;
  scaled: boolean;
  onDone: () => void;
}) {
  return (
    <Act
      desk={desk}
      press={chosen === null ? null : setLimit(list, chosen, scaled)}
      why={t("Choose a limit first")}
      also={onDone}
    >
      {chosen === null ? t("From the next speaker, announced on every pad") : undefined}
    </Act>
  );
}

function Suggestion({
  suggested,
  waiting,
  onTake,
}: {
  suggested: { limit_s: number; fits: boolean; heard: number };
  waiting: number;
  onTake: () => void;
}) {
  const limit = mmss(suggested.limit_s * 1000);
  return (
    <div class="line suggestion">
      <p>
        <b>{t("Suggested: {limit}", { limit })}</b>
        {" · "}
        {suggested.fits
          ? t("all are heard in time")
          : t("{n} of {all} are heard; not all fit", {
              n: suggested.heard,
              all: waiting,
            })}
      </p>
      <Button onPress={onTake}>{t("Take it")}</Button>
    </div>
  );
}

function outcome(
  { heard, ends_at }: Projection,
  waiting: number,
  zone: string,
): string {
  const until = time(ends_at, zone);
  return heard >= waiting
    ? tn(
        "{n} waits and is heard, until {until}",
        "all {n} who wait are heard, until {until}",
        waiting,
        { until },
      )
    : t("{n} of {all} are heard in time; all would take until {until}", {
        n: heard,
        all: waiting,
        until,
      });
}

/** What happens when the time is over, in the words of the rules. */
export function enforcementText(rules: Rules): string {
  switch (rules.enforcement) {
    case "soft":
      return t("Time over is shown quietly and nobody is stopped (soft).");
    case "firm":
      return t(
        "Time over: “please conclude” to the speaker, the Chair is alerted (firm).",
      );
    case "hard":
      return t(
        "Cut is signalled {time} after the limit; people act, not Rostra (hard).",
        {
          time: mmss(rules.grace_ms),
        },
      );
  }
}
