/**
 * The line to the server: opened, watched and opened again.
 *
 * The library's own reconnecting is off: when to come back is said by the server
 * (`spread_ms`, `bye`), and where to go on from is known here (epoch, seq, chain).
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { io } from "socket.io-client";
import { noteAttendance } from "./attended.ts";
import type { Boot } from "./boot.ts";
import { attach, detach } from "./commands.ts";
import type { Answer, Bye, ServerEvents, Welcome } from "./protocol.ts";
import { PROTOCOL } from "./protocol.ts";
import { mayReload, reloadOnce } from "./reload.ts";
import type { Applied, Store } from "./store.ts";
import { anchor, measure } from "./time.ts";
import { watch } from "./watch.ts";

export type LinePhase =
  | "connecting"
  | "live"
  | "silent"
  | "offline"
  | "blocked"
  | "ended";

/** Why a line ended, or is being opened again. "" where there is nothing to say. */
export type LineReason = "" | Bye["code"] | "refused" | "protocol";

export interface Line {
  readonly phase: LinePhase;
  /**
   * By `performance.now()`: live since then; in every other phase the moment when the
   * server was last heard.
   */
  readonly since: number;
  readonly reason: LineReason;
  readonly rtt_ms: number | null;
}

export interface Connection {
  readonly connection: ReadonlySignal<Line>;
  /** Tries at once, whatever the waiting time. */
  retry(): void;
  /** Asks the server and back: the milliseconds it took. Rejects without an answer. */
  ping(): Promise<number>;
  close(): void;
}

const SILENT_MS = 12_000;
const BACKOFF_MS = [0, 250, 500, 1_000, 1_500, 2_000, 2_500];
/** Operators come back first. */
const MODERATOR_BACKOFF_MS = 1_000;
const MEASURE_EVERY_MS = 30_000;
const ANSWER_MS = 4_000;
const ACK_MS = 15_000;
const BLOCKED_AFTER = 3;
/** What a refusal at connecting says if coming back is no use. */
const FINAL: ReadonlySet<string> = new Set([
  "revoked",
  "expired",
  "unauthorized",
  "not_permitted",
  "protocol",
  "no_such_meeting",
]);

/** The signal of the one connection of this page. */
const line = signal<Line>({
  phase: "connecting",
  since: performance.now(),
  reason: "",
  rtt_ms: null,
});
export const connection: ReadonlySignal<Line> = line;

export interface ConnectOptions {
  /** The name of this device, where the page knows it. */
  readonly device?: string;
  /** Whether a reload now would disturb nobody. */
  readonly safe?: () => boolean;
}

