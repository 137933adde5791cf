import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t, time } from "../lib/i18n.ts";
import { plate } from "../lib/names.ts";
import { messageText, PHRASES, phraseText, roleName } from "../lib/phrases.ts";
import type { MessageEntity } from "../lib/protocol.ts";
import type { Store } from "../lib/store.ts";
import { Button } from "./Button.tsx";

const SHOWN = 6;
const LONGEST = 140;

/** The private line among chair, operators and desk: what was said, and one's own. */
export function BackChannel({ store }: { store: Store }) {
  const [open, setOpen] = useState(false);
  const { role, commands } = store.you.value;
  return (
    <section class="panel back-channel">
      <h2>{t("Back-channel")}</h2>
      <Lines store={store} />
      {commands.includes("message") && (
        <>
          <Typed />
          <Button pressed={open} onPress={() => setOpen(!open)}>
            {t("Phrases")}
          </Button>
          {open && (
            <div class="phrases">
              {(PHRASES[role] ?? []).map((phrase) => (
                <Button
                  key={phrase}
                  onPress={() => {
                    void send("message", { phrase });
                    setOpen(false);
                  }}
                >
                  {phraseText(phrase)}
                </Button>
              ))}
            </div>
          )}
        </>
      )}
    </section>
  );
}

function Lines({ store }: { store: Store }) {
  const { zone } = store.meeting.value;
  const said = newest(store, SHOWN);
  return (
    <ul class="said" aria-live="polite">
      {said.length === 0 && (
        <li class="soft">{t("Seen by the chair, the operators and the desk only.")}</li>
      )}
      {said.map((each) => (
        <li key={each.id} data-own={each.link === store.you.value.link || undefined}>
          <small>
            <time>{time(each.at, zone)}</time> {roleName(each.role)}
            {each.delegation && ` · ${plate(each.delegation)}`}
          </small>
          <bdi>{messageText(each)}</bdi>
        </li>
      ))}
    </ul>
  );
}

/** The newest lines, in the order in which they were said. */
export function newest(store: Store, n: number): readonly MessageEntity[] {
  return [...store.messages.value.values()].sort((a, b) => a.at - b.at).slice(-n);
}

function Typed() {
  const [text, setText] = useState("");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!text.trim()) return;
        void send("message", { text: text.trim() });
        setText("");
      }}
    >
      <input
        class="field"
        dir="auto"
        maxLength={LONGEST}
        aria-label={t("A short text")}
        placeholder={t("A short text")}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" onPress={() => undefined}>
        {t("Send")}
      </Button>
    </form>
  );
}
