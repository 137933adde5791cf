/**
 * A way to the server and back. A page has one at a time: the socket where the network
 * lets WebSocket through, plain HTTP where it does not. Which, the connection decides.
 */

import type { Answer } from "./protocol.ts";
import type { Store } from "./store.ts";

export type LaneName = "socket" | "http";

/** What a page says of itself when it comes, each time anew. */
export interface Hello {
  readonly protocol: number;
  readonly build: string;
  readonly lang: string;
  readonly link: string;
  readonly device: string | null;
  /** Where its state stands. */
  readonly resume: ReturnType<Store["position"]>;
}

/** What a page knows beside its state: said to a server that goes on for another. */
export interface Beside {
  readonly word: string;
  /** The devices that it holds to be connected; null where it is not told of any. */
  readonly here: Iterable<string> | null;
}

/** Who listens to a lane. Nothing is heard of one that was closed. */
export interface Ear {
  /** Something was heard, whatever it was: the server is there. */
  alive(): void;
  /** An event of the server, in its order. */
  event(name: string, frame: unknown): void;
  /** The server does not let this page in; `retry_ms` says when it might. */
  refused(code: string, retry_ms?: number): void;
  /** There is no line, or no longer. */
  lost(): void;
}

export interface Lane {
  readonly name: LaneName;
  /** Begins anew, from where the page stands. */
  open(): void;
  close(): void;
  /** The server's time. Rejects without an answer. */
  time(): Promise<number>;
  /** Says in which row of the record this page works; a slow lane keeps it to itself. */
  at?(row: string | null): void;
  /** Brings a command to the server once. Rejects without an answer. */
  carry(command: Record<string, unknown>): Promise<Answer>;
}

/** How long an answer is waited for: to a question for the time, and to a command. */
export const TIME_MS = 4_000;
export const ACK_MS = 15_000;

/** By which of its two ways HTTP was listened to in this tab. */
export type Way = "stream" | "polls";

const KEY = "rostra-slow-lane";

/** The way that worked in this tab where WebSocket did not; null where it did. */
export function remembered(): Way | null {
  try {
    const way = sessionStorage.getItem(KEY);
    return way === "stream" || way === "polls" ? way : null;
  } catch {
    return null;
  }
}

/** Keeps the way for the next page in this tab. */
export function remember(way: Way | null): void {
  try {
    if (way === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, way);
  } catch {
    // then it is found out anew
  }
}
