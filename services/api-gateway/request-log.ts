/** What is noted of each finished request: a line for people, at levels that show it, and figures for metrics. Never what was in it. */
import type { Logger, ServiceBroker } from "moleculer";
import { count, observe } from "../../mixins/metrics.ts";
import type { GatewayRequest, GatewayResponse } from "./request.ts";

export type RequestLog = (request: GatewayRequest, response: GatewayResponse) => void;

/** Without lines and without metrics no work is done at all. */
export function createRequestLog(broker: ServiceBroker, logger: Logger, writesLines: boolean): RequestLog {
  const measures = broker.isMetricsEnabled();
  if (!writesLines && !measures) return () => undefined;
  return (request, response) => {
    const startedAt = performance.now();
    response.once("close", () => {
      const ms = performance.now() - startedAt;
      if (measures) measure(broker, request, response, ms);
      if (writesLines) write(logger, request, response, ms);
    });
  };
}

/** By route, never by path: ids would make labels without end. */
function measure(broker: ServiceBroker, request: GatewayRequest, response: GatewayResponse, ms: number): void {
  const labels = { route: request.binding?.route.path ?? "none", method: request.method ?? "" };
  count(broker, "wpp.http.requests.total", { ...labels, status_class: `${Math.floor(response.statusCode / 100)}xx` });
  observe(broker, "wpp.http.request.duration.seconds", ms / 1_000, labels);
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
