/**
 * Long polling is refused, because its requests would have to reach the same process each time. Clients try it first by
 * default and report only "xhr poll error", so the answer says what to set.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { fieldProblem } from "../../../contracts/errors.ts";
import { createId } from "../../../contracts/ids.ts";
import { headersOf, toDocument } from "../problems.ts";

const ADVICE =
  'must be websocket: long polling is not served; connect with io(url, { transports: ["websocket"], auth: { token } })';

/** A middleware of engine.io. */
export function refuseLongPolling(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  const isWebSocket = request.headers.upgrade?.toLowerCase() === "websocket";
  if (isWebSocket) return next();
  const problem = fieldProblem("validation", "?transport", ADVICE);
  const body = JSON.stringify(toDocument(problem, "/socket.io", createId("request")));
  // Readable for pages of every origin: they are the ones that need the advice, and it holds no data.
  response.writeHead(problem.code, { ...headersOf(problem), "Access-Control-Allow-Origin": "*" }).end(body);
}
