/** What is noted of each finished request: a line for people, at levels that show it, and figures for metrics. Never what was in it. */
import type { Logger, ServiceBroker } from "moleculer";
import { count, gauge, observe } from "../../metrics/metrics.ts";
import type { GatewayRequest, GatewayResponse } from "./request.ts";

export type RequestLog = (request: GatewayRequest, response: GatewayResponse) => void;

/** Without lines and without metrics no work is done at all. */
export function createRequestLog(broker: ServiceBroker, logger: Logger, writesLines: boolean): RequestLog {
  const measures = broker.isMetricsEnabled();
  if (!writesLines && !measures) return () => undefined;
  let open = 0;
  const note = (change: number) => {
    open += change;
    gauge(broker, "http_requests_in_flight", {}, open);
  };
  note(0);
  return (request, response) => {
    const startedAt = performance.now();
    note(1);
    response.once("close", () => {
      const ms = performance.now() - startedAt;
      note(-1);
      if (measures) measure(broker, request, response, ms);
      if (writesLines) write(logger, request, response, ms);
    });
  };
}

/** By route, never by path: ids would make labels without end. */
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
    path: request.parsedUrl,
    status: response.writableFinished ? response.statusCode : "aborted",
    ms: Math.round(ms),
    tenantId: principal?.tenantId,
    ip: clientIp,
  });
}
