/** The log of finished requests: quiet about what succeeds, and about probes. */
import { EventEmitter } from "node:events";
import { ServiceBroker, type Logger } from "moleculer";
import type { Config } from "../../../contracts/config.ts";
import type { GatewayRequest, GatewayResponse } from "../../../services/api-gateway/request.ts";
import { createRequestLog } from "../../../services/api-gateway/request-log.ts";

/** The level and the path of each line that is written for requests that ended with these statuses. */
function linesFor(logLevel: Config["logLevel"], requests: readonly [path: string, status: number][]): string[] {
  const lines: string[] = [];
  const line = (level: string) => (_message: string, details: { path: string }) =>
    void lines.push(`${level} ${details.path}`);
  const logger = { debug: line("debug"), info: line("info"), warn: line("warn") } as unknown as Logger;
  const log = createRequestLog(new ServiceBroker({ logger: false }), logger, logLevel);
  for (const [path, statusCode] of requests) {
    const route = { path, ...(path === "/livez" ? { root: true } : {}) };
    const request = { method: "GET", parsedUrl: path, binding: { route }, $ctx: { meta: {}, requestID: "r" } };
    const response = Object.assign(new EventEmitter(), { statusCode, writableFinished: true });
    log(request as unknown as GatewayRequest, response as unknown as GatewayResponse);
    response.emit("close");
  }
  return lines;
}

const REQUESTS: readonly [string, number][] = [
  ["/livez", 200],
  ["/livez", 503],
  ["/sent", 202],
  ["/wrong", 422],
  ["/guessed", 401],
  ["/denied", 403],
  ["/flood", 429],
  ["/broken", 500],
];

test("at the default level only refusals that can be an attack, and failures of the server", () => {
  expect(linesFor("info", REQUESTS)).toEqual(["info /guessed", "info /denied", "info /flood", "warn /broken"]);
});

test("at debug everything, and at error nothing", () => {
  expect(linesFor("debug", REQUESTS)).toHaveLength(REQUESTS.length);
  expect(linesFor("error", REQUESTS)).toEqual([]);
});
