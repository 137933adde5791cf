import { useState } from "preact/hooks";
import { pending, send } from "../lib/commands.ts";
import { t } from "../lib/i18n.ts";
import { FLOOR_LANGUAGES, languageName } from "../lib/languages.ts";
import { RANKS, type Rank, rankName } from "../lib/terms.ts";
import { serverNow } from "../lib/time.ts";
import { Button } from "../parts/Button.tsx";
import type { FormProps } from "./Sheet.tsx";
import { standing } from "./standing.ts";

/** Who speaks and in which language. The name is free text, honorifics and all. */
export function SpeakerForm({ store, done }: FormProps) {
  const request = subject(store);
  const [name, setName] = useState(request?.person?.name ?? "");
  const [title, setTitle] = useState(request?.person?.title ?? "");
  const [language, setLanguage] = useState(request?.language ?? "");
  const [rank, setRank] = useState<Rank | "">(request?.rank ?? "");
  return (
    <form
      class="pad-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!request) return;
        const person = name.trim() ? { name: name.trim(), title: title.trim() } : null;
        void send("name_speaker", {
          request: request.id,
          person,
          language,
          rank: rank || null,
        });
        done();
      }}
    >
      <label>
        <span class="label">{t("Name of the speaker, as it is to be said")}</span>
        <input
          class="field"
          dir="auto"
          maxLength={200}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        <span class="label">{t("Title or function")}</span>
        <input
          class="field"
          dir="auto"
          maxLength={200}
          autocomplete="off"
          value={title}
          onInput={(event) => setTitle(event.currentTarget.value)}
        />
      </label>
      <label>
        <span class="label">{t("Rank, where it decides the order")}</span>
        <select
          class="field"
          value={rank}
          onChange={(event) => setRank(event.currentTarget.value as Rank | "")}
        >
          <option value="">{t("Not said")}</option>
          {RANKS.map((each) => (
            <option key={each} value={each}>
              {rankName(each)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="label">{t("Language of the statement")}</span>
        <select
          class="field"
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        >
          <option value="">{t("Not said")}</option>
          {FLOOR_LANGUAGES.map((code) => (
            <option key={code} value={code}>
              {languageName(code)}
            </option>
          ))}
        </select>
      </label>
      <p class="soft">{t("The name is public once an operator confirms it.")}</p>
      <Button big main type="submit" onPress={() => undefined}>
        {t("Save")}
      </Button>
    </form>
  );
}

function subject(store: FormProps["store"]) {
  const at = standing(store, pending.value, serverNow());
  if ("at" in at) return at.at.request;
  return store.requests.value.get(store.mine.value?.floor?.request ?? "");
}
