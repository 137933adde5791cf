import { useRef, useState } from "preact/hooks";
import type { Boot } from "../lib/boot.ts";
import type { Catalogue } from "../lib/i18n.ts";
import { lang, t } from "../lib/i18n.ts";
import { Found } from "./Found.tsx";
import { judge, type Verdict } from "./judge.ts";

/** What this page is told beside the usual. */
export interface ProofBoot extends Boot {
  /** The public key of the server that made the page. */
  readonly recordKey?: string;
  /** The catalogue itself, where the page is a file that was saved. */
  readonly words?: Catalogue | null;
  /** Whether it is. */
  readonly saved?: boolean;
}

/** A file, what is found of it, and the key that it was to be signed with. */
interface Judged {
  readonly name: string;
  readonly wanted: string;
  readonly verdict: Verdict | "unreadable";
}

const KEY = /^[0-9a-fA-F]{64}$/;

/** Is a file of commits what was signed: the answer, made on this device alone. */
export function Verify({ boot }: { boot: ProofBoot }) {
  const [key, setKey] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [judged, setJudged] = useState<Judged | null>(null);
  const wanted = key.replace(/\s/g, "");
  const bad = wanted !== "" && !KEY.test(wanted);
  const latest = useRef(0);
  const look = async (chosen: File, signer: string) => {
    latest.current += 1;
    const turn = latest.current;
    setFile(chosen);
    setJudged(null);
    const verdict = await verdictOf(chosen, signer);
    if (turn === latest.current) {
      setJudged({ name: chosen.name, wanted: signer, verdict });
    }
  };
  return (
    <main class="verify">
      <section>
        <h1>{t("Is this record what was signed?")}</h1>
        <p>
          {t(
            "Choose the file of commits that an export made; its name mostly ends in .jsonl. It stays on this device: this page sends it to nobody.",
          )}
        </p>
        <Drop onFile={(chosen) => void look(chosen, bad ? "" : wanted)} />
        <label>
          <span>{t("Public key, if you have it")}</span>
          <input
            class="field key"
            dir="ltr"
            autocomplete="off"
            spellcheck={false}
            value={key}
            aria-invalid={bad}
            aria-describedby="key-note"
            onInput={(event) => {
              const typed = event.currentTarget.value;
              const signer = typed.replace(/\s/g, "");
              setKey(typed);
              if (file && (signer === "" || KEY.test(signer))) void look(file, signer);
            }}
          />
          <small id="key-note" class={bad ? "stale" : "soft"}>
            {bad
              ? t("A public key has 64 digits, 0 to 9 and a to f.")
              : t(
                  "64 digits that the secretariat made known: the file must be signed with it.",
                )}
          </small>
        </label>
      </section>
      <div role="status">
        {file && !judged && <p>{t("Reading {name}", { name: file.name })}</p>}
        {judged && !bad && <Found {...judged} ours={boot.recordKey ?? ""} />}
      </div>
      <Meaning />
      {!boot.saved && (
        <p class="verify-save">
          <a href={`/verify.html?lang=${lang.value}`} download="verify.html">
            {t("Save this page as a file")}
          </a>{" "}
          <span class="soft">
            {t("It works from a disk, without a network and without this server.")}
          </span>
        </p>
      )}
    </main>
  );
}

async function verdictOf(file: File, key: string): Promise<Verdict | "unreadable"> {
  try {
    return judge(new Uint8Array(await file.arrayBuffer()), key);
  } catch {
    return "unreadable";
  }
}

function Drop({ onFile }: { onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) onFile(file);
    // the same file may be chosen again
    if (input.current) input.current.value = "";
  };
  return (
    <label
      class="verify-drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files);
      }}
    >
      <input
        ref={input}
        class="unseen"
        type="file"
        onChange={(event) => take(event.currentTarget.files)}
      />
      <span class="button" data-main>
        {t("Choose the file")}
      </span>
      <span class="soft">{t("or drop it here")}</span>
    </label>
  );
}

function Meaning() {
  return (
    <section class="verify-meaning">
      <div>
        <h2>{t("What an intact file proves")}</h2>
        <ul>
          <li>
            {t(
              "It is, to the last byte, what the holder of the key signed: nothing was changed, left out, put in or moved since.",
            )}
          </li>
          <li>
            {t(
              "What stands in it as a digest only, such as the names of persons, was sealed with the rest: nobody can put something else in its place later.",
            )}
          </li>
        </ul>
      </div>
      <div>
        <h2>{t("What it does not prove")}</h2>
        <ul>
          <li>{t("That what was entered is true.")}</li>
          <li>
            {t(
              "When it was signed, or that nothing came after it: ask for a newer export.",
            )}
          </li>
          <li>
            {t(
              "Whose the key is: compare it with the one that the secretariat made known.",
            )}
          </li>
        </ul>
      </div>
    </section>
  );
}
