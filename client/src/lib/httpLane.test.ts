import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { httpLane } from "./httpLane.ts";
import { type Beside, type Ear, type Lane, remember, remembered } from "./lane.ts";

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly init: RequestInit;
  answer(response: Response): void;
  fail(): void;
}

/** The server as far as the lane asks it; the test answers. */
const asked: Asked[] = [];
let serverIsThere = true;
/** Whether the server that answers is the one that the page listens to. */
let isTheOne = () => true;

function fetched(url: string, init: RequestInit = {}): Promise<Response> {
  const { pathname, searchParams } = new URL(url, "http://rostra.example");
  const path = pathname.replace("/api/v1/meetings/m/", "");
  return new Promise((answer, fail) => {
    const abort = () => fail(new DOMException("aborted", "AbortError"));
    if (init.signal?.aborted) abort();
    init.signal?.addEventListener("abort", abort);
    if (path === "time" && serverIsThere) {
      answer(json({ now: 77 }, 200, isTheOne() ? { "X-Rostra-Here": "1" } : {}));
    } else {
      const one = { path, query: searchParams, init, answer };
      asked.push({ ...one, fail: () => fail(new TypeError("Failed to fetch")) });
    }
  });
}

function json(body: unknown, status = 200, headers: HeadersInit = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

/** The answer to `one`: a stream that the test writes. */
function streaming(one: Asked) {
  const encoder = new TextEncoder();
  const stream = { write: (_: string) => {}, end: () => {} };
  const body = new ReadableStream<Uint8Array>({
    start(to) {
      stream.write = (text) => to.enqueue(encoder.encode(text));
      stream.end = () => to.close();
      one.init.signal?.addEventListener("abort", () => to.error(new Error("aborted")));
    },
  });
  one.answer(new Response(body));
  return stream;
}

const event = (name: string, frame: unknown) =>
  `event: ${name}\ndata: ${JSON.stringify(frame)}\n\n`;

describe("the slow lane", () => {
  let lane: Lane;
  let heard: unknown[][];
  let seq: number;
  let beside: Beside;
  let ear: Ear;

  const passes = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
  const last = () => asked.at(-1) as Asked;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", fetched);
    sessionStorage.clear();
    asked.length = 0;
    serverIsThere = true;
    isTheOne = () => true;
    beside = { word: "", here: null };
    heard = [];
    seq = 5;
    ear = {
      alive: () => undefined,
      event: (name, frame) => heard.push([name, frame]),
      refused: (...what) => heard.push(["refused", ...what]),
      lost: () => heard.push(["lost"]),
    };
    const hello = () => ({
      protocol: 2,
      build: "b",
      lang: "en",
      link: "k1",
      device: "Phone",
      resume: { epoch: "e", seq, chain: "c" },
    });
    const listener: Ear = {
      alive: () => ear.alive(),
      event: (...what) => ear.event(...what),
      refused: (...what) => ear.refused(...what),
      lost: () => ear.lost(),
    };
    lane = httpLane("m", hello, listener, () => beside);
  });
  afterEach(() => {
    lane.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  /** Opens the lane behind something that keeps streams back. */
  const polling = async () => {
    lane.open();
    await passes(4_000);
  };

  it("listens to a stream from where the page stands", async () => {
    lane.open();
    const { path, query, init } = last();
    expect(path).toBe("events");
    expect(query.get("after")).toBe("e.5.c");
    expect(query.get("device")).toBe("Phone");
    expect(query.has("wait")).toBe(false);
    expect(init.headers).toMatchObject({
      Accept: "text/event-stream",
      "X-Rostra-Link": "k1",
    });
    const stream = streaming(last());
    stream.write(event("welcome", { seq: 5 }) + event("delta", { from: 5 }));
    await passes();
    stream.write(": ping\n\n");
    await passes();
    expect(heard).toEqual([
      ["welcome", { seq: 5 }],
      ["delta", { from: 5 }],
    ]);
    expect(remembered()).toBe("stream");
  });

  it("polls where a stream gives nothing in four seconds though the server answers", async () => {
    lane.open();
    await passes(3_999);
    expect(asked).toHaveLength(1);
    await passes(1);
    expect(asked).toHaveLength(2);
    expect(last().query.get("wait")).toBe("20");
    expect(last().query.get("n")).toBe("0");
    last().answer(json({ events: [["welcome", { seq: 5 }]] }));
    await passes();
    expect(heard).toEqual([["welcome", { seq: 5 }]]);
    expect(remembered()).toBe("polls");
    // each poll says how many were answered, and goes on from what the page shows
    seq = 9;
    expect(last().query.get("n")).toBe("1");
    last().answer(json({ events: [] }));
    await passes();
    expect(last().query.get("n")).toBe("2");
    expect(last().query.get("after")).toBe("e.9.c");
  });

  it("polls where only the beginning of a stream comes through", async () => {
    lane.open();
    const stream = streaming(last());
    stream.write(event("welcome", { seq: 5 }).slice(0, 20));
    await passes(9_999);
    expect(asked).toHaveLength(1);
    await passes(1);
    expect(last().query.get("wait")).toBe("20");
  });

  it("polls where streams are cut off at once", async () => {
    lane.open();
    const stream = streaming(last());
    stream.write(event("welcome", { seq: 5 }));
    stream.end();
    await passes();
    expect(last().query.get("wait")).toBe("20");
  });

  it("does not take a network that is away for one that keeps streams back", async () => {
    serverIsThere = false;
    lane.open();
    await passes(8_000);
    expect(heard).toEqual([["lost"]]);
    lane.open();
    expect(last().query.has("wait")).toBe(false);
  });

  it("listens to a stream again where the first poll did not come through either", async () => {
    await polling();
    last().fail();
    await passes();
    lane.open();
    expect(last().query.has("wait")).toBe(false);
  });

  it("hears nothing more of an answer in which the server says goodbye", async () => {
    ear.event = (name) => {
      heard.push([name]);
      if (name === "bye") lane.close();
    };
    await polling();
    const events = [
      ["bye", {}],
      ["delta", {}],
    ];
    last().answer(json({ events }));
    await passes(60_000);
    expect(heard).toEqual([["bye"]]);
    expect(asked).toHaveLength(2);
  });

  it("is answered often while nobody looks, for then no timer counts", async () => {
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    await polling();
    expect(last().query.get("wait")).toBe("8");
  });

  it("begins with polls where a page of this tab ended with them", async () => {
    remember("polls");
    vi.resetModules();
    const fresh = await import("./httpLane.ts");
    lane = fresh.httpLane(
      "m",
      () => ({
        protocol: 2,
        build: "",
        lang: "en",
        link: "k1",
        device: null,
        resume: null,
      }),
      ear,
      () => beside,
    );
    lane.open();
    expect(last().query.get("wait")).toBe("20");
    expect(last().query.has("after")).toBe(false);
  });

  it("says with each poll what whichever server is asked has to know", async () => {
    await polling();
    expect(last().query.get("word")).toBe("");
    expect(last().query.has("here")).toBe(false);
    beside = { word: "us", here: ["0000ffabcdef", "fffffe000000", "000003123456"] };
    last().answer(json({ events: [] }));
    await passes();
    expect(last().query.get("n")).toBe("1");
    expect(last().query.get("word")).toBe("us");
    // 0x0000ff + 0xfffffe + 0x000003, in 29 bits
    expect(last().query.get("here")).toBe(String(0x100_0100));
  });

  it("begins anew now and then, to be told which build is served", async () => {
    await polling();
    for (let n = 0; n < 256; n += 1) {
      expect(last().query.get("n")).toBe(String(n));
      last().answer(json({ events: [] }));
      await passes();
    }
    expect(last().query.get("n")).toBe("0");
  });

  it("is lost when a poll fails, and hears nothing more after it is closed", async () => {
    await polling();
    last().fail();
    await passes();
    expect(heard).toEqual([["lost"]]);
    lane.open();
    const late = last();
    lane.close();
    late.answer(json({ events: [["delta", {}]] }));
    await passes(60_000);
    expect(heard).toEqual([["lost"]]);
  });

  it("asks for a sign of life while a poll is kept", async () => {
    await polling();
    last().answer(json({ events: [] }));
    await passes();
    let signs = 0;
    ear.alive = () => {
      signs += 1;
    };
    await passes(19_000);
    expect(signs).toBe(2);
  });

  it("tells the server that it listens, by the time it asks for", async () => {
    const times = vi.fn(fetched);
    vi.stubGlobal("fetch", times);
    lane.open();
    const stream = streaming(last());
    for (let n = 0; n < 12; n += 1) {
      stream.write(": ping\n\n");
      await passes(5_000);
    }
    const signs = times.mock.calls.filter(([url]) => url.includes("/time?client="));
    expect(signs).toHaveLength(5);
  });

  it("looks among several servers for the one that it listens to", async () => {
    const times = vi.fn(fetched);
    vi.stubGlobal("fetch", times);
    let n = 0;
    isTheOne = () => {
      n += 1;
      return n % 3 === 0;
    };
    lane.open();
    const stream = streaming(last());
    const signs = () =>
      times.mock.calls.filter(([url]) => url.includes("/time?client=")).length;
    stream.write(": ping\n\n");
    await passes(5_000);
    expect(signs()).toBe(0);
    for (let beat = 0; beat < 2; beat += 1) {
      stream.write(": ping\n\n");
      await passes(5_000);
    }
    expect(signs()).toBe(3);
    isTheOne = () => false;
    for (let beat = 0; beat < 2; beat += 1) {
      stream.write(": ping\n\n");
      await passes(5_000);
    }
    expect(signs()).toBe(3 + 16);
  });

  it("says why the server does not let it in, and when to come back", async () => {
    lane.open();
    last().answer(json({ code: "unauthorized" }, 401));
    await passes();
    lane.open();
    last().answer(json({}, 503, { "Retry-After": "2" }));
    await passes();
    expect(heard).toEqual([
      ["refused", "unauthorized", undefined],
      ["refused", "", 2_000],
    ]);
  });

  it("brings a command, and its answer once the page shows what it did", async () => {
    await polling();
    const poll = last();
    let said: unknown = null;
    void lane.carry({ id: "c1", type: "withdraw" }).then((answer) => {
      said = answer;
    });
    const post = last();
    expect(post.path).toBe("commands");
    expect(JSON.parse(String(post.init.body))).toEqual({ id: "c1", type: "withdraw" });
    post.answer(json({ outcome: "ok", seq: 6, result: {} }));
    await passes(100);
    expect(said).toBe(null);
    seq = 6;
    poll.answer(json({ events: [["delta", {}]] }));
    await passes();
    expect(said).toEqual({ outcome: "ok", seq: 6, result: {} });
  });

  it("does not keep an answer for ever", async () => {
    let said = "";
    void lane.carry({}).then(({ outcome }) => {
      said = outcome;
    });
    last().answer(json({ outcome: "ok", seq: 99, result: {} }));
    await passes(2_000);
    expect(said).toBe("ok");
  });

  it("does not keep an answer when the lane is left", async () => {
    let said = "";
    void lane.carry({}).then(({ outcome }) => {
      said = outcome;
    });
    last().answer(json({ outcome: "ok", seq: 99, result: {} }));
    await passes();
    lane.close();
    await passes();
    expect(said).toBe("ok");
  });

  it.each([
    [403, { outcome: "no", code: "not_permitted", message: "No." }, "no"],
    [503, { outcome: "wait", retry_ms: 40 }, "wait"],
    [413, { title: "Content Too Large", detail: "At most 16384 bytes." }, "no"],
  ])("takes the answer to a command from a %i", async (status, body, outcome) => {
    const answer = lane.carry({});
    last().answer(json(body, status));
    expect((await answer).outcome).toBe(outcome);
  });

  it("does not know what became of a command that a proxy answered", async () => {
    const answer = lane.carry({});
    last().answer(new Response("<h1>Bad Gateway</h1>", { status: 502 }));
    await expect(answer).rejects.toThrow();
    const late = lane.carry({});
    const failed = expect(late).rejects.toThrow();
    await passes(15_000);
    await failed;
  });
});
