import { connection, type Line } from "../lib/connection.ts";
import { ownZone, t, wall } from "../lib/i18n.ts";
import { serverNow, tick } from "../lib/time.ts";
import { stalledSince } from "../lib/word.ts";

/** A cut as short as this is nobody's business. */
const PATIENCE_MS = 2_000;
/** Less than that here: before it says so, the server itself has waited. */
const STALLED_PATIENCE_MS = 500;

/** Milliseconds since the server was last heard; 0 while the line is live. */
export function lostFor(line: Line = connection.value): number {
  tick.value;
  return line.phase === "live" ? 0 : Math.max(0, performance.now() - line.since);
}

/** Milliseconds since the server could keep something last; 0 while it can. */
export function stalledFor(): number {
  tick.value;
  const since = stalledSince.value;
  return since === null ? 0 : performance.now() - since;
}

/** One word on the line, for the head of a screen. */
export function ConnectionWord() {
  const line = connection.value;
  if (line.phase === "live") {
    return line.lane === "http" ? <Slow /> : <span>{t("Connected")}</span>;
  }
  return <span class="stale">{word(line)}</span>;
}

/**
 * A sentence when something is wrong with the line; nothing while it is well. It does
 * not change from second to second: it is read out whenever it changes. Where there is
 * no room for what can wait (`brief`), the word alone says that the line is slow.
 */
export function ConnectionNote({
  zone = ownZone(),
  brief = false,
}: {
  zone?: string;
  brief?: boolean;
}) {
  const line = connection.value;
  const lost = lostFor(line);
  if (line.phase === "live" || (line.phase !== "ended" && lost < PATIENCE_MS)) {
    if (stalledFor() >= STALLED_PATIENCE_MS) return <StalledNote brief={brief} />;
    return line.lane === "http" && !brief ? <SlowNote /> : null;
  }
  return (
    <p class="line-note" data-phase={line.phase} role="alert">
      {sentence(line, wall(serverNow() - lost, zone))}
    </p>
  );
}

/** The server is there and keeps nothing: reading goes on, what is pressed waits. */
function StalledNote({ brief }: { brief: boolean }) {
  return (
    <p class="line-note" data-phase="stalled" role="status">
      {brief
        ? t(
            "The record cannot be written at the moment. What you press waits and is sent by itself.",
          )
        : t(
            "The record cannot be written at the moment. You can go on reading; what you press waits and is sent by itself. Nothing is confirmed before it is kept.",
          )}
    </p>
  );
}

function Slow() {
  return <span title={`${slowSentence()} ${slowReason()}`}>{t("Slow line")}</span>;
}

/** Quiet, for it may stand there all day: the sentence, and opened the reason. */
function SlowNote() {
  return (
    <div class="slow-note" role="status">
      <details>
        <summary>{slowSentence()}</summary>
        <p>{slowReason()}</p>
      </details>
    </div>
  );
}

/** What it means that the line is slow, for whoever looks at the screen. */
export function slowSentence(): string {
  return t("Slow line: updates may come a few seconds late.");
}

function slowReason(): string {
  return t(
    "This network does not let WebSocket through, so this page asks the server by plain HTTP. Everything works and nothing is lost. Your IT desk can make it quick again: ask them to allow WebSocket to this address.",
  );
}

function word(line: Line): string {
  if (line.phase === "ended") return t("Closed");
  return line.phase === "connecting" ? t("Connecting") : t("Not connected");
}

/** What is wrong, in words, and what follows from it. */
function sentence(line: Line, since: string): string {
  if (line.phase === "ended") return ending(line);
  if (line.reason === "restarting") {
    return t("The server is restarting. This page comes back by itself.");
  }
  if (line.phase === "connecting") return t("Connecting to the meeting.");
  return t(
    "Not connected since {since}. What you see is how things stood then. This page comes back by itself.",
    { since },
  );
}

function ending(line: Line): string {
  switch (line.reason) {
    case "revoked":
      return t("This link was withdrawn. Please ask the secretariat for a new one.");
    case "expired":
      return t("This link has expired. Please ask the secretariat for a new one.");
    case "protocol":
      return t("This page is older than the server. Please load it again.");
    case "":
      return t("This page is closed.");
    default:
      return t("The server does not know this link. Please open your link again.");
  }
}
