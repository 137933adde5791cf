/**
 * Many clients of the JavaScript library in one process, driven by lines of JSON.
 *
 * They connect as client/src/lib/socketLane.ts does. What they hear is handed on in the
 * order in which the library tells it; whether that is right is judged by who reads.
 */
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../client/package.json", import.meta.url));
const { io } = require("socket.io-client");

const OPENING_MS = 8_000;
const sockets = new Map();
let lines = [];

function say(...line) {
  if (lines.length === 0) setImmediate(flush);
  lines.push(JSON.stringify(line));
}

function flush() {
  const text = `${lines.join("\n")}\n`;
  lines = [];
  process.stdout.write(text);
}

function open(client, base, auth) {
  const tell = (...what) => say(client, ...what);
  const socket = io(`${base}/meeting`, {
    path: "/socket.io/",
    transports: ["websocket"],
    reconnection: false,
    autoConnect: false,
    forceNew: true,
    timeout: OPENING_MS,
    auth: (give) => give(auth),
  });
  socket.onAny((name, frame) => tell("event", name, frame));
  socket.io.on("ping", () => tell("ping"));
  socket.on("connect_error", (error) => tell("lost", error.data?.code ?? String(error)));
  socket.on("disconnect", (why) => {
    if (why !== "io client disconnect") tell("lost", why);
  });
  sockets.set(client, { socket, tell });
  socket.connect();
}

const orders = {
  open: ({ client, base, auth }) => open(client, base, auth),
  close: ({ client }) => sockets.get(client)?.socket.disconnect(),
  send({ client, command }) {
    const { socket, tell } = sockets.get(client);
    socket.emit("cmd", command, (answer) => tell("answer", command.id, answer));
  },
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const order = JSON.parse(line);
  orders[order.do](order);
});
process.stdin.on("end", () => process.exit(0));
