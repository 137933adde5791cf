import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { listName, roster, search } from "../lib/names.ts";
import type { SegmentEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { mmss } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import { mostReplies, repliable, replyReason, usedReplies } from "./available.ts";
import type { FormProps } from "./Sheet.tsx";

const SHOWN = 5;

/** The right of reply: on which item, and to whom. */
export function ReplyForm({ store, done }: FormProps) {
  const items = repliable(store);
  const [item, setItem] = useState<SegmentEntity | null>(items[0] ?? null);
  const [to, setTo] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const choices = typed.trim() ? found(store, typed) : heard(store);
  return (
    <>
      {item && <p class="second">{usedSentence(store, item)}</p>}
      <p class="soft">{whenSentence(store)}</p>
      {items.length > 1 && (
        <label>
          <span class="label">{t("On which item")}</span>
          <select
            class="field"
            value={item?.id}
            onChange={({ currentTarget: { value } }) =>
              setItem(items.find((each) => each.id === value) ?? null)
            }
          >
            {items.map((each) => (
              <option key={each.id} value={each.id}>
                {each.title}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span class="label">{t("In reply to whom")}</span>
        <input
          class="field"
          type="search"
          autocomplete="off"
          placeholder={t("Search a delegation, or leave it open")}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <ul class="choices">
        {[...new Set([...(to ? [to] : []), ...choices])].slice(0, SHOWN).map((code) => (
          <li key={code}>
            <Button
              class="option"
              pressed={to === code}
              onPress={() => setTo(to === code ? null : code)}
            >
              <bdi>{listName(code)}</bdi>
            </Button>
          </li>
        ))}
        {typed.trim() && choices.length === 0 && (
          <li class="soft">{t("Not in this meeting's roster")}</li>
        )}
      </ul>
      <Button
        big
        main
        reason={replyReason(store, item)}
        onPress={() => {
          if (!item) return;
          void send("request_floor", { kind: "right_of_reply", item: item.id, to });
          done();
        }}
      >
        {t("Ask for the right of reply")}
      </Button>
    </>
  );
}

/** "1 of 2 used.", and how long the next one is. */
export function usedSentence(store: Store, item: SegmentEntity): string {
  const replies = mostReplies(store);
  const used = usedReplies(store, item);
  const limit = store.meeting.value.rules.replies?.limits_s?.[used];
  const said = t("{used} of {most} used.", { used, most: replies });
  return limit === undefined
    ? said
    : t("{used} of {most} used. This one has {limit}.", {
        used,
        most: replies,
        limit: mmss(limit * 1000),
      });
}

/** When replies are heard under the rules of the meeting. */
export function whenSentence(store: Store): string {
  switch (store.meeting.value.rules.replies?.place) {
    case "end_of_meeting":
      return t("Replies are heard at the end of the meeting.");
    case "end_of_day":
      return t("Replies are heard at the end of the day.");
    default:
      return t("Replies are heard at the end of the item.");
  }
}

/** Those who spoke last, the newest first. */
function heard(store: Store): readonly string[] {
  const own = store.you.value.delegation;
  return [...store.interventions.value.values()]
    .sort((a, b) => b.n - a.n)
    .flatMap((each) => each.delegation ?? [])
    .filter((code) => code !== own);
}

function found(store: Store, typed: string): readonly string[] {
  const own = store.you.value.delegation;
  return search(typed)
    .map((hit) => hit.code)
    .filter((code) => code !== own && code in roster.value.delegations);
}
