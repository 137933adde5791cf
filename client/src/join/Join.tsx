import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Boot } from "../lib/boot.ts";
import {
  city,
  day,
  dir,
  LANGUAGES,
  lang,
  loadCatalogue,
  speak,
  t,
  time,
  tx,
} from "../lib/i18n.ts";
import type { Role } from "../lib/protocol.ts";
import { tryWebSocket } from "../lib/tryWebSocket.ts";
import { Button } from "../parts/Button.tsx";
import { Num } from "../parts/Clock.tsx";
import { Name } from "../parts/Name.tsx";
import { Place } from "../parts/Place.tsx";
import { enter, type Preview, preview, type Trouble } from "./door.ts";

const found = signal<Preview | Trouble | null>(null);

/** Who one is about to be, and a button: nothing happens before it is pressed. */
export function Join({ boot, token }: { boot: Boot; token: string | null }) {
  const language = lang.value;
  useEffect(() => {
    if (token === null) found.value = "no_link";
    else void preview(token, language).then((each) => (found.value = each));
  }, [token, language]);
  const at = found.value;
  if (at === null) return <Message first={t("One moment: your link is being read.")} />;
  if (typeof at === "string" || token === null) {
    return <Wrong trouble={typeof at === "string" ? at : "no_link"} />;
  }
  return (
    <main class="join">
      <section class="join-title">
        <p class="soft">
          <When at={at} />
        </p>
        <h1>
          <bdi>{at.title}</bdi>
        </h1>
      </section>
      <Form boot={boot} at={at} token={token} />
      <About at={at} />
    </main>
  );
}

function Message({ first, second }: { first: string; second?: string }) {
  return (
    <main class="page">
      <h1>{first}</h1>
      {second && <p>{second}</p>}
    </main>
  );
}

function Wrong({ trouble }: { trouble: Trouble }) {
  switch (trouble) {
    case "no_link":
      return (
        <Message
          first={t("This page needs your personal link.")}
          second={t(
            "Open the link that the secretariat sent you, whole and to its last letter, or read its code with the camera.",
          )}
        />
      );
    case "bad_link":
      return (
        <Message
          first={t("This link does not lead into a meeting.")}
          second={t(
            "It may have been withdrawn, replaced by a newer one, or have expired, or a part of it is missing. Please ask the secretariat for a new link.",
          )}
        />
      );
    case "unreachable":
      return (
        <main class="page">
          <h1>{t("The server cannot be reached.")}</h1>
          <p>{t("Check the network of this device, then open your link again.")}</p>
        </main>
      );
  }
}

function About({ at }: { at: Preview }) {
  return (
    <section class="join-about">
      {at.event && (
        <p class="soft">
          <bdi>{at.event}</bdi>
        </p>
      )}
      {at.theme && (
        <p class="theme">
          <bdi>{at.theme}</bdi>
        </p>
      )}
      <ol class="questions">
        {(at.questions ?? []).map((question, index) => (
          <li key={question}>
            <Place n={index + 1} />
            <p>
              <bdi>{question}</bdi>
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function When({ at: { starts_at, ends_at, zone } }: { at: Preview }) {
  if (starts_at === null) return <>{t("The time is to be announced.")}</>;
  const from = time(starts_at, zone);
  const hours = ends_at === null ? from : `${from}–${time(ends_at, zone)}`;
  return tx("{day}, {hours} {city}", {
    day: <bdi>{day(starts_at, zone)}</bdi>,
    hours: <Num text={hours} />,
    city: <bdi class="whole">{city(zone)}</bdi>,
  });
}

function Form({ boot, at, token }: { boot: Boot; at: Preview; token: string }) {
  const [device, setDevice] = useState("");
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const join = async () => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    const answer = await enter(token, device.trim(), lang.value);
    if (typeof answer !== "string") return location.replace(answer.url);
    setTrouble(answer);
    setBusy(false);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void join();
      }}
    >
      <div>
        <p class="label">{t("You join as")}</p>
        <p class="join-who">{at.name ? <Name text={at.name} /> : roleName(at.role)}</p>
        {(at.label || at.name) && (
          <p class="soft">
            <bdi>
              {[at.name && roleName(at.role), at.label].filter(Boolean).join(" · ")}
            </bdi>
          </p>
        )}
      </div>
      {at.role !== "display" && (
        <label>
          <span>{t("Name of this device, for your colleagues")}</span>
          <input
            class="field"
            maxLength={80}
            autocomplete="off"
            placeholder={t("Deputy's phone")}
            value={device}
            onInput={(event) => setDevice(event.currentTarget.value)}
          />
        </label>
      )}
      <Tongues boot={boot} />
      {trouble && (
        <p class="refusal" role="alert">
          {trouble === "unreachable"
            ? t("The server cannot be reached. Please press again.")
            : t(
                "This link is no longer valid. Please ask the secretariat for a new one.",
              )}
        </p>
      )}
      <Button big main type="submit" busy={busy} onPress={() => undefined}>
        {busy ? t("Joining") : t("Join the meeting")}
      </Button>
      <Checks name={at.name} />
    </form>
  );
}

function Tongues({ boot }: { boot: Boot }) {
  const choose = async (code: string) => {
    const url = boot.catalogues?.[code];
    const catalogue = url ? await loadCatalogue(url).catch(() => null) : null;
    speak(code, catalogue);
    document.documentElement.lang = code;
    document.documentElement.dir = dir.value;
  };
  const offered = Object.keys(boot.catalogues ?? { en: null });
  return (
    <fieldset>
      <legend class="unseen">{t("Language of this screen")}</legend>
      <div class="tongues">
        {offered.map((code) => (
          <Button
            key={code}
            pressed={lang.value === code}
            onPress={() => void choose(code)}
          >
            <span lang={code}>{LANGUAGES[code] ?? code}</span>
          </Button>
        ))}
      </div>
    </fieldset>
  );
}

function Checks({ name }: { name: string | null }) {
  const [took, setTook] = useState<number | null | undefined>(undefined);
  useEffect(() => {
    void tryWebSocket().then(setTook);
  }, []);
  return (
    <ul class="checks">
      <li class={took === null ? "stale" : undefined}>
        <span role="status">{connected(took)}</span>
      </li>
      <li>
        {t("Clocks follow the server: it does not matter what this device shows.")}
      </li>
      {name && (
        <li>{t("Not your delegation? Close this page and tell the secretariat.")}</li>
      )}
    </ul>
  );
}

function connected(took: number | null | undefined): string {
  if (took === undefined) return t("Checking the connection");
  if (took === null) {
    return t(
      "This network does not let WebSocket through. The meeting works all the same, with updates a few seconds late.",
    );
  }
  return t("Connected: the server answers in {ms} ms.", { ms: Math.round(took) });
}

function roleName(role: Role): string {
  switch (role) {
    case "moderator":
      return t("Operator of the meeting");
    case "chair":
      return t("Presiding officer");
    case "desk":
      return t("Technical desk");
    case "delegate":
      return t("Delegation");
    case "rapporteur":
      return t("Rapporteur");
    case "viewer":
      return t("Viewer");
    case "display":
      return t("Public display");
  }
}