/** Keeps `store` up to date from now on. One call per page. */
export function connect(
  store: Store,
  boot: Boot,
  options: ConnectOptions = {},
): Connection {
  const socket = io("/meeting", {
    path: "/socket.io/",
    transports: ["websocket"],
    reconnection: false,
    autoConnect: false,
    timeout: 8_000,
    auth: (give) =>
      give({
        protocol: PROTOCOL,
        build: boot.build,
        lang: boot.lang,
        link: boot.link,
        device: options.device ?? null,
        resume: store.position(),
      }),
  });

  let heard = performance.now();
  let tried = 0;
  let failures = 0;
  let spread = 0;
  let opened = false;
  let ended = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  const seen = watch(store, line);

  const show = (phase: LinePhase, reason: LineReason = "") => {
    const since = phase === "live" ? performance.now() : heard;
    if (phase === line.value.phase && reason === line.value.reason) return;
    line.value = { ...line.value, phase, since, reason };
  };

  /** Whatever the line looks like: no frame for so long, and it is given up. */
  const guard = () => {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => {
      show(opened ? "silent" : "offline");
      again(0);
    }, SILENT_MS);
  };

  const listen = () => {
    heard = performance.now();
    guard();
  };

  const open = () => {
    tried = performance.now();
    guard();
    socket.connect();
  };

  /** Drops what is left of the line and opens it anew after `wait` ms. */
  const again = (wait: number, reason: LineReason = "") => {
    if (ended) return;
    clearTimeout(silenceTimer);
    clearTimeout(retryTimer);
    detach();
    socket.disconnect();
    opened = false;
    if (line.value.phase === "live") show("offline", reason);
    retryTimer = setTimeout(open, wait);
  };

  const backoff = () => {
    const step = BACKOFF_MS[Math.min(failures, BACKOFF_MS.length - 1)] ?? 0;
    if (store.you.value.role === "moderator") {
      return Math.min(step, MODERATOR_BACKOFF_MS) * (0.5 + Math.random() / 2);
    }
    return step / 2 + Math.random() * (step / 2 + spread);
  };

  const end = (reason: LineReason) => {
    ended = true;
    clearTimeout(silenceTimer);
    clearTimeout(retryTimer);
    detach();
    socket.disconnect();
    show("ended", reason);
  };

  const failed = () => {
    failures += 1;
    show("offline", line.value.reason);
    if (failures >= BLOCKED_AFTER) void tellBlocked();
    again(backoff());
  };

  /** HTTP works and WebSocket does not: something on the way blocks it. */
  const tellBlocked = async () => {
    const reached = await fetch("/healthz", { cache: "no-store" })
      .then((answer) => answer.ok)
      .catch(() => false);
    if (reached && failures >= BLOCKED_AFTER && !opened) show("blocked");
  };

  const follow = (applied: Applied, from: number, seq: number) => {
    if (applied === "ok") seen.covered(from, seq);
    else again(0);
  };

  const ask = async () => {
    const answer = await socket.timeout(ANSWER_MS).emitWithAck("time", {});
    listen();
    return (answer as { now: number }).now;
  };

  const setClock = async () => {
    if (!opened) return;
    try {
      const rtt = await measure(ask);
      line.value = { ...line.value, rtt_ms: rtt };
    } catch {
      if (opened && performance.now() - heard >= ANSWER_MS) again(0);
    }
  };

  const carry = (command: Record<string, unknown>): Promise<Answer> =>
    socket.timeout(ACK_MS).emitWithAck("cmd", command);

  const events: { [E in keyof ServerEvents]: (frame: ServerEvents[E]) => void } = {
    welcome(frame: Welcome) {
      opened = true;
      failures = 0;
      spread = frame.spread_ms;
      store.welcome(frame);
      noteAttendance(frame);
      seen.welcomed(frame);
      anchor(frame.now);
      show("live");
      void setClock();
      attach(carry);
      if (frame.build && boot.build && frame.build !== boot.build) {
        mayReload(frame.build, options.safe);
      }
    },
    delta: (frame) => follow(store.apply(frame), frame.from, frame.seq),
    beat(frame) {
      noteAttendance(frame);
      follow(store.beat(frame), frame.from, frame.seq);
    },
    mine: (frame) => store.takeMine(frame),
    here: (frame) => store.takeHere(frame),
    bye(frame) {
      if (frame.retry_ms === null) end(frame.code);
      else if (frame.code === "reload") mayReload(`bye ${boot.build}`, options.safe);
      else again(frame.retry_ms + Math.random() * spread, frame.code);
    },
  };
  for (const [event, take] of Object.entries(events)) {
    socket.on(event, (frame) => {
      listen();
      (take as (frame: unknown) => void)(frame);
    });
  }
  socket.on("connect", listen);
  socket.on("connect_error", (error) => {
    const data = (error as { data?: { code?: string; retry_ms?: number } }).data;
    const code = data?.code ?? (FINAL.has(error.message) ? error.message : "");
    if (code === "protocol") reloadOnce("protocol");
    if (FINAL.has(code)) end(reasonOf(code));
    else if (data?.retry_ms !== undefined) again(data.retry_ms);
    else failed();
  });
  socket.on("disconnect", (why) => {
    // We hung up ourselves: whoever did that says when to come back.
    if (why === "io client disconnect" || ended) return;
    detach();
    opened = false;
    again(backoff());
  });

  /** The device woke up or found its network: look at once. */
  const woken = () => {
    if (ended || document.visibilityState === "hidden") return;
    if (opened && performance.now() - heard < SILENT_MS) void setClock();
    else if (performance.now() - tried > ANSWER_MS) again(0);
  };
  addEventListener("online", woken);
  addEventListener("pageshow", (event) => event.persisted && woken());
  document.addEventListener("visibilitychange", woken);
  document.addEventListener("resume", woken);
  addEventListener("offline", () => void setClock());
  const measuring = setInterval(setClock, MEASURE_EVERY_MS);

  if (boot.state) anchor(boot.state.now);
  open();

  return {
    connection,
    retry: () => again(0),
    async ping() {
      if (!opened) throw new Error("not connected");
      const asked = performance.now();
      await ask();
      return performance.now() - asked;
    },
    close() {
      clearInterval(measuring);
      end("");
    },
  };
}

function reasonOf(code: string): LineReason {
  if (code === "revoked" || code === "expired" || code === "protocol") return code;
  return "refused";
}
