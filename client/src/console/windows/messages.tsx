import { useSignal, useSignalEffect } from "@preact/signals";
import { t, time } from "../../lib/i18n.ts";
import { listName } from "../../lib/names.ts";
import { messageText, PHRASES, phraseText, roleName } from "../../lib/phrases.ts";
import { Button } from "../../parts/Button.tsx";
import { Act } from "../act.tsx";
import type { Desk } from "../desk.ts";
import { messages } from "../messagesCard.tsx";
import { message } from "../pressPeople.ts";

const SHOWN = 12;
const LONGEST = 140;

/** Among chair, operators and desk: stock phrases, or a short text. */
export function MessagesWindow({ desk }: { desk: Desk }) {
  const text = useSignal("");
  // Whatever comes while the window is open has been seen.
  useSignalEffect(() => {
    const last = messages(desk).at(-1);
    if (last && last.at > desk.readUntil.peek()) desk.readUntil.value = last.at;
  });
  const own = desk.store.you.value.link;
  const { zone } = desk.store.meeting.value;
  const shown = messages(desk).slice(-SHOWN);
  const send = async () => {
    if (!text.value.trim()) return;
    const final = await desk.carryOut(message("", text.value));
    if (final.outcome === "ok") text.value = "";
  };
  return (
    <>
      <p class="small soft">
        {t("Seen by the Chair, the operators and the technical desk only.")}
      </p>
      <ol class="lines">
        {shown.map((each) => (
          <li key={each.id} data-own={each.link === own || undefined}>
            <small>
              <time>{time(each.at, zone)}</time>{" "}
              {each.link === own ? t("You") : roleName(each.role)}
              {each.delegation && ` · ${listName(each.delegation)}`}
            </small>
            <bdi>{messageText(each)}</bdi>
          </li>
        ))}
        {shown.length === 0 && <li class="soft">{t("Nothing was said yet.")}</li>}
      </ol>
      <form
        class="line"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <input
          class="field"
          autofocus
          dir="auto"
          maxLength={LONGEST}
          aria-label={t("A short text")}
          placeholder={t("A short text")}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
          }}
        />
        <Button type="submit" onPress={() => {}} reason={desk.whyNot("message")}>
          {t("Send")}
        </Button>
      </form>
      <div class="choices">
        {(PHRASES.moderator ?? []).map((phrase) => (
          <Act key={phrase} desk={desk} press={message(phrase, "")}>
            {phraseText(phrase)}
          </Act>
        ))}
      </div>
    </>
  );
}
