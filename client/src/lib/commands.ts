/**
 * Sending commands so that each takes effect once, whatever the line does.
 *
 * A command gets its id when the button is pressed and keeps it until the server gives
 * a final answer. One is on its way at a time, in the order of pressing. Whether it is
 * too old is for the server to say: nobody else can know that it did not happen.
 */

import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answer, CommandType, FieldsOf, No, Ok } from "./protocol.ts";
import { serverNow } from "./time.ts";

/** Taken back by the person before the server had answered. */
export interface Cancelled {
  readonly outcome: "cancelled";
}

export type Final = Ok | No | Cancelled;

/** Pressed and not yet answered. */
export interface Pending {
  readonly id: string;
  readonly type: CommandType;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The server's time at the press. */
  readonly since: number;
  /** What the button said, where it was told. */
  readonly said?: string;
}

export interface SendOptions {
  /** Do not put a refusal into `lastRefusal`: the caller shows it. */
  readonly quiet?: boolean;
  /** What the button says, to name it by should it be lost. */
  readonly said?: string;
}

/** Brings a command to the server once; rejects if no answer came. */
export type Carry = (command: Record<string, unknown>) => Promise<Answer>;

export interface Commands {
  send<T extends CommandType>(
    type: T,
    fields: FieldsOf<T>,
    options?: SendOptions,
  ): Promise<Final>;
  cancel(id: string): void;
  /** What was pressed here and accepted under that id; the last hundred are known. */
  accepted(id: string): Pending | null;
  readonly pending: ReadonlySignal<readonly Pending[]>;
  /** The sentence of the last "no"; null again at the next press. Settable. */
  readonly lastRefusal: Signal<string | null>;
  /** The line is there: what is unanswered goes out again, in order. */
  attach(carry: Carry): void;
  /** The line is gone. */
  detach(): void;
}

const FLOOR_VALID_MS = 10_000;
const REQUEST_VALID_MS = 300_000;
const OTHER_VALID_MS = 60_000;
const AGAIN_MS = 1_000;
const REMEMBERED = 100;

/** Giving and ending the floor: must not act late, by a ghost's hand. */
const ABOUT_THE_FLOOR: ReadonlySet<CommandType> = new Set<CommandType>([
  "call",
  "ready",
  "start",
  "pause",
  "line_lost",
  "resume",
  "extend",
  "credit",
  "end",
  "no_show",
  "revoke",
  "undo",
  "recognise",
  "rule",
  "reset_clock",
  "chair_remarks",
]);
const REQUESTS: ReadonlySet<CommandType> = new Set<CommandType>([
  "request_floor",
  "withdraw",
  "park",
  "unpark",
  "name_speaker",
  "set_contact",
  "correct",
  "note",
]);

interface Entry extends Pending {
  readonly frame: Record<string, unknown>;
  readonly quiet: boolean;
  readonly settle: (final: Final) => void;
}

export function createCommands(now: () => number = serverNow): Commands {
  const pending = signal<readonly Entry[]>([]);
  const lastRefusal = signal<string | null>(null);
  let carry: Carry | null = null;
  /** Names the pump that may go on; a new line starts a new one. */
  let turn = 0;
  let busy = false;
  const done = new Map<string, Pending>();

  const remember = (entry: Entry) => {
    done.set(entry.id, entry);
    if (done.size > REMEMBERED) done.delete(done.keys().next().value ?? "");
  };

  const finish = (entry: Entry, final: Final) => {
    if (!pending.value.includes(entry)) return;
    pending.value = pending.value.filter((each) => each !== entry);
    if (final.outcome === "ok") remember(entry);
    if (final.outcome === "no" && !entry.quiet) lastRefusal.value = final.message;
    entry.settle(final);
  };

  const pump = async () => {
    if (busy) return;
    busy = true;
    const mine = turn;
    for (let entry = pending.value[0]; entry; entry = pending.value[0]) {
      if (carry === null) break;
      const answer = await carry(entry.frame).catch(() => null);
      if (mine !== turn) return;
      if (answer === null || answer.outcome === "wait") {
        await sleep(answer?.retry_ms ?? AGAIN_MS);
        if (mine !== turn) return;
      } else {
        finish(entry, answer);
      }
    }
    busy = false;
  };

  const restart = (next: Carry | null) => {
    carry = next;
    turn += 1;
    busy = false;
    if (next) void pump();
  };

  return {
    pending,
    accepted: (id) => done.get(id) ?? null,
    lastRefusal,
    attach: restart,
    detach: () => restart(null),

    send(type, fields, options = {}) {
      const id = newId();
      const since = Math.round(now());
      lastRefusal.value = null;
      return new Promise((settle) => {
        const frame = {
          type,
          ...fields,
          id,
          asked_at: since,
          valid_ms: validMs(type),
        };
        const { quiet = false, said } = options;
        const named = said === undefined ? {} : { said };
        pending.value = [
          ...pending.value,
          { id, type, fields: { ...fields }, since, ...named, frame, quiet, settle },
        ];
        void pump();
      });
    },

    cancel(id) {
      const entry = pending.value.find((each) => each.id === id);
      if (entry) finish(entry, { outcome: "cancelled" });
    },
  };
}

function validMs(type: CommandType): number {
  if (ABOUT_THE_FLOOR.has(type)) return FLOOR_VALID_MS;
  return REQUESTS.has(type) ? REQUEST_VALID_MS : OTHER_VALID_MS;
}

/** 128 random bits. `crypto.randomUUID` is missing on plain http. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

const ours = createCommands();

export const { send, cancel, pending, accepted, lastRefusal, attach, detach } = ours;
