import { day, t, time, tn, tx } from "../lib/i18n.ts";
import { serverNow } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Num } from "../parts/Clock.tsx";
import { copyList } from "./copy.ts";
import type { Desk } from "./desk.ts";
import { closingMatters } from "./forecast.ts";

const MINUTE = 60_000;

/** When all will have been heard, and what that leaves before the planned end. */
export function ListFoot({ desk }: { desk: Desk }) {
  const list = desk.list.value;
  const outlook = desk.outlook.value;
  const shut = list ? closingMatters(list, outlook) : false;
  return (
    <div class="list-foot">
      <p data-warn={(outlook.spare_ms ?? 0) < 0 || undefined}>
        <Outlook desk={desk} />
      </p>
      {shut && (
        <Button
          onPress={() => {
            desk.window.value = { name: "list_state" };
          }}
        >
          {t("Announce the closing")}
        </Button>
      )}
      <Button
        onPress={() => {
          desk.window.value = { name: "limit" };
        }}
        shortcut="T"
      >
        {t("Limit")}
      </Button>
      <Button onPress={() => void copyList(desk)}>{t("Copy the list")}</Button>
    </div>
  );
}

function Outlook({ desk }: { desk: Desk }) {
  const { meeting } = desk.scene.value;
  const { called_at, heard_at, spare_ms } = desk.outlook.value;
  if (meeting.state === "rose" || meeting.state === "archived") return null;
  if (called_at.size === 0 && !desk.store.floor.value)
    return t("Nobody waits to be heard.");
  const today = day(serverNow(), meeting.zone);
  const then = day(heard_at, meeting.zone);
  const heard = (
    <b>
      {then !== today && `${then}, `}
      <Num text={time(heard_at, meeting.zone)} />
    </b>
  );
  if (spare_ms === null || meeting.ends_at === null) {
    return tx("All heard by {heard}", { heard });
  }
  const n = Math.floor(Math.abs(spare_ms) / MINUTE);
  const end = <Num text={time(meeting.ends_at, meeting.zone)} />;
  const late = spare_ms < 0;
  const amount = <b>{late ? short(n) : spare(n)}</b>;
  const kept = Math.round(meeting.reserve_ms / MINUTE);
  return (
    <>
      {late
        ? tx("All heard by {heard}: {amount} for the end at {end}", {
            heard,
            amount,
            end,
          })
        : tx("All heard by {heard}, {amount} before {end}", { heard, amount, end })}
      {kept > 0 && (
        <small class="soft">
          {tn("{n} min kept for what follows", "{n} min kept for what follows", kept)}
        </small>
      )}
    </>
  );
}

/** From here on hours say more than minutes. */
const HOURS_FROM = 120;

function spare(n: number): string {
  if (n >= HOURS_FROM) {
    return tn("{n} h to spare", "{n} h to spare", Math.floor(n / 60));
  }
  return tn("{n} min to spare", "{n} min to spare", n);
}

function short(n: number): string {
  if (n >= HOURS_FROM) {
    return tn("{n} h too late", "{n} h too late", Math.floor(n / 60));
  }
  return tn("{n} min too late", "{n} min too late", n);
}
