import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Boot } from "./boot.ts";
import type { Connection } from "./connection.ts";
import { aBeat, aWelcome } from "./frames.fixture.ts";
import type { Welcome } from "./protocol.ts";
import { createStore, type Store } from "./store.ts";

interface SocketOptions {
  readonly auth: (give: (auth: Record<string, unknown>) => void) => void;
}

/** A socket as far as the connection uses one; the test plays the server. */
class FakeSocket {
  readonly handlers = new Map<string, (frame: unknown) => void>();
  connects = 0;
  connected = false;
  /** Whether commands are answered, each with ok. */
  answers = false;
  auth: Record<string, unknown> = {};
  readonly emitted: [string, unknown][] = [];
  readonly options: SocketOptions;
  /** The library's manager: it tells of Engine.IO's pings. */
  readonly io = {
    on: (event: string, take: () => void) => this.handlers.set(`io ${event}`, take),
  };
  private any: (event: string, frame: unknown) => void = () => undefined;
  constructor(options: SocketOptions) {
    this.options = options;
  }
  on(event: string, take: (frame: unknown) => void) {
    this.handlers.set(event, take);
  }
  onAny(take: (event: string, frame: unknown) => void) {
    this.any = take;
  }
  connect() {
    this.connects += 1;
    this.connected = true;
    this.options.auth((auth) => {
      this.auth = auth;
    });
  }
  disconnect() {
    this.connected = false;
  }
  timeout() {
    return this;
  }
  emitWithAck(event: string, data: unknown): Promise<unknown> {
    this.emitted.push([event, data]);
    if (event === "time") return Promise.resolve({ now: performance.now() });
    return this.answers
      ? Promise.resolve({ outcome: "ok", seq: 5, result: {} })
      : new Promise(() => undefined);
  }
  emit(event: string, data: unknown) {
    this.emitted.push([event, data]);
  }
  get(event: string, frame: unknown = {}) {
    const own = this.handlers.get(event);
    if (own || event.startsWith("io ")) own?.(frame);
    else this.any(event, frame);
  }
}

const sockets: FakeSocket[] = [];
vi.mock("socket.io-client", () => ({
  io: (_address: string, options: SocketOptions) => {
    const socket = new FakeSocket(options);
    sockets.push(socket);
    return socket;
  },
}));

const BOOT = { build: "b1", lang: "en", link: "k1", state: null } as unknown as Boot;

const WELCOME = aWelcome({
  build: "b1",
  seq: 5,
  chain: "c5",
  you: { role: "delegate" } as Welcome["you"],
  spread_ms: 100,
});

function delta(from: number, seq: number) {
  return { from, seq, chain: "x" };
}

/** The loop's own, which the tests' clock does not stop. */
const realTimeout = globalThis.setTimeout;

