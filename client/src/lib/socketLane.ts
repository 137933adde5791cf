/** The usual lane: Socket.IO over WebSocket, and nothing else of what it offers. */

import { io } from "socket.io-client";
import { ACK_MS, type Ear, type Hello, type Lane, TIME_MS } from "./lane.ts";
import type { Answer } from "./protocol.ts";

const OPENING_MS = 8_000;

export function socketLane(hello: () => Hello, ear: Ear): Lane {
  const socket = io("/meeting", {
    path: "/socket.io/",
    transports: ["websocket"],
    reconnection: false,
    autoConnect: false,
    timeout: OPENING_MS,
    auth: (give) => give({ ...hello() }),
  });
  socket.onAny((name: string, frame: unknown) => {
    ear.alive();
    ear.event(name, frame);
  });
  // where nothing happens in the meeting, a ping is all that is heard
  socket.io.on("ping", ear.alive);
  socket.on("connect", ear.alive);
  socket.on("connect_error", (error) => {
    const data = (error as { data?: { code?: string; retry_ms?: number } }).data;
    if (data) ear.refused(data.code ?? "", data.retry_ms);
    else ear.lost();
  });
  socket.on("disconnect", (why) => {
    // We hung up ourselves: whoever did that says when to come back.
    if (why !== "io client disconnect") ear.lost();
  });
  return {
    name: "socket",
    open: () => void socket.connect(),
    close: () => void socket.disconnect(),
    async time() {
      const answer = await socket.timeout(TIME_MS).emitWithAck("time", {});
      return (answer as { now: number }).now;
    },
    at: (row) => void socket.emit("at", { row }),
    carry: (command): Promise<Answer> =>
      socket.timeout(ACK_MS).emitWithAck("cmd", command),
  };
}
