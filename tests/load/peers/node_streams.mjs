// Node socket.io on several servers, as its documentation has it: the Redis streams
// adapter with the `redis` package, one room, and an event sent to it.
//
// node node_streams.mjs PORT MESSAGE-FILE REDIS-URL PING-MS TIMEOUT-MS
// A client's "cmd" is answered, and the message is sent to everybody on all servers.
// The file holds it as it goes over the wire, `42/meeting,["delta",{…}]`.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const [port, file, url, ping, timeout] = process.argv.slice(2);
const [event, argument] = JSON.parse(
  readFileSync(file, "utf8").slice("42/meeting,".length),
);
const redisClient = createClient({ url });
await redisClient.connect();

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(redisClient),
  transports: ["websocket"],
  serveClient: false,
  perMessageDeflate: false,
  pingInterval: Number(ping),
  pingTimeout: Number(timeout),
});
const meeting = io.of("/meeting");
meeting.on("connection", (socket) => {
  socket.join("public");
  socket.on("cmd", (_command, answer) => {
    meeting.to("public").emit(event, argument);
    answer({ outcome: "ok" });
  });
});

process.stdin.resume().on("end", () => process.exit(0));
http.listen(Number(port), "127.0.0.1", 4096, () => console.log('{"ready":true}'));
