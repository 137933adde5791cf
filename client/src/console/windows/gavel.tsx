import { useSignal } from "@preact/signals";
import { t, time } from "../../lib/i18n.ts";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { holderIsHere, holderOf, operatorName } from "../gavel.ts";
import { handGavel, takeGavel } from "../pressPeople.ts";
import { Refused } from "../refused.tsx";

/** One hand acts: taking it, handing it over, putting it down. All is logged. */
export function GavelWindow({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { meeting } = desk.scene.value;
  const reason = useSignal("");
  const own = desk.store.you.value.link;
  const holder = holderOf(meeting);
  return (
    <>
      <p>{standing(desk)}</p>
      {holder === own ? (
        <Hand desk={desk} onDone={onDone} />
      ) : (
        <>
          {holder !== null && (
            <label class="stack">
              {t("Reason, for the log")}
              <input
                class="field"
                maxLength={200}
                value={reason.value}
                onInput={(event) => {
                  reason.value = event.currentTarget.value;
                }}
              />
            </label>
          )}
          <div class="dialog-actions">
            <Act
              desk={desk}
              press={
                holder === null || reason.value.trim()
                  ? takeGavel(meeting, reason.value)
                  : null
              }
              why={t("Type the reason first")}
              also={onDone}
            >
              {t("Take the gavel")}
            </Act>
          </div>
        </>
      )}
      <Refused desk={desk} />
      <p class="small soft">
        {t("Without the gavel this console shows everything and stands ready.")}
      </p>
    </>
  );
}

function standing(desk: Desk): string {
  const { gavel, zone } = desk.store.meeting.value;
  const holder = holderOf(desk.store.meeting.value);
  if (holder === null || !gavel)
    return t("Nobody holds the gavel: every operator may act.");
  const facts = {
    name: operatorName(desk.store, holder),
    time: time(gavel.at, zone),
  };
  return holderIsHere(desk.store)
    ? t("{name} holds the gavel since {time}.", facts)
    : t("{name} holds the gavel since {time}, and is not connected.", facts);
}

function Hand({ desk, onDone }: { desk: Desk; onDone: () => void }) {
  const { meeting } = desk.scene.value;
  const own = desk.store.you.value.link;
  const here = [...desk.store.here.value.values()];
  const others = [...desk.store.links.value.values()].filter(
    (each) => each.role === "moderator" && !each.revoked && each.id !== own,
  );
  return (
    <div class="choices">
      {others.map((link) => (
        <Act
          key={link.id}
          desk={desk}
          press={handGavel(meeting, link.id, operatorName(desk.store, link.id))}
          also={onDone}
          note={
            here.some((each) => each.link === link.id)
              ? t("connected")
              : t("not connected")
          }
        />
      ))}
      <Act desk={desk} press={handGavel(meeting, null, "")} also={onDone} />
    </div>
  );
}
