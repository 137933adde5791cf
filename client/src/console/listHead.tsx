import { t, time, tn, tx } from "../lib/i18n.ts";
import type { ListEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Num } from "../parts/Clock.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { mmss } from "./length.ts";
import { closeRound } from "./press.ts";
import { inOrder } from "./programme.ts";
import { basisText, listState, listTitle, policyName } from "./said.ts";
import { TrayBar } from "./trayBar.tsx";

export function ListHead({ desk }: { desk: Desk }) {
  const list = desk.list.value;
  if (!list) return <div class="list-head" />;
  const zone = desk.store.meeting.value.zone;
  const replies = list.purpose === "replies";
  const title = replies
    ? t("Rights of reply · {n}", { n: desk.rows.value.length })
    : t("List of speakers · {n}", { n: desk.rows.value.length });
  return (
    <>
      <div class="list-head">
        <div>
          <h2>{title}</h2>
          <p class="small soft">
            {replies
              ? t("First replies, then second ones, in the order of asking")
              : `${standing(list, zone)} · ${policyName(list)}`}
          </p>
        </div>
        <WhichList desk={desk} list={list} />
        {replies ? <Ledger desk={desk} /> : <States desk={desk} list={list} />}
      </div>
      <Elsewhere desk={desk} list={list} />
      <LotNote list={list} />
      <Round desk={desk} list={list} />
      <TrayBar desk={desk} list={list} />
    </>
  );
}

function Ledger({ desk }: { desk: Desk }) {
  return (
    <Button
      onPress={() => {
        desk.window.value = { name: "replies" };
      }}
      shortcut="Y"
    >
      {t("Ledger")}
    </Button>
  );
}

/** Order and state of a list of speakers. While a point is raised O is that point's. */
function States({ desk, list }: { desk: Desk; list: ListEntity }) {
  const raised = desk.scene.value.points.length > 0;
  return (
    <>
      <Button
        onPress={() => {
          desk.window.value = { name: "order" };
        }}
        {...(raised ? {} : { shortcut: "O" })}
      >
        {t("Order")}
      </Button>
      <Button
        onPress={() => {
          desk.window.value = { name: "list_state" };
        }}
        shortcut="C"
      >
        {stateButton(list)}
      </Button>
    </>
  );
}

/** "Closes at 12:30", "Closed at 12:31: at capacity": the state with its time. */
function standing(list: ListEntity, zone: string): string {
  const at = (instant: number) => ({ time: time(instant, zone) });
  if (list.state === "closing" && list.closes_at !== null) {
    return t("Closes at {time}", at(list.closes_at));
  }
  if (list.state === "not_open" && list.opens_at !== null) {
    return t("Opens at {time}", at(list.opens_at));
  }
  if (list.state === "lot_window" && list.lot_until !== null) {
    return t("Open for the lot until {time}", at(list.lot_until));
  }
  if (list.state === "open" && list.auto_close_at !== null) {
    return t("Open, closes by itself at {time}", at(list.auto_close_at));
  }
  if (list.state === "closed" && list.closed_at !== null) {
    const closed = t("Closed at {time}", at(list.closed_at));
    const basis = basisText(list.basis);
    return basis ? t("{closed}: {basis}", { closed, basis }) : closed;
  }
  return listState(list);
}

/** Who asks in the window of the lot stands in no order yet; that is said. */
function LotNote({ list }: { list: ListEntity }) {
  const waits = list.state === "lot_window" && list.lot_until !== null;
  if (!waits) return null;
  const left = Math.max(0, (list.lot_until ?? 0) - tick.value);
  return (
    <p class="elsewhere">
      <span>
        {tx("Places are drawn by lot in {time}, among all who ask until then.", {
          time: <Num text={mmss(left)} />,
        })}
      </span>
    </p>
  );
}

function stateButton(list: ListEntity): string {
  switch (list.state) {
    case "lot_window":
    case "not_open":
      return t("Open the list");
    case "open":
    case "closing":
      return t("Close the list");
    case "closed":
      return t("Reopen the list");
  }
}

/** The segments' lists in the order of the programme, then replies that were asked. */
function choosable(store: Store): readonly ListEntity[] {
  const lists = store.lists.value;
  const running = store.runningList.value?.id;
  const speakers = inOrder(store.segments.value).flatMap((each) => {
    const list = lists.get(each.list);
    return list ? [list] : [];
  });
  const replies = [...lists.values()].filter(
    (each) => each.purpose === "replies" && (each.count > 0 || each.id === running),
  );
  return [...speakers, ...replies];
}

/** Lists of other segments; the running one unless another is looked at. */
function WhichList({ desk, list }: { desk: Desk; list: ListEntity }) {
  const lists = choosable(desk.store);
  if (lists.length < 2) return null;
  return (
    <select
      class="field which"
      dir="auto"
      aria-label={t("Which list")}
      value={list.id}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        const isRunning = chosen === desk.store.runningList.value?.id;
        desk.lookAt.value = isRunning ? null : chosen;
        desk.chosen.value = null;
      }}
    >
      {lists.map((each) => (
        <option key={each.id} value={each.id}>
          {`${listTitle(desk.store, each)} (${each.count})`}
        </option>
      ))}
    </select>
  );
}

/** Whoever looks at another list is told so, with the way back. */
function Elsewhere({ desk, list }: { desk: Desk; list: ListEntity }) {
  const running = desk.store.runningList.value;
  if (!running || running.id === list.id) return null;
  const title = listTitle(desk.store, list);
  return (
    <p class="elsewhere">
      <span>
        {t("You look at the list of {title}, which does not run now.", { title })}
      </span>
      <Button
        onPress={() => {
          desk.lookAt.value = null;
          desk.chosen.value = null;
        }}
      >
        {t("Back to the running list")}
      </Button>
    </p>
  );
}

function Round({ desk, list }: { desk: Desk; list: ListEntity }) {
  const segment = desk.store.segments.value.get(list.segment ?? "");
  if (!segment || segment.panellists.length === 0 || segment.state !== "running") {
    return null;
  }
  const idle = desk.store.floor.value === null;
  const heard = list.heard.length;
  return (
    <p class="elsewhere">
      <span>
        {tn(
          "Round {round}: {n} question heard, {size} make a round.",
          "Round {round}: {n} questions heard, {size} make a round.",
          heard,
          { round: list.round, size: list.round_size },
        )}
      </span>
      <Act
        desk={desk}
        press={heard > 0 && idle ? closeRound(list) : null}
        why={heard === 0 ? t("No question yet") : t("After this speaker")}
      >
        {t("Close the round")}
      </Act>
    </p>
  );
}
