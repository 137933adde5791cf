/**
 * The slow lane: plain HTTP, for networks that do not let WebSocket through.
 *
 * The page listens to a stream of events; where a proxy keeps that back, it asks again
 * and again, and the server answers as soon as there is something. Commands are POSTed.
 * Events are the socket's own, and so is where to go on from. Of several servers each
 * question may reach another: whatever one has to know of the page is in the question.
 */

import { newId } from "./commands.ts";
import { eventReader } from "./eventStream.ts";
import {
  ACK_MS,
  type Beside,
  type Ear,
  type Hello,
  type Lane,
  remember,
  remembered,
  TIME_MS,
  type Way,
} from "./lane.ts";
import { limited } from "./limit.ts";
import type { Answer } from "./protocol.ts";

/** A stream of which so little comes for so long is kept back by something between. */
const FIRST_MS = 4_000;
const QUIET_MS = 10_000;
/** For how long the server may keep a poll, and how much longer we wait for it. */
const WAIT_S = 20;
const LATE_MS = 6_000;
/** The same while nobody looks: then no timer of ours can be relied upon. */
const HIDDEN_WAIT_S = 8;
/** So long after the last sign of life the server is asked for one. */
const SIGN_MS = 7_000;
const LOOK_MS = 1_000;
/** A stream's server is looked for by so many questions, where there are several. */
const LOOKS = 16;
/** After so many polls the page begins anew: which build is served it is told then. */
const ANEW_AFTER = 256;
/** Counts devices without regard to their order: `Presence.tag` of the server. */
const TAG_BITS = (1 << 29) - 1;
/** An answer is shown once what it did is; if that does not come, anyway. */
const SHOWN_MS = 2_000;
const LINK_HEADER = "X-Rostra-Link";
const HERE_HEADER = "X-Rostra-Here";

interface Poll {
  readonly events: readonly (readonly [name: string, frame: unknown])[];
}

/** The server answered, and not with what was asked for. */
class Refusal extends Error {
  readonly code: string;
  readonly retry_ms: number | undefined;
  constructor(code: string, retry_ms: number | undefined) {
    super(code);
    this.code = code;
    this.retry_ms = retry_ms;
  }
}

