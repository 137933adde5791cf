// Node ws with a frame made once: what its authors advise for many listeners.
//
// node node_ws.mjs PORT MESSAGE-FILE
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Sender, WebSocketServer } from "ws";

const [port, file] = process.argv.slice(2);
const text = readFileSync(file);
const frame = Buffer.concat(
  Sender.frame(text, {
    fin: true,
    rsv1: false,
    opcode: 1,
    mask: false,
    readOnly: true,
  }),
);
const http = createServer();
const sockets = new Set();
new WebSocketServer({ server: http, perMessageDeflate: false }).on(
  "connection",
  (client, request) => {
    sockets.add(request.socket);
    client.on("error", () => {});
    client.on("close", () => sockets.delete(request.socket));
  },
);

createInterface({ input: process.stdin })
  .on("line", (line) => {
    if (line !== "go") return;
    const at = process.hrtime.bigint();
    for (const socket of sockets) socket.write(frame);
    console.log(`{"at":${at},"end":${process.hrtime.bigint()}}`);
  })
  .on("close", () => process.exit(0));

http.listen(Number(port), "127.0.0.1", 4096, () => console.log('{"ready":true}'));
