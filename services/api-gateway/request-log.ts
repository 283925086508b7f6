/** One line for each finished request: what was asked, by whom, how it ended and how long it took. Never what was in it. */
import type { Logger } from "moleculer";
import type { GatewayRequest, GatewayResponse } from "./request.ts";

export type RequestLog = (request: GatewayRequest, response: GatewayResponse) => void;

/** With `enabled` false no work is done at all. */
export function createRequestLog(logger: Logger, enabled: boolean): RequestLog {
  if (!enabled) return () => undefined;
  return (request, response) => {
    const startedAt = performance.now();
    response.once("close", () => {
      const { principal, clientIp } = request.$ctx.meta;
      logger.info("request", {
        requestId: request.$ctx.requestID,
        method: request.method,
        path: request.parsedUrl,
        status: response.writableFinished ? response.statusCode : "aborted",
        ms: Math.round(performance.now() - startedAt),
        tenantId: principal?.tenantId,
        ip: clientIp,
      });
    });
  };
}
