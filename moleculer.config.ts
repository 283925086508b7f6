/**
 * The broker options of a process, from the configuration alone: `moleculer-runner` and scripts/start.ts use the same.
 */
import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import type { BrokerOptions, LoggerConfig } from "moleculer";
import pretty from "pino-pretty";
import { readConfig, type Config } from "./contracts/config.ts";
import { createCacher } from "./access/caching/cache.ts";
import { PrometheusReporter } from "./metrics/reporter.ts";
import { ZipkinExporter } from "./metrics/trace-exporter.ts";

type LogMethod = (...args: unknown[]) => void;

/**
 * Pino, one line per record. Moleculer and this code pass a message and then an object or error; pino expects the
 * reverse.
 */
function loggerOf(config: Config): LoggerConfig {
  const hooks = {
    logMethod(args: unknown[], method: LogMethod) {
      const [message, details, ...rest] = args;
      if (typeof message !== "string" || details === undefined) return method.apply(this, args);
      if (details instanceof Error) return method.apply(this, [{ err: details }, message]);
      if (typeof details === "object" && details !== null) return method.apply(this, [details, message]);
      return method.apply(this, [[message, details, ...rest].map(String).join(" ")]);
    },
  };
  const redact = {
    paths: ["*.authorization", "*.password", "*.token", "*.secret", "*.apiKey", "headers.cookie"],
    censor: "[redacted]",
  };
  const options = { level: config.logLevel, base: null, hooks, redact };
  // Formatted synchronously in this process: a worker would print lines after the output that they explain.
  const format = {
    ignore: "mod,svc,nodeID,ns",
    messageFormat: "{mod}: {msg}",
    translateTime: "SYS:HH:MM:ss",
    singleLine: true,
    sync: true,
  };
  const destination = config.logFormat === "pretty" ? pretty(format) : undefined;
  return { type: "Pino", options: { level: levelsOf(config), pino: { options, destination } } };
}

/** The framework's own log lines are hidden at the default level. */
function levelsOf(config: Config): Record<string, string> {
  const quiet = config.logLevel === "info" ? "warn" : config.logLevel;
  return {
    BROKER: quiet,
    REGISTRY: quiet,
    TRANSIT: quiet,
    TRANSPORTER: quiet,
    DISCOVERY: quiet,
    $NODE: quiet,
    "**": config.logLevel,
  };
}

/** Broker options of this configuration. */
export function createBrokerOptions(config: Config): BrokerOptions {
  return {
    wpp: config,
    created: () => void mkdirSync(config.dataDir, { recursive: true, mode: 0o700 }),
    namespace: "wpp",
    nodeID: config.nodeId ?? `${hostname()}-${process.pid}`,
    logger: loggerOf(config),
    transporter: config.natsUrl === null ? null : { type: "NATS", options: { url: config.natsUrl } },
    serializer: "JSON",
    cacher: createCacher(config.redisUrl),
    requestTimeout: 15_000,
    // A call that timed out may have been executed; only the caller knows whether repeating it is harmless.
    retryPolicy: { enabled: false },
    circuitBreaker: {
      enabled: true,
      threshold: 0.5,
      minRequestCount: 50,
      windowTime: 30,
      halfOpenTime: 5_000,
      check: isOutage,
    },
    // Per action and process. Far above normal load, also of long polls for QR codes, which hold a slot for a minute;
    // the queue's end is the error QUEUE_FULL, a 503 for clients.
    bulkhead: { enabled: true, concurrency: 2_000, maxQueueSize: 2_000 },
    metrics: metricsOf(config),
    tracing: tracingOf(config),
    // A dead node leaves the registry after 6 to 12 s. That affects routing only; a session's owner is decided by its
    // lease.
    heartbeatInterval: 2,
    heartbeatTimeout: 6,
    tracking: { enabled: true, shutdownTimeout: 5_000 },
    registry: { preferLocal: true, strategy: "RoundRobin" },
    // scripts/lifecycle.ts handles signals, in the order that sessions need.
    skipProcessEventRegistration: true,
  };
}

/**
 * Metrics on a port of their own, which is not public. The names are those of Moleculer's metrics that are exported
 * too.
 */
function metricsOf(config: Config): NonNullable<BrokerOptions["metrics"]> {
  if (config.metrics === null) return { enabled: false };
  const includes = [
    "moleculer.request.**",
    "moleculer.event.received.**",
    "moleculer.registry.**",
    "moleculer.transit.**",
  ];
  // The framework also accepts an instance; its types do not.
  const reporter = new PrometheusReporter({ ...config.metrics, includes }) as unknown as "Prometheus";
  return { enabled: true, collectProcessMetrics: false, reporter };
}

/**
 * Traces carry names, times and error codes, never parameters, answers or metadata: those hold messages and
 * credentials.
 */
function tracingOf({ tracing }: Config): NonNullable<BrokerOptions["tracing"]> {
  if (tracing === null) return { enabled: false };
  return {
    enabled: true,
    exporter:
      tracing.to === "log"
        ? { type: "Console", options: { colors: false } }
        : // The framework also accepts an instance; its types do not.
          (new ZipkinExporter({ baseURL: tracing.url }) as unknown as "Zipkin"),
    sampling: tracing.to === "log" ? { rate: 1 } : { tracesPerSecond: 10 },
    tags: { action: { params: false, meta: false, response: false } },
    errorFields: ["name", "code", "type"],
  };
}

/** Errors that open the circuit breaker of a node: it does not answer. Problems are answers. */
function isOutage(error: Error): boolean {
  return error.name === "RequestTimeoutError" || error.name === "RequestRejectedError";
}

export default createBrokerOptions(readConfig(process.env));
