/**
 * The baseline for fan-out: Socket.io alone, one room, the same envelope. `POST /burst?count=` emits that many events.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { ANSWER } from "./answer.ts";

const server = createServer((request, response) => {
  const count = Number(new URL(request.url ?? "/", "http://x").searchParams.get("count"));
  for (let index = 0; index < count; index += 1) {
    const envelope = {
      id: `evt_${index}`,
      type: "message.queued",
      at: new Date().toISOString(),
      tenantId: "ten_x",
      sessionId: ANSWER.sessionId,
      sequence: index,
      cursor: String(index),
      data: { messageId: ANSWER.id, chatId: ANSWER.chat.chatId, type: "text", clientRef: null, status: "queued" },
    };
    io.to("tenant").emit("message:queued", envelope);
  }
  response.writeHead(204).end();
});
const io = new Server(server, { transports: ["websocket"], serveClient: false, perMessageDeflate: false });
io.on("connection", (socket) => void socket.join("tenant"));
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
process.once("SIGTERM", () => process.exit(0));
