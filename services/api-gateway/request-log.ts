/** Records finished requests as a log line and in metrics, never their content. */
import type { Logger, ServiceBroker } from "moleculer";
import { count, gauge, observe } from "../../metrics/metrics.ts";
import { loggedPath } from "./logged-path.ts";
import type { GatewayRequest, GatewayResponse } from "./request.ts";

export type RequestLog = (request: GatewayRequest, response: GatewayResponse) => void;

/** Does nothing per request when neither log lines nor metrics are on. */
export function createRequestLog(broker: ServiceBroker, logger: Logger, writesLines: boolean): RequestLog {
  const measures = broker.isMetricsEnabled();
  if (!writesLines && !measures) return () => undefined;
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
      if (writesLines) write(logger, request, response, ms);
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

function write(logger: Logger, request: GatewayRequest, response: GatewayResponse, ms: number): void {
  const { principal, clientIp } = request.$ctx.meta;
  logger.info("request", {
    requestId: request.$ctx.requestID,
    method: request.method,
    path: loggedPath(request.parsedUrl),
    status: response.writableFinished ? response.statusCode : "aborted",
    ms: Math.round(ms),
    tenantId: principal?.tenantId,
    ip: clientIp,
  });
}