export function httpLane(
  meeting: string,
  hello: () => Hello,
  ear: Ear,
  beside: () => Beside,
): Lane {
  const root = `/api/v1/meetings/${meeting}`;
  /** Names this page to the server for as long as it is open. */
  const client = newId();
  /** The way that worked last, and whether it did since the lane was opened. */
  let known = remembered();
  let works = false;
  let way: Way = known ?? "stream";
  let run = new AbortController();
  let heard = 0;
  let asked = 0;
  const shown = whenShown(() => hello().resume?.seq ?? 0);

  const address = (path: string, query: Readonly<Record<string, string>>) =>
    `${root}/${path}?${new URLSearchParams(query)}`;

  const events = (more: Readonly<Record<string, string>> = {}) => {
    const { protocol, build, lang, device, resume } = hello();
    return address("events", {
      client,
      protocol: String(protocol),
      build,
      lang,
      ...(device !== null && { device }),
      ...(resume && { after: `${resume.epoch}.${resume.seq}.${resume.chain}` }),
      ...more,
    });
  };

  const ask = (url: string, signal: AbortSignal, init: RequestInit = {}) =>
    fetch(url, {
      ...init,
      signal,
      cache: "no-store",
      headers: { ...init.headers, [LINK_HEADER]: hello().link },
    });

  const alive = () => {
    heard = performance.now();
    ear.alive();
  };

  const askTime = async () => {
    asked = performance.now();
    const limit = limited(TIME_MS);
    try {
      const answer = await ask(address("time", { client }), limit.signal);
      if (!answer.ok) throw await refusal(answer);
      const { now } = (await answer.json()) as { now: number };
      return { now, here: answer.headers.get(HERE_HEADER) !== null };
    } finally {
      limit.lift();
    }
  };

  const time = async () => (await askTime()).now;

  /** Lets both sides know that the other is there. */
  const sign = async () => {
    if (performance.now() - asked < SIGN_MS) return;
    const { signal } = run;
    try {
      for (let n = 0; n < LOOKS && !signal.aborted; n += 1) {
        const { here } = await askTime();
        if (!signal.aborted) alive();
        // by polls any server hears of the page in time
        if (here || way === "polls") return;
      }
    } catch {
      // then the next is asked in its time
    }
  };

  const proven = () => {
    if (!works) remember(way);
    known = way;
    works = true;
  };

  const take = (name: string, frame: unknown) => {
    ear.event(name, frame);
    shown.look();
  };

  /** Listens to a stream to its end; false if it does not come through. */
  const stream = async (mine: AbortSignal): Promise<boolean> => {
    const limit = limited(FIRST_MS, mine);
    const began = performance.now();
    try {
      const headers = { Accept: "text/event-stream" };
      const answer = await ask(events(), limit.signal, { headers });
      if (!answer.ok) throw await refusal(answer);
      const pieces = answer.body?.getReader();
      const text = new TextDecoder();
      const read = eventReader((name, data) => {
        if (mine.aborted) return;
        proven();
        take(name, JSON.parse(data));
      });
      for (;;) {
        const piece = await pieces?.read();
        // the server itself says goodbye first
        if (!piece || piece.done) return performance.now() - began > QUIET_MS;
        limit.again(QUIET_MS);
        alive();
        read(text.decode(piece.value, { stream: true }));
        void sign();
      }
    } catch (error) {
      if (!limit.over || mine.aborted) throw error;
      // the stream is mute: if the server answers, it is the stream, not the network
      await time();
      if (!mine.aborted) alive();
      return false;
    } finally {
      limit.lift();
    }
  };

  const poll = async (n: number, mine: AbortSignal): Promise<Poll> => {
    const wait = document.visibilityState === "hidden" ? HIDDEN_WAIT_S : WAIT_S;
    const limit = limited(wait * 1000 + LATE_MS, mine);
    try {
      const { word, here } = beside();
      const url = events({
        n: String(n),
        wait: String(wait),
        word,
        ...(here && { here: String(tagOf(here)) }),
      });
      const answer = await ask(url, limit.signal);
      if (!answer.ok) throw await refusal(answer);
      return (await answer.json()) as Poll;
    } finally {
      limit.lift();
    }
  };

  /** Asks again and again; each time the server keeps the question until it is worth it. */
  const polls = async (mine: AbortSignal) => {
    const signs = setInterval(() => {
      if (performance.now() - heard >= SIGN_MS) void sign();
    }, LOOK_MS);
    try {
      for (let n = 0; !mine.aborted; n = (n + 1) % ANEW_AFTER) {
        const { events: came } = await poll(n, mine);
        if (mine.aborted) return;
        alive();
        for (const [name, frame] of came) {
          if (!mine.aborted) take(name, frame);
        }
        proven();
      }
    } finally {
      clearInterval(signs);
    }
  };

  const listen = async (mine: AbortSignal) => {
    try {
      if (way === "stream" && !(await stream(mine))) way = "polls";
      if (way === "polls" && !mine.aborted) await polls(mine);
      if (!mine.aborted) ear.lost();
    } catch (error) {
      if (mine.aborted) return;
      // nothing came by either: which of them works is yet to be seen
      way = known ?? "stream";
      if (error instanceof Refusal) ear.refused(error.code, error.retry_ms);
      else ear.lost();
    }
  };

  return {
    name: "http",
    open() {
      run.abort();
      run = new AbortController();
      heard = asked = performance.now();
      works = false;
      void listen(run.signal);
    },
    close() {
      run.abort();
      shown.all();
    },
    time,
    async carry(command) {
      const limit = limited(ACK_MS);
      try {
        const answer = await ask(
          address("commands", { lang: hello().lang }),
          limit.signal,
          {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(command),
          },
        );
        const said = await answerOf(answer);
        if (said.outcome === "ok") await shown.until(said.seq);
        return said;
      } finally {
        limit.lift();
      }
    },
  };
}

function tagOf(devices: Iterable<string>): number {
  let tag = 0;
  for (const id of devices)
    tag = (tag + Number.parseInt(id.slice(0, 6), 16)) & TAG_BITS;
  return tag;
}

/** What became of a command. Rejects where the answer does not say it. */
async function answerOf(answer: Response): Promise<Answer> {
  const said = await answer.json();
  if (said.outcome) return said as Answer;
  if (![400, 413, 415].includes(answer.status)) throw new Error(String(answer.status));
  // never to be taken, however often it is sent
  const message = String(said.detail || said.title);
  return { outcome: "no", code: "malformed", message, current: {} };
}

async function refusal(answer: Response): Promise<Refusal> {
  const said = (await answer.json().catch(() => null)) as { code?: string } | null;
  const after = Number(answer.headers.get("Retry-After") ?? Number.NaN);
  return new Refusal(
    said?.code ?? "",
    Number.isFinite(after) ? after * 1000 : undefined,
  );
}

/**
 * Waits until the page shows a seq: an answer comes by another way than the change, and
 * a button must not be offered again between the two.
 */
function whenShown(seq: () => number) {
  const waiting = new Set<{ readonly seq: number; readonly go: () => void }>();
  const look = (all = false) => {
    const reached = seq();
    for (const each of waiting) {
      if (all || reached >= each.seq) {
        waiting.delete(each);
        each.go();
      }
    }
  };
  return {
    look: () => look(),
    all: () => look(true),
    until(wanted: number): Promise<void> {
      if (seq() >= wanted) return Promise.resolve();
      return new Promise((go) => {
        const one = { seq: wanted, go };
        waiting.add(one);
        setTimeout(() => waiting.delete(one) && go(), SHOWN_MS);
      });
    },
  };
}
