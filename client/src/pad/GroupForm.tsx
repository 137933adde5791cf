import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { groupName, groupSpoken, roster, search } from "../lib/names.ts";
import { Button } from "../parts/Button.tsx";
import type { FormProps } from "./Sheet.tsx";
import { ask } from "./standing.ts";

const SHOWN = 6;

/** Choose a group of the register, or say one that is not in it. */
export function GroupForm({ target, done }: FormProps) {
  const [text, setText] = useState("");
  const typed = text.trim();
  const found = typed
    ? search(typed).flatMap((hit) => hit.group ?? [])
    : Object.keys(roster.value.groups);
  const request = (group: string | null, groupText: string) => {
    if (!target) return;
    const fields = { kind: "group_statement", group, group_text: groupText } as const;
    void send("request_floor", ask(target, fields));
    done();
  };
  return (
    <>
      <label>
        <span class="label">{t("Name of the group")}</span>
        <input
          class="field"
          type="search"
          maxLength={200}
          autocomplete="off"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <ul class="choices">
        {found.slice(0, SHOWN).map((code) => (
          <li key={code}>
            <Button
              class="option"
              note={t("on behalf of {group}", { group: groupSpoken(code) })}
              onPress={() => request(code, "")}
            >
              {groupName(code)}
            </Button>
          </li>
        ))}
      </ul>
      {typed && (
        <Button
          class="option"
          note={t("Not in the register: public once an operator confirms it")}
          onPress={() => request(null, typed)}
        >
          {t("on behalf of {group}", { group: typed })}
        </Button>
      )}
    </>
  );
}
