/**
 * Long polling is refused, because its requests would have to reach the same process each time (decision 7). Clients
 * start with it by default, and report an HTTP error only as "xhr poll error". So their handshake is answered, without
 * any state, with the refusal in Socket.io's own protocol, which they report as `connect_error` with what to change.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { fieldProblem } from "../../../contracts/errors.ts";
import { createId } from "../../../contracts/ids.ts";
import { toDocument } from "../problems.ts";
import { NAMESPACES } from "./namespaces.ts";

const ADVICE = 'must be websocket, because long polling is not served: io(url, { transports: ["websocket"], auth })';
/** Between the packets of an answer. */
const SEPARATOR = "\u001E";
/** Engine.io's packets `close`, and the confirmation that a packet has arrived. */
const [CLOSE, RECEIVED] = ["1", "ok"];

/** Engine.io's packet `open`, and for each namespace the packet that refuses to connect to it. */
function refusal(): string {
  const problem = fieldProblem("validation", "?transport", `the transport ${ADVICE}`);
  const data = { message: problem.message, data: toDocument(problem, "/socket.io", createId("request")) };
  const open = { sid: "refused", upgrades: [], pingInterval: 25_000, pingTimeout: 20_000, maxPayload: 1_000 };
  const errors = NAMESPACES.map(({ name }) => `44${name === "/" ? "" : `${name},`}${JSON.stringify(data)}`);
  return [`0${JSON.stringify(open)}`, ...errors].join(SEPARATOR);
}

/** A middleware of engine.io. */
export function refuseLongPolling(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.headers.upgrade?.toLowerCase() === "websocket") return next();
  const isHandshake = request.method === "GET" && !/[?&]sid=/.test(request.url ?? "");
  const body = isHandshake ? refusal() : request.method === "GET" ? CLOSE : RECEIVED;
  request.resume();
  // Readable for pages of every origin: they need the advice, and it holds no data.
  const headers = { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" };
  response.writeHead(200, { ...headers, "Access-Control-Allow-Origin": "*" }).end(body);
}
