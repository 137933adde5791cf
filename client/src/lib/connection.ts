/**
 * The line to the server: opened, watched and opened again.
 *
 * When to come back is said by the server (`spread_ms`, `bye`), and where to go on from
 * is known here (epoch, seq, chain), whichever lane it then is: WebSocket is tried first,
 * and again now and then from the slow lane (plain HTTP), which is taken where WebSocket
 * is blocked.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Boot } from "./boot.ts";
import { accepted, attach, detach, pending } from "./commands.ts";
import type { Beside, Ear, Hello, Lane, LaneName } from "./lane.ts";
import { createLanes } from "./lanes.ts";
import { noteLoss } from "./losses.ts";
import type { Bye, ServerEvents, Welcome } from "./protocol.ts";
import { PROTOCOL } from "./protocol.ts";
import { mayReload, reloadOnce } from "./reload.ts";
import { socketLane } from "./socketLane.ts";
import type { Applied, Store } from "./store.ts";
import { anchor, measure, remeasure } from "./time.ts";
import { watch } from "./watch.ts";
import { noteWord, wordNow } from "./word.ts";

export type LinePhase = "connecting" | "live" | "silent" | "offline" | "ended";

/** Why a line ended, or is being opened again. "" where there is nothing to say. */
export type LineReason = "" | Bye["code"] | "refused" | "protocol";

export interface Line {
  readonly phase: LinePhase;
  /** By which way the server was last heard; "http" is the slow one. */
  readonly lane: LaneName;
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
  /** In which row of the record this page works: others see it. */
  at(row: string | null): void;
  close(): void;
}

