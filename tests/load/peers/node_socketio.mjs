// Node socket.io as its documentation has it: one room, and an event sent to it.
//
// node node_socketio.mjs PORT MESSAGE-FILE
// The file holds the message as it goes over the wire, `42/meeting,["delta",{…}]`: the
// event and its argument are taken out of it, so that the library encodes the same text.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const [port, file] = process.argv.slice(2);
const [event, argument] = JSON.parse(
  readFileSync(file, "utf8").slice("42/meeting,".length),
);
const http = createServer();
const io = new Server(http, {
  transports: ["websocket"],
  serveClient: false,
  perMessageDeflate: false,
});
const meeting = io.of("/meeting");
meeting.on("connection", (socket) => socket.join("public"));

createInterface({ input: process.stdin })
  .on("line", (line) => {
    if (line !== "go") return;
    const at = process.hrtime.bigint();
    meeting.to("public").emit(event, argument);
    console.log(`{"at":${at},"end":${process.hrtime.bigint()}}`);
  })
  .on("close", () => process.exit(0));

http.listen(Number(port), "127.0.0.1", 4096, () => console.log('{"ready":true}'));
