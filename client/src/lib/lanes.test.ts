import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Lane, type LaneName, remember, remembered } from "./lane.ts";
import { createLanes, type Lanes } from "./lanes.ts";

const tried = vi.hoisted(() => ({ times: 0, answer: null as number | null }));
vi.mock("./tryWebSocket.ts", () => ({
  tryWebSocket: async () => {
    tried.times += 1;
    return tried.answer;
  },
}));

const MINUTE = 60_000;

function fake(name: LaneName): Lane {
  return {
    name,
    open: () => undefined,
    close: () => undefined,
    time: async () => 0,
    carry: () => new Promise(() => undefined),
  };
}

describe("the choice of the lane", () => {
  let moves: LaneName[];
  let lanes: Lanes;
  let http: boolean;

  const begin = (slow: () => Promise<Lane> = async () => fake("http")) => {
    lanes = createLanes({
      socket: fake("socket"),
      slow,
      move: (to) => moves.push(to.name),
    });
    lanes.start();
  };
  const settled = () => vi.advanceTimersByTimeAsync(0);
  const loses = async (times: number, lived = 0) => {
    for (let n = 0; n < times; n += 1) {
      lanes.lost(lived);
      await settled();
    }
  };

  beforeEach(() => {
    vi.useFakeTimers();
    sessionStorage.clear();
    moves = [];
    http = true;
    tried.times = 0;
    tried.answer = null;
    vi.stubGlobal(
      "fetch",
      vi.fn(async () => ({ ok: http })),
    );
  });
  afterEach(() => {
    lanes.stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("begins with WebSocket, and stays there while it works", async () => {
    begin();
    lanes.welcomed();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(moves).toEqual(["socket"]);
    expect(tried.times).toBe(0);
  });

  it("takes the slow lane when WebSocket fails three times while HTTP works", async () => {
    begin();
    await loses(2);
    expect(moves).toEqual(["socket"]);
    await loses(1);
    expect(moves).toEqual(["socket", "http"]);
  });

  it("stays with WebSocket when HTTP does not work either", async () => {
    http = false;
    begin();
    await loses(20);
    expect(moves).toEqual(["socket"]);
  });

  it("does not count what failed while the server was away", async () => {
    begin();
    await loses(2);
    http = false;
    await loses(1);
    http = true;
    await loses(2);
    expect(moves).toEqual(["socket"]);
  });

  it("takes the slow lane where WebSocket never lasts", async () => {
    begin();
    for (let n = 0; n < 3; n += 1) {
      lanes.welcomed();
      await loses(1, 3_000);
    }
    expect(moves).toEqual(["socket", "http"]);
  });

  it("thinks nothing of a line that broke after a while", async () => {
    begin();
    for (let n = 0; n < 10; n += 1) {
      await loses(2);
      lanes.welcomed();
      await loses(1, 30_000);
    }
    expect(moves).toEqual(["socket"]);
  });

  it("does not leave a line that came while it asked for HTTP", async () => {
    begin();
    await loses(2);
    lanes.lost(0);
    lanes.welcomed();
    await settled();
    expect(moves).toEqual(["socket"]);
  });

  it("tries WebSocket every two minutes, and goes back when it is there", async () => {
    begin();
    await loses(3);
    lanes.welcomed();
    await vi.advanceTimersByTimeAsync(5 * MINUTE);
    expect(tried.times).toBe(2);
    tried.answer = 12;
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(moves).toEqual(["socket", "http", "socket"]);
    remember("stream");
    lanes.welcomed();
    expect(remembered()).toBe(null);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(moves).toHaveLength(3);
  });

  it("tries WebSocket when the network may have changed", async () => {
    begin();
    await loses(3);
    lanes.welcomed();
    tried.answer = 12;
    lanes.tryAgain();
    await settled();
    expect(moves.at(-1)).toBe("socket");
  });

  it("takes the slow lane again when a greeting was all that came", async () => {
    begin();
    await loses(3);
    lanes.welcomed();
    tried.answer = 12;
    lanes.tryAgain();
    await vi.advanceTimersByTimeAsync(2_999);
    expect(moves).toEqual(["socket", "http", "socket"]);
    await vi.advanceTimersByTimeAsync(1);
    expect(moves).toEqual(["socket", "http", "socket", "http"]);
    // and that misleads it less often from now on
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(moves).toHaveLength(4);
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(moves.at(-1)).toBe("socket");
  });

  it("takes the slow lane again when WebSocket fails at once", async () => {
    begin();
    await loses(3);
    lanes.welcomed();
    tried.answer = 12;
    lanes.tryAgain();
    await settled();
    expect(lanes.lost(0)).toBe(true);
    await settled();
    expect(moves).toEqual(["socket", "http", "socket", "http"]);
  });

  it("remembers the slow lane for the tab, and looks for WebSocket at once", async () => {
    remember("polls");
    begin();
    await settled();
    expect(moves).toEqual(["http"]);
    expect(tried.times).toBe(1);
  });

  it("begins with WebSocket where the slow lane cannot be loaded", async () => {
    remember("stream");
    begin(() => Promise.reject(new Error("gone")));
    await settled();
    expect(moves).toEqual(["socket"]);
  });

  it("looks for WebSocket when the slow lane fails again and again", async () => {
    begin();
    await loses(3);
    await loses(3);
    expect(tried.times).toBe(1);
    expect(moves).toEqual(["socket", "http"]);
  });
});
