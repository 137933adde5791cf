import { useState } from "preact/hooks";
import { send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { listName, search } from "../lib/names.ts";
import type { Store } from "../lib/store.ts";
import { CHECKS, type Check, checkName } from "../lib/terms.ts";
import { Button } from "../parts/Button.tsx";
import { Name } from "../parts/Name.tsx";

/** So many of the next ones are made ready ahead. */
const AHEAD = 8;
const FOUND = 6;

/** The readiness board: what was checked with whom before they speak. */
export function Board({ store }: { store: Store }) {
  const [typed, setTyped] = useState("");
  const rows = typed.trim() ? found(typed) : ahead(store);
  const may = store.you.value.commands.includes("tick");
  return (
    <section class="board">
      <h2>{t("Readiness")}</h2>
      <input
        class="field"
        type="search"
        autocomplete="off"
        aria-label={t("Search a delegation")}
        placeholder={t("Search a delegation")}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      {typed.trim() && rows.length === 0 && (
        <p class="soft">{t("Not in this meeting's roster")}</p>
      )}
      <ul>
        {rows.map((code) => (
          <BoardRow key={code} store={store} code={code} may={may} />
        ))}
      </ul>
    </section>
  );
}

/** The delegations that speak next, each once. */
export function ahead(store: Store): readonly string[] {
  const called = store.floor.value?.phase === "called" ? store.floor.value : null;
  const next = [...(called ? [called] : []), ...store.nextOf(AHEAD)];
  return [...new Set(next.flatMap((each) => each.delegation ?? []))];
}

function found(typed: string): readonly string[] {
  return search(typed)
    .flatMap((hit) => (hit.code ? [hit.code] : []))
    .slice(0, FOUND);
}

function BoardRow({ store, code, may }: { store: Store; code: string; may: boolean }) {
  const known = store.attendance.value.get(code);
  const toggle = (check: Check) =>
    void send("tick", { delegation: code, check, ok: !known?.checks[check] });
  return (
    <li>
      <p class="board-who">
        <Name text={listName(code)} />
        {known?.flag && (
          <span class="stale">
            {known.flag === "absent" ? t("Marked absent") : t("Suspended")}
          </span>
        )}
        <Contact store={store} code={code} />
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of fields */}
      <div class="checks" role="group" aria-label={listName(code)}>
        {CHECKS.map((check) => (
          <Button
            key={check}
            pressed={known?.checks[check] ?? false}
            reason={may ? null : t("Seen only")}
            onPress={() => toggle(check)}
          >
            {checkName(check)}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** How a delegation is reached; typed in its place by whoever knows. */
function Contact({ store, code }: { store: Store; code: string }) {
  const contact = store.attendance.value.get(code)?.contact ?? "";
  const [typed, setTyped] = useState<string | null>(null);
  const may = store.you.value.commands.includes("set_contact");
  if (typed === null) {
    return (
      <span class="contact">
        {contact && <bdi>{contact}</bdi>}{" "}
        {may && (
          <Button onPress={() => setTyped(contact)}>
            {contact ? t("Change") : t("Add a contact")}
          </Button>
        )}
      </span>
    );
  }
  return (
    <form
      class="contact"
      onSubmit={(event) => {
        event.preventDefault();
        void send("set_contact", { delegation: code, contact: typed.trim() });
        setTyped(null);
      }}
    >
      <input
        class="field"
        dir="auto"
        maxLength={200}
        aria-label={t("E-mail or telephone")}
        placeholder={t("E-mail or telephone")}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" onPress={() => undefined}>
        {t("Save")}
      </Button>
    </form>
  );
}
