/**
 * Records finished requests in metrics and in the log, never their content. What succeeds is a line at debug only:
 * at the default level the log shows what went wrong, and what somebody was not allowed to do.
 */
import type { Logger, ServiceBroker } from "moleculer";
import type { Config } from "../../contracts/config.ts";
import { count, gauge, observe } from "../../metrics/metrics.ts";
import { loggedPath } from "./logged-path.ts";
import type { GatewayRequest, GatewayResponse } from "./request.ts";

export type RequestLog = (request: GatewayRequest, response: GatewayResponse) => void;

type Level = "debug" | "info" | "warn";

/** The lines of each level that are written at the configured one. */
const WRITTEN: Readonly<Record<Config["logLevel"], readonly Level[]>> = {
  fatal: [],
  error: [],
  warn: ["warn"],
  info: ["warn", "info"],
  debug: ["warn", "info", "debug"],
  trace: ["warn", "info", "debug"],
};

/** Refusals that can be an attack. */
const SUSPICIOUS: ReadonlySet<number> = new Set([401, 403, 429]);

/** Does nothing per request when neither log lines nor metrics are on. */
export function createRequestLog(broker: ServiceBroker, logger: Logger, logLevel: Config["logLevel"]): RequestLog {
  const measures = broker.isMetricsEnabled();
  const written = WRITTEN[logLevel];
  if (written.length === 0 && !measures) return () => undefined;
  let inFlight = 0;
  const addInFlight = (change: number) => {
    inFlight += change;
    gauge(broker, "http_requests_in_flight", {}, inFlight);
  };
  addInFlight(0);
  return (request, response) => {
    const startedAt = performance.now();
    addInFlight(1);
    response.once("close", () => {
      const ms = performance.now() - startedAt;
      addInFlight(-1);
      if (measures) measure(broker, request, response, ms);
      const level = levelOf(request, response);
      if (written.includes(level)) write(logger, level, request, response, ms);
    });
  };
}

/** Labels carry the route, never the path: ids would create series without bound. */
function measure(broker: ServiceBroker, request: GatewayRequest, response: GatewayResponse, ms: number): void {
  const labels = { route: request.binding?.route.path ?? "none", method: request.method ?? "" };
  const status_class = response.writableFinished ? `${Math.floor(response.statusCode / 100)}xx` : "aborted";
  count(broker, "http_requests_total", { ...labels, status_class });
  observe(broker, "http_request_duration_seconds", labels, ms / 1_000);
}

function levelOf(request: GatewayRequest, response: GatewayResponse): Level {
  // A failing probe is reported by its caller, and would fill the log.
  if (request.binding?.route.root === true) return "debug";
  if (response.statusCode >= 500) return "warn";
  return SUSPICIOUS.has(response.statusCode) ? "info" : "debug";
}

function write(logger: Logger, level: Level, request: GatewayRequest, response: GatewayResponse, ms: number): void {
  const { principal, clientIp } = request.$ctx.meta;
  logger[level]("request", {
    requestId: request.$ctx.requestID,
    method: request.method,
    path: loggedPath(request.parsedUrl),
    status: response.writableFinished ? response.statusCode : "aborted",
    ms: Math.round(ms),
    tenantId: principal?.tenantId,
    ip: clientIp,
  });
}