describe("the connection", () => {
  let store: Store;
  let line: Connection;
  let socket: FakeSocket;

  beforeEach(async () => {
    vi.useFakeTimers();
    vi.resetModules();
    sessionStorage.clear();
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => ({ ok: true })),
    );
    const { connect } = await import("./connection.ts");
    store = createStore({ state: null });
    line = connect(store, BOOT);
    socket = sockets.at(-1) as FakeSocket;
  });
  afterEach(() => {
    line.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("says in which row it works, and again to the next line", () => {
    const said = () => socket.emitted.filter(([event]) => event === "at");
    line.at("i1.0");
    expect(said()).toEqual([]);
    socket.get("welcome", WELCOME);
    line.at("i1.0");
    expect(said()).toEqual([["at", { row: "i1.0" }]]);
    line.at("i2.0");
    socket.get("welcome", WELCOME);
    line.at(null);
    expect(said().slice(1)).toEqual([
      ["at", { row: "i2.0" }],
      ["at", { row: "i2.0" }],
      ["at", { row: null }],
    ]);
    socket.get("welcome", WELCOME);
    expect(said()).toHaveLength(4);
  });

  const phase = () => line.connection.value.phase;

  it("says who it is, and is live once it is welcome", () => {
    expect(socket.auth).toMatchObject({ protocol: 2, link: "k1", resume: null });
    expect(phase()).toBe("connecting");
    socket.get("welcome", WELCOME);
    expect(phase()).toBe("live");
    expect(window.rostra).toMatchObject({ seq: 5, mode: "snapshot", reason: "first" });
  });

  it("says when no operator is connected, and that one is back", async () => {
    const { unattended } = await import("./word.ts");
    socket.get("welcome", { ...WELCOME, unattended: true });
    expect(unattended.value).toBe(true);
    const beat = { from: 5, seq: 5, chain: "c5" };
    socket.get("beat", { ...beat, unattended: false });
    expect(unattended.value).toBe(false);
  });

  it("says since when the server keeps nothing, and that it does again", async () => {
    const { stalledSince } = await import("./word.ts");
    socket.get("welcome", WELCOME);
    expect(stalledSince.value).toBe(null);
    await vi.advanceTimersByTimeAsync(1_000);
    const since = performance.now();
    socket.get("beat", aBeat(5, 5, { stalled: true }));
    expect(stalledSince.value).toBe(since);
    await vi.advanceTimersByTimeAsync(1_000);
    socket.get("beat", aBeat(5, 5, { stalled: true }));
    expect(stalledSince.value).toBe(since);
    socket.get("beat", aBeat(5, 5));
    expect(stalledSince.value).toBe(null);
  });

  it("hears of a lost past what it had pressed, and sends the rest again", async () => {
    const { send } = await import("./commands.ts");
    const { losses } = await import("./losses.ts");
    const { notKeptTexts } = await import("./lossTexts.ts");
    socket.answers = true;
    socket.get("welcome", WELCOME);
    await send("withdraw", { request: "r1" });
    socket.answers = false;
    void send("withdraw", { request: "r2" });
    const ids = () =>
      socket.emitted
        .filter(([event]) => event === "cmd")
        .map(([, command]) => (command as { id: string }).id);
    expect(ids()).toHaveLength(2);
    const lost = { after: 3, until: 5 };
    socket.get("disconnect", "transport close");
    await vi.advanceTimersByTimeAsync(1_000);
    const later = { epoch: "f", seq: 4, reason: "epoch", lost, not_kept: ids() };
    socket.get("welcome", { ...WELCOME, ...later });
    expect(losses.value.map((each) => each.lost)).toEqual([lost]);
    expect(losses.value.flatMap(notKeptTexts)).toEqual([
      "Not kept: Withdraw. Press again if it still holds.",
    ]);
    expect(ids()[2]).toBe(ids()[1]);
    expect(store.position()).toMatchObject({ epoch: "f", seq: 4 });
  });

  it("resumes from its own place when a delta does not continue it", async () => {
    socket.get("welcome", WELCOME);
    socket.get("delta", delta(5, 6));
    socket.get("delta", delta(8, 9));
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.connects).toBe(2);
    expect(socket.auth.resume).toEqual({ epoch: "e", seq: 6, chain: "x" });
    socket.get("welcome", { ...WELCOME, mode: "resume", reason: null, state: null });
    socket.get("delta", delta(6, 9));
    expect(store.seq.value).toBe(9);
    expect(window.rostra?.seqs).toEqual([
      [5, 6],
      [6, 9],
    ]);
  });

  it("is silent after twelve seconds without a sign of life, and looks for a new line", async () => {
    socket.get("welcome", WELCOME);
    await vi.advanceTimersByTimeAsync(10_000);
    socket.get("io ping");
    await vi.advanceTimersByTimeAsync(11_999);
    expect(phase()).toBe("live");
    await vi.advanceTimersByTimeAsync(1);
    expect(phase()).toBe("silent");
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.connects).toBe(2);
  });

  it("comes back by itself when the line breaks", async () => {
    socket.get("welcome", WELCOME);
    socket.get("disconnect", "transport close");
    expect(phase()).toBe("offline");
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.connects).toBe(2);
    socket.get("welcome", WELCOME);
    expect(phase()).toBe("live");
  });

  it("ends when its link is withdrawn", async () => {
    socket.get("welcome", WELCOME);
    socket.get("bye", { code: "revoked", retry_ms: null });
    expect(line.connection.value).toMatchObject({ phase: "ended", reason: "revoked" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(socket.connects).toBe(1);
  });

  it("comes back when the restarting server said", async () => {
    socket.get("welcome", { ...WELCOME, spread_ms: 0 });
    socket.get("bye", { code: "restarting", retry_ms: 2_000 });
    expect(line.connection.value).toMatchObject({
      phase: "offline",
      reason: "restarting",
    });
    await vi.advanceTimersByTimeAsync(1_999);
    expect(socket.connects).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(socket.connects).toBe(2);
  });

  it("is only offline when HTTP does not work either", async () => {
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => Promise.reject(new Error("offline"))),
    );
    for (let n = 0; n < 4; n += 1) {
      socket.get("connect_error", new Error("websocket error"));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(phase()).toBe("offline");
  });

  it("does not come back to a server that does not know the link", async () => {
    const refused = Object.assign(new Error("not admitted"), {
      data: { code: "unauthorized" },
    });
    socket.get("connect_error", refused);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(line.connection.value).toMatchObject({ phase: "ended", reason: "refused" });
    expect(socket.connects).toBe(1);
  });

  it("sets its clock by five answers, and then by one a minute", async () => {
    const asked = () => socket.emitted.filter(([event]) => event === "time").length;
    const living = setInterval(() => socket.get("io ping"), 5_000);
    socket.get("welcome", WELCOME);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked()).toBe(5);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    clearInterval(living);
    expect(phase()).toBe("live");
    expect(asked()).toBe(15);
  });

  it("sets its clock anew when the tab wakes", async () => {
    socket.get("welcome", WELCOME);
    await vi.advanceTimersByTimeAsync(1_000);
    document.dispatchEvent(new Event("visibilitychange"));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(socket.emitted).toHaveLength(10);
  });

  it("does not take a server that is full for a network that blocks WebSocket", async () => {
    const full = { data: { code: "too_many" } };
    for (let n = 0; n < 5; n += 1) {
      socket.get("connect_error", Object.assign(new Error("not admitted"), full));
      await vi.advanceTimersByTimeAsync(2_000);
    }
    await vi.dynamicImportSettled();
    expect(socket.connects).toBe(6);
  });

  it("takes what is unanswered to the slow lane, by the same id", async () => {
    const { send } = await import("./commands.ts");
    await import("./httpLane.ts");
    const posted: Record<string, unknown>[] = [];
    let ready = false;
    const fetched = async (url: string, init: RequestInit = {}) => {
      const { pathname } = new URL(url, "http://rostra.example");
      if (pathname === "/readyz")
        return new Response("", { status: ready ? 200 : 503 });
      const { body, signal } = init;
      if (pathname.endsWith("/commands")) {
        posted.push(JSON.parse(String(body)));
        return Response.json({ outcome: "ok", seq: 5, result: {} });
      }
      if (pathname.endsWith("/events")) {
        const welcome = { ...WELCOME, mode: "resume", state: null };
        const text = `event: welcome\ndata: ${JSON.stringify(welcome)}\n\n`;
        const stream = new ReadableStream({
          start(to) {
            to.enqueue(new TextEncoder().encode(text));
            signal?.addEventListener("abort", () => to.error(new Error("aborted")));
          },
        });
        return new Response(stream);
      }
      return Response.json({ now: 0 });
    };
    vi.stubGlobal("fetch", fetched);
    socket.get("welcome", WELCOME);
    let said: unknown = null;
    void send("withdraw", { request: "r1" }).then((answer) => {
      said = answer;
    });
    const [, asked] = socket.emitted.find(([event]) => event === "cmd") ?? [];
    await vi.advanceTimersByTimeAsync(60_000);
    // until now there was no server; now there is, and WebSocket does not reach it
    ready = true;
    for (let n = 0; n < 3; n += 1) {
      socket.get("connect_error", new Error("websocket error"));
      await vi.advanceTimersByTimeAsync(500);
    }
    // a stream is read in turns of the loop that the test's own clock does not count
    for (let turn = 0; turn < 200 && said === null; turn += 1) {
      await new Promise((go) => realTimeout(go, 5));
      await vi.advanceTimersByTimeAsync(1);
    }
    expect(line.connection.value).toMatchObject({ phase: "live", lane: "http" });
    expect(said).toMatchObject({ outcome: "ok" });
    expect(posted).toEqual([asked]);
  });

  it("does not drop a young attempt when the page is shown", async () => {
    dispatchEvent(new Event("online"));
    await vi.advanceTimersByTimeAsync(10);
    expect(socket.connects).toBe(1);
  });
});
