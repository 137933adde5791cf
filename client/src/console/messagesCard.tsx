import { t, time } from "../lib/i18n.ts";
import { messageText, roleName } from "../lib/phrases.ts";
import type { MessageEntity } from "../lib/protocol.ts";
import { Button } from "../parts/Button.tsx";
import type { Desk } from "./desk.ts";

/** The lines of the back-channel, the oldest first. */
export function messages(desk: Desk): readonly MessageEntity[] {
  return [...desk.store.messages.value.values()].sort((a, b) => a.at - b.at);
}

/** Lines of others that nobody has looked at here. */
export function unread(desk: Desk): readonly MessageEntity[] {
  const own = desk.store.you.value.link;
  const until = desk.readUntil.value;
  return messages(desk).filter((each) => each.link !== own && each.at > until);
}

/** The private line in the column: the newest unread in full, else just the way in. */
export function MessagesCard({ desk }: { desk: Desk }) {
  const fresh = unread(desk);
  const last = fresh.at(-1);
  return (
    <div class="notice-line" data-fresh={last ? true : undefined} aria-live="polite">
      {last && (
        <p>
          <small>
            {roleName(last.role)} ·{" "}
            <time>{time(last.at, desk.store.meeting.value.zone)}</time>
          </small>
          <bdi>{messageText(last)}</bdi>
        </p>
      )}
      <Button
        onPress={() => {
          desk.window.value = { name: "messages" };
        }}
        shortcut="B"
      >
        {fresh.length > 0
          ? t("Back-channel: {n} unread", { n: fresh.length })
          : t("Back-channel")}
      </Button>
    </div>
  );
}
