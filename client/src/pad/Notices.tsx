import type { ComponentChildren } from "preact";
import { type Pending, pending, send } from "../lib/commands.ts";
import { t, time } from "../lib/i18n.ts";
import { plate, roster } from "../lib/names.ts";
import type { RequestEntity, SwapEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { kindName, kindTitle } from "../lib/terms.ts";
import { mmss, tick } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { Unattended } from "../parts/Unattended.tsx";
import { isAside, raised, type Standing } from "./standing.ts";

/** What a delegation is told beside where it stands, the most pressing first. */
export function Notices({ store, at }: { store: Store; at: Standing }) {
  return (
    <div class="notices" aria-live="polite">
      <Flagged store={store} />
      {pending.value.filter(isSentAside).map((each) => (
        <Notice key={each.id}>
          <p>{t("Sending: {what}", { what: sentName(each) })}</p>
        </Notice>
      ))}
      {raised(store.mine.value).map((each) => (
        <Raised key={each.id} store={store} request={each} />
      ))}
      {(store.mine.value?.swaps ?? []).map((each) => (
        <SwapCard key={each.id} store={store} swap={each} />
      ))}
      {!("floor" in at) && <LimitChanged store={store} at={at} />}
      <Unattended />
    </div>
  );
}

function Notice({
  children,
  main = false,
  order = false,
}: {
  children: ComponentChildren;
  main?: boolean;
  order?: boolean;
}) {
  return (
    <div class="notice" data-main={main || undefined} data-order={order || undefined}>
      {children}
    </div>
  );
}

function isSentAside(each: Pending): boolean {
  const { kind } = each.fields;
  return each.type === "request_floor" && kind !== "technical" && isAside(kind);
}

function sentName({ fields }: Pending): string {
  return kindName(fields.kind as RequestEntity["kind"]);
}

/** The secretariat keeps a delegation in its place, and does not call it for now. */
function Flagged({ store }: { store: Store }) {
  const flag = store.mine.value?.flag;
  if (!flag) return null;
  return (
    <Notice main>
      <p>
        {flag === "absent"
          ? t(
              "The secretariat does not see you in the meeting. You keep your place; tell the secretariat that you are here.",
            )
          : t("You cannot be given the floor for now. Please contact the secretariat.")}
      </p>
    </Notice>
  );
}

function Raised({ store, request }: { store: Store; request: RequestEntity }) {
  const zone = store.meeting.value.zone;
  return (
    <Notice main order={request.kind === "point_of_order"}>
      <p>
        <b>{before(request)}</b>{" "}
        <small class="whole">
          {t("since {time}", { time: time(request.registered_at, zone) })}
        </small>
      </p>
      <Button onPress={() => void send("withdraw", { request: request.id })}>
        {t("Take back")}
      </Button>
    </Notice>
  );
}

function before(request: RequestEntity): string {
  if (request.kind === "point_of_order") {
    return t("Your point of order is before the chair.");
  }
  return request.kind === "response"
    ? t("Your response is before the chair.")
    : t("Before the chair: {what}", { what: kindTitle(request) });
}

/** An offer to change places: one's own, or somebody else's to be answered. */
function SwapCard({ store, swap }: { store: Store; swap: SwapEntity }) {
  const incoming = swap.wanted_from === store.you.value.delegation;
  const other = plate((incoming ? swap.offered_by : swap.wanted_from) ?? "");
  const params = {
    name: other,
    theirs: placeOf(store, incoming ? swap.offered : swap.wanted),
    yours: placeOf(store, incoming ? swap.wanted : swap.offered),
  };
  const answer = (accept: boolean) =>
    void send("answer_swap", { swap: swap.id, accept });
  if (swap.accepted) {
    return (
      <Notice>
        <p>{t("You and {name} change places once the operator agrees.", params)}</p>
        {!incoming && <Button onPress={() => answer(false)}>{t("Take back")}</Button>}
      </Notice>
    );
  }
  if (!incoming) {
    return (
      <Notice>
        <p>{t("You offered your place to {name}. They have not answered.", params)}</p>
        <Button onPress={() => answer(false)}>{t("Take back")}</Button>
      </Notice>
    );
  }
  return (
    <Notice main>
      <p>
        <b>
          {params.theirs && params.yours
            ? t("{name} offers you place {theirs} for your {yours}.", params)
            : t("{name} offers to change places with you.", params)}
        </b>
      </p>
      <div class="notice-row">
        <Button main onPress={() => answer(true)}>
          {t("Yes, change")}
        </Button>
        <Button onPress={() => answer(false)}>{t("No")}</Button>
      </div>
    </Notice>
  );
}

function placeOf(store: Store, id: string): number | string {
  const list = store.requests.value.get(id)?.list;
  const index = store.queueOf(list).findIndex((each) => each.id === id);
  return index < 0 ? "" : index + 1;
}

/** So long after a change of the limit it is news. */
const NEWS_MS = 10 * 60_000;

/** That statements are shorter (or longer) from the next speaker on. */
function LimitChanged({ store, at }: { store: Store; at: Standing }) {
  const request = "at" in at ? at.at.request : null;
  const list = request ? store.lists.value.get(request.list) : store.runningList.value;
  if (list?.state === "closed" && !request) return null;
  if (!list?.limits_set_at || tick.value - list.limits_set_at > NEWS_MS) return null;
  const tier = roster.value.delegations[store.you.value.delegation ?? ""]?.tier;
  const group = request?.kind === "group_statement";
  const changed = limitOf(list.limits_s, group ? "group" : (tier ?? ""));
  const own = request?.limit_ms ?? changed;
  // Whoever has a limit of their own keeps it.
  if (own === null || (changed !== null && own !== changed)) return null;
  return (
    <Notice>
      <p>{t("From the next speaker on: {limit}", { limit: mmss(own) })}</p>
    </Notice>
  );
}

function limitOf(
  limits_s: Readonly<Record<string, number>>,
  tier: string,
): number | null {
  const seconds = limits_s[tier] ?? limits_s.any;
  return seconds === undefined ? null : seconds * 1000;
}
