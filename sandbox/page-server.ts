/** Serves the page that stands in for WhatsApp Web. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Answers a request to web.whatsapp.com. */
export function servePage(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end();
}