const SILENT_MS = 12_000;
const BACKOFF_MS = [0, 250, 500, 1_000, 1_500, 2_000, 2_500];
/** Operators come back first. */
const MODERATOR_BACKOFF_MS = 500;
const MEASURE_EVERY_MS = 60_000;
const YOUNG_MS = 4_000;
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
  lane: "socket",
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
  let heard = performance.now();
  let tried = 0;
  let failures = 0;
  let spread = 0;
  let opened = false;
  let ended = false;
  let row: string | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;
  const seen = watch(store, line);

  const hello = (): Hello => ({
    protocol: PROTOCOL,
    build: boot.build,
    lang: boot.lang,
    link: boot.link,
    device: options.device ?? null,
    resume: store.position(),
  });

  const beside = (): Beside => {
    const { audience, role } = store.you.value;
    const told = audience === "staff" || role === "rapporteur";
    return { word: wordNow(), here: told ? store.here.value.keys() : null };
  };

  const show = (phase: LinePhase, reason: LineReason = "") => {
    const since = phase === "live" ? performance.now() : heard;
    const name = phase === "live" ? lane.name : line.value.lane;
    const same = phase === line.value.phase && reason === line.value.reason;
    if (same && name === line.value.lane) return;
    line.value = { ...line.value, phase, lane: name, since, reason };
  };

  /** Whatever the line looks like: no sign of life for so long, and it is given up. */
  const guard = () => {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => {
      if (lanes.lost(lived())) return;
      show(opened ? "silent" : "offline");
      again(0);
    }, SILENT_MS);
  };

  const listen = () => {
    heard = performance.now();
    guard();
  };

  /** For how long the line has been there; 0 if it is not. */
  const lived = () => (opened ? performance.now() - line.value.since : 0);

  const open = () => {
    tried = performance.now();
    guard();
    lane.open();
  };

  const hangUp = () => {
    clearTimeout(silenceTimer);
    clearTimeout(retryTimer);
    detach();
    lane.close();
    opened = false;
  };

  /** Goes over to another lane at once. What the screen shows stays as good as it was. */
  const move = (to: Lane) => {
    hangUp();
    lane = to;
    failures = 0;
    open();
  };

  /** Drops what is left of the line and opens it anew after `wait` ms. */
  const again = (wait: number, reason: LineReason = "") => {
    if (ended) return;
    hangUp();
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
    hangUp();
    lanes.stop();
    show("ended", reason);
  };

  /** There is no line; the one that was lasted so long. */
  const failed = (lasted_ms: number) => {
    if (ended || lanes.lost(lasted_ms)) return;
    if (!opened) failures += 1;
    show("offline", opened ? "" : line.value.reason);
    again(backoff());
  };

  const follow = (applied: Applied, from: number, seq: number) => {
    if (applied === "ok") seen.covered(from, seq);
    else again(0);
  };

  const ask = async () => {
    const now = await lane.time();
    listen();
    return now;
  };

  const setClock = async (by: typeof measure) => {
    if (!opened) return;
    try {
      const rtt = await by(ask);
      line.value = { ...line.value, rtt_ms: rtt };
    } catch {
      if (opened && performance.now() - heard >= YOUNG_MS) again(0);
    }
  };

  const events: { [E in keyof ServerEvents]: (frame: ServerEvents[E]) => void } = {
    welcome(frame: Welcome) {
      opened = true;
      failures = 0;
      spread = frame.spread_ms;
      store.welcome(frame);
      noteWord(frame);
      noteLoss(frame, { accepted, isPending });
      seen.welcomed(frame);
      anchor(frame.now);
      lanes.welcomed();
      show("live");
      void setClock(measure);
      attach((command) => lane.carry(command));
      if (row !== null) lane.at?.(row);
      if (frame.build && boot.build && frame.build !== boot.build) {
        mayReload(frame.build, options.safe);
      }
    },
    delta: (frame) => follow(store.apply(frame), frame.from, frame.seq),
    beat(frame) {
      noteWord(frame);
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

  const ear: Ear = {
    alive: listen,
    event(name, frame) {
      if (!Object.hasOwn(events, name)) return;
      (events[name as keyof typeof events] as (frame: unknown) => void)(frame);
    },
    refused(code, retry_ms) {
      if (code === "protocol") reloadOnce("protocol");
      if (FINAL.has(code)) end(reasonOf(code));
      else if (retry_ms !== undefined) again(retry_ms);
      // it is the server that does not want it now, not the network
      else failed(Number.POSITIVE_INFINITY);
    },
    lost: () => failed(lived()),
  };

  const socket = socketLane(hello, ear);
  let lane: Lane = socket;
  const lanes = createLanes({
    socket,
    move,
    async slow() {
      const { httpLane } = await import("./httpLane.ts");
      return httpLane(boot.meeting, hello, ear, beside);
    },
  });

  /** The device woke up or found its network: look at once. */
  const woken = () => {
    if (ended || document.visibilityState === "hidden") return;
    if (opened && performance.now() - heard < SILENT_MS) void setClock(measure);
    else if (performance.now() - tried > YOUNG_MS) again(0);
  };
  addEventListener("online", woken);
  addEventListener("online", lanes.tryAgain);
  addEventListener("pageshow", (event) => event.persisted && woken());
  document.addEventListener("visibilitychange", woken);
  document.addEventListener("resume", woken);
  addEventListener("offline", () => void setClock(remeasure));
  const measuring = setInterval(() => void setClock(remeasure), MEASURE_EVERY_MS);

  if (boot.state) anchor(boot.state.now);
  lanes.start();

  return {
    connection,
    retry: () => again(0),
    async ping() {
      if (!opened) throw new Error("not connected");
      const asked = performance.now();
      await ask();
      return performance.now() - asked;
    },
    at(next) {
      if (next === row) return;
      row = next;
      if (opened) lane.at?.(row);
    },
    close() {
      clearInterval(measuring);
      removeEventListener("online", lanes.tryAgain);
      end("");
    },
  };
}

function isPending(id: string): boolean {
  return pending.value.some((each) => each.id === id);
}

function reasonOf(code: string): LineReason {
  if (code === "revoked" || code === "expired" || code === "protocol") return code;
  return "refused";
}
