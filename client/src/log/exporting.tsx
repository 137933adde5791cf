/** The record as documents: chosen, written by the server, kept by the browser. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Boot } from "../lib/boot.ts";
import { t } from "../lib/i18n.ts";
import { FLOOR_LANGUAGES, languageName } from "../lib/languages.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import type { Desk } from "./desk.ts";
import {
  AUDIENCES,
  type Audience,
  fetched,
  forms,
  keep,
  type Line,
  pictures,
  type Wish,
} from "./documents.ts";
import { keyOf } from "./keymap.ts";

/** What became of one document: it is being written since, it is there, or why not. */
type Standing =
  | { readonly is: "writing"; readonly since: number }
  | { readonly is: "done"; readonly name: string }
  | { readonly is: "failed"; readonly said: string };

/** Of each document that was asked for on this page. */
export const standings = signal<Readonly<Record<string, Standing>>>({});

export function ExportButton({ desk }: { desk: Desk }) {
  const all = Object.values(standings.value);
  const failed = all.some((each) => each.is === "failed");
  return (
    <Button
      busy={all.some((each) => each.is === "writing")}
      note={failed && desk.over.value === null ? t("A document failed") : undefined}
      onPress={() => {
        desk.over.value = { is: "export" };
      }}
      shortcut={keyOf("x", desk.choices.value).toUpperCase()}
    >
      {t("Export")}
    </Button>
  );
}

export function ExportDialog({ desk }: { desk: Desk }) {
  const { app, store, over } = desk;
  const { audience, role } = store.you.value;
  const close = () => {
    over.value = null;
  };
  return (
    <Dialog
      open={over.value?.is === "export"}
      title={t("Export the record")}
      onClose={close}
      class="wide"
    >
      <Exporting boot={app.boot} own={audience} moderator={role === "moderator"} />
      <div class="dialog-actions">
        <Button onPress={close}>{t("Close")}</Button>
      </div>
    </Dialog>
  );
}

interface ExportingProps {
  readonly boot: Boot;
  /** What the reader of this page may see. */
  readonly own: Audience;
  readonly moderator: boolean;
}

/** What there is to choose, and a button for each form. */
export function Exporting({ boot, own, moderator }: ExportingProps) {
  const [lang, setLang] = useState(boot.lang);
  const [reader, setReader] = useState<Audience>(own);
  const [parts, setParts] = useState<readonly string[]>([]);
  const readers = AUDIENCES.slice(0, AUDIENCES.indexOf(own) + 1);
  const line = (key: string, each: Line, wish: Wish) => (
    <FormLine
      key={key}
      line={each}
      standing={standings.value[key]}
      onPress={() => void take(boot, key, wish)}
    />
  );
  return (
    <div class="exporting">
      <div class="export-choices">
        <label>
          {t("Language")}
          <select
            class="field"
            value={lang}
            onChange={(event) => setLang(event.currentTarget.value)}
          >
            {FLOOR_LANGUAGES.map((code) => (
              <option key={code} value={code}>
                {languageName(code)}
              </option>
            ))}
          </select>
        </label>
        {readers.length > 1 && (
          <label>
            {t("What is in it")}
            <select
              class="field"
              value={reader}
              onChange={(event) => setReader(event.currentTarget.value as Audience)}
            >
              {readers.map((each) => (
                <option key={each} value={each}>
                  {readerName(each)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <ul>
        {forms().map((each) =>
          line(each.key, each, { as: each.key, lang, for: reader }),
        )}
      </ul>
      <h3>{t("Pictures")}</h3>
      <ul class="narrow">
        {pictures().map((each) =>
          line(`svg-${each.key}`, each, {
            as: "svg",
            picture: each.key,
            lang,
            for: reader,
          }),
        )}
      </ul>
      {moderator && (
        <>
          <h3>{t("Proof")}</h3>
          <Parts parts={parts} onParts={setParts} />
          <ul>
            {line(
              "jsonl",
              {
                key: "jsonl",
                name: t("Signed history"),
                about: t("Every commit; the page Verify says whether it is intact"),
              },
              { as: "jsonl", with: parts.join(",") },
            )}
          </ul>
        </>
      )}
    </div>
  );
}

interface PartsProps {
  readonly parts: readonly string[];
  readonly onParts: (parts: readonly string[]) => void;
}

/** What of the history is closed, and given only to whoever asks for it. */
function Parts({ parts, onParts }: PartsProps) {
  const closed = [
    ["personal", t("With names of persons")],
    ["internal", t("With what is internal")],
  ] as const;
  return (
    <div class="export-parts">
      {closed.map(([key, name]) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={parts.includes(key)}
            onChange={(event) => {
              const others = parts.filter((each) => each !== key);
              onParts(event.currentTarget.checked ? [...others, key] : others);
            }}
          />
          {name}
        </label>
      ))}
    </div>
  );
}

interface FormLineProps {
  readonly line: Line;
  readonly standing: Standing | undefined;
  readonly onPress: () => void;
}

function FormLine({ line, standing, onPress }: FormLineProps) {
  const busy = standing?.is === "writing";
  return (
    <li>
      <Button onPress={onPress} busy={busy}>
        {line.name}
      </Button>
      <div>
        {line.about && <p class="soft">{line.about}</p>}
        {busy && <Progress name={line.name} since={standing.since} />}
        {standing?.is === "failed" && (
          <p role="alert" data-warn>
            {standing.said}
          </p>
        )}
        {standing?.is === "done" && (
          <p role="status">{t("Saved as {name}", { name: standing.name })}</p>
        )}
      </div>
    </li>
  );
}

/** How long it takes is not known before: that it goes on is said, and since when. */
function Progress({ name, since }: { name: string; since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.round((now - since) / 1000));
  return (
    <p class="export-progress">
      <progress aria-label={t("{name} is being written", { name })} />
      <span class="num">{t("{n} s", { n: seconds })}</span>
    </p>
  );
}

/** Fetches a document; it goes on when the window is closed. */
async function take(boot: Boot, key: string, wish: Wish): Promise<void> {
  if (standings.peek()[key]?.is === "writing") return;
  const put = (now: Standing) => {
    standings.value = { ...standings.peek(), [key]: now };
  };
  put({ is: "writing", since: performance.now() });
  try {
    const made = await fetched(boot, wish);
    keep(made);
    put({ is: "done", name: made.name });
  } catch (error) {
    put({ is: "failed", said: error instanceof Error ? error.message : String(error) });
  }
}

function readerName(audience: Audience): string {
  const names: Record<Audience, string> = {
    public: t("Only what is public"),
    record: t("What rapporteurs see: gists and names too"),
    staff: t("All that operators see"),
  };
  return names[audience];
}
