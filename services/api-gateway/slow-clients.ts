/**
 * How long a client may take to send a request. Heads and whole requests are timed by Node's server, bodies of JSON by
 * body.ts; what a client still sends after its answer is dropped for a moment and then cut off.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";

export interface RequestTimeouts {
  /** ms for the head of a request. */
  readonly headTimeout: number;
  /** ms for a whole request, the longest of which are uploads. */
  readonly requestTimeout: number;
  /** ms for the rest of a body that is not read. A client reads its answer only after it has sent most of the body. */
  readonly restTimeout: number;
}

export const REQUEST_TIMEOUTS: RequestTimeouts = { headTimeout: 15_000, requestTimeout: 150_000, restTimeout: 5_000 };
/** Longest ms between two checks of all connections by Node. */
const CHECK_INTERVAL = 5_000;

/** Sets the server's limits; before it listens. Node then answers with ERR_HTTP_REQUEST_TIMEOUT as its `clientError`. */
export function limitTimes(server: Server, { headTimeout, requestTimeout }: RequestTimeouts): void {
  server.headersTimeout = Math.min(headTimeout, requestTimeout);
  server.requestTimeout = requestTimeout;
  // An option of createServer, which moleculer-web calls; the server reads it when it begins to listen.
  Object.assign(server, { connectionsCheckingInterval: Math.min(CHECK_INTERVAL, headTimeout / 2) });
}

/** Closes the connection when the request is still not complete a moment after its answer. */
export function cutOffAfterAnswer(request: IncomingMessage, response: ServerResponse, restTimeout: number): void {
  response.once("finish", () => {
    if (request.complete || request.destroyed) return;
    const timer = setTimeout(() => request.socket.destroy(), restTimeout);
    timer.unref();
    const clear = () => clearTimeout(timer);
    request.once("end", clear).once("close", clear);
  });
}
