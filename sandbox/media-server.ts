/** Serves encrypted media over plain HTTP. Only who has been sent a message knows the path of its file. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { encryptMedia, parsePath } from "./media-encryption.ts";
import type { Messages } from "./messages.ts";

/** The handler of a server that has nothing else to serve: other requests belong to WebSockets. */
export function serveMedia(messages: Messages) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const asked =
      request.method === "GET" ? parsePath(new URL(request.url ?? "/", "http://media").pathname) : undefined;
    if (asked === undefined) return void response.writeHead(426).end();
    const row = messages.find(asked.from, asked.id);
    const file = row === undefined ? undefined : messages.fileOf(row);
    const media = row === undefined || file?.encSha256 !== asked.encSha256 ? null : messages.mediaOf(row);
    if (row === undefined || file === undefined || media === null) return void response.writeHead(404).end();
    const encrypted = encryptMedia(Buffer.from(media.data, "base64"), row.type, file.key);
    response.writeHead(200, { "content-type": "application/octet-stream", "content-length": encrypted.length });
    response.end(encrypted);
  };
}
