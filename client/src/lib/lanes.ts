/**
 * Which lane a page is on: WebSocket, or plain HTTP where WebSocket does not come
 * through. From the slow one it goes back by itself as soon as that can be.
 */

import { type Lane, type LaneName, remember, remembered } from "./lane.ts";
import { limited } from "./limit.ts";
import { tryWebSocket } from "./tryWebSocket.ts";

/** WebSocket is blocked when it failed so often, or never lasted, while HTTP worked. */
const BLOCKED_AFTER = 3;
const LASTING_MS = 10_000;
const HEALTH_MS = 4_000;
/** From the slow lane WebSocket is tried so often; more seldom where that misled. */
const TRY_EVERY_MS = 120_000;
const TRY_AT_MOST_MS = 30 * 60_000;
/** A line by WebSocket has to be there by then, or the slow lane is taken again. */
const TRIAL_MS = 3_000;

export interface LanesNeeds {
  readonly socket: Lane;
  /** Loads the slow lane, which few need. */
  slow(): Promise<Lane>;
  /** Leaves the lane that the page is on and opens the other. */
  move(to: Lane): void;
}

export interface Lanes {
  /** Opens the lane that this tab knows to work. */
  start(): void;
  /** The server has welcomed the page. */
  welcomed(): void;
  /** The line is gone after so long, or never was. True if another was opened. */
  lost(lived_ms: number): boolean;
  /** The network may have changed: tries WebSocket now. */
  tryAgain(): void;
  stop(): void;
}

export function createLanes({ socket, slow, move }: LanesNeeds): Lanes {
  let on: LaneName = "socket";
  let slowLane: Lane | null = null;
  let there = false;
  let stopped = false;
  let walls = 0;
  let misses = 0;
  let trying = false;
  let every = TRY_EVERY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trial: ReturnType<typeof setTimeout> | undefined;

  const arm = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void tryIt(), every);
  };

  const goSlow = async () => {
    slowLane ??= await slow().catch(() => null);
    if (slowLane === null || stopped || there || on === "http") return;
    on = "http";
    walls = misses = 0;
    move(slowLane);
    arm();
  };

  /** The socket could not be had, or not for long. Does HTTP work all the same? */
  const suspect = async () => {
    walls = (await reached()) ? walls + 1 : 0;
    if (walls >= BLOCKED_AFTER) await goSlow();
  };

  const tryIt = async () => {
    if (trying || stopped || on === "socket") return;
    trying = true;
    const took = await tryWebSocket();
    trying = false;
    if (stopped) return;
    if (took === null) {
      arm();
      return;
    }
    on = "socket";
    there = false;
    trial = setTimeout(back, TRIAL_MS);
    move(socket);
  };

  /** It was a greeting and no more. */
  const back = () => {
    clearTimeout(trial);
    trial = undefined;
    every = Math.min(2 * every, TRY_AT_MOST_MS);
    void goSlow();
  };

  return {
    start() {
      if (remembered() === null) {
        move(socket);
        return;
      }
      void goSlow().then(() => (on === "http" ? tryIt() : move(socket)));
    },
    welcomed() {
      there = true;
      misses = 0;
      if (on === "http") return;
      clearTimeout(trial);
      trial = undefined;
      remember(null);
    },
    lost(lived_ms) {
      there = false;
      if (trial !== undefined) {
        back();
        return true;
      }
      if (on === "http") {
        misses += 1;
        if (misses % BLOCKED_AFTER === 0) void tryIt();
      } else if (lived_ms < LASTING_MS) void suspect();
      else walls = 0;
      return false;
    },
    tryAgain() {
      every = TRY_EVERY_MS;
      void tryIt();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(trial);
    },
  };
}

async function reached(): Promise<boolean> {
  const limit = limited(HEALTH_MS);
  try {
    const { signal } = limit;
    // "ready" and not only "there": one that restarts takes no sockets either
    return (await fetch("/readyz", { cache: "no-store", signal })).ok;
  } catch {
    return false;
  } finally {
    limit.lift();
  }
}
