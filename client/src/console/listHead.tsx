import { t, time, tn } from "../lib/i18n.ts";
import type { ListEntity } from "../lib/protocol.ts";
import { Button } from "../parts/Button.tsx";
import { Act } from "./act.tsx";
import type { Desk } from "./desk.ts";
import { closeRound } from "./press.ts";
import { inOrder } from "./programme.ts";
import { listState, policyName } from "./said.ts";

export function ListHead({ desk }: { desk: Desk }) {
  const list = desk.list.value;
  if (!list) return <div class="list-head" />;
  const zone = desk.store.meeting.value.zone;
  const closing =
    list.state === "closing" && list.closes_at !== null
      ? t("Closes at {time}", { time: time(list.closes_at, zone) })
      : listState(list);
  return (
    <>
      <div class="list-head">
        <div>
          <h2>{t("List of speakers · {n}", { n: desk.rows.value.length })}</h2>
          <p class="small soft">
            {closing} · {policyName(list)}
          </p>
        </div>
        <WhichList desk={desk} list={list} />
        <Button
          onPress={() => {
            desk.window.value = { name: "order" };
          }}
          shortcut="O"
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
      </div>
      <Elsewhere desk={desk} list={list} />
      <Round desk={desk} list={list} />
    </>
  );
}

function stateButton(list: ListEntity): string {
  switch (list.state) {
    case "not_open":
      return t("Open the list");
    case "open":
    case "closing":
      return t("Close the list");
    case "closed":
      return t("Reopen the list");
  }
}

/** Lists of other segments; the running one unless another is looked at. */
function WhichList({ desk, list }: { desk: Desk; list: ListEntity }) {
  const segments = inOrder(desk.store.segments.value);
  if (segments.length < 2) return null;
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
      {segments.map((segment, index) => {
        const count = desk.store.lists.value.get(segment.list)?.count ?? 0;
        return (
          <option key={segment.list} value={segment.list}>
            {`${index + 1}. ${segment.title} (${count})`}
          </option>
        );
      })}
    </select>
  );
}

/** Whoever looks at another list is told so, with the way back. */
function Elsewhere({ desk, list }: { desk: Desk; list: ListEntity }) {
  const running = desk.store.runningList.value;
  if (!running || running.id === list.id) return null;
  const title = desk.store.segments.value.get(list.segment)?.title ?? "";
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
  const segment = desk.store.segments.value.get(list.segment);
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
