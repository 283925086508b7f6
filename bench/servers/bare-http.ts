/**
 * The lowest baseline: node:http, which parses a JSON body and answers with JSON of the size of an accepted message.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ANSWER } from "./answer.ts";

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (chunks.length > 0) JSON.parse(Buffer.concat(chunks).toString());
    const body = JSON.stringify(ANSWER);
    response
      .writeHead(202, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
      .end(body);
  });
});
server.listen(0, "127.0.0.1", () =>
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`),
);
process.once("SIGTERM", () => process.exit(0));
