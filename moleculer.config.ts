/** The broker of a process, made from the configuration alone, so that `moleculer-runner` and our own start make the same one. */
import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import type { BrokerOptions, LoggerConfig } from "moleculer";
import pretty from "pino-pretty";
import { readConfig, type Config } from "./contracts/config.ts";
import { createCacher } from "./access/cache.ts";
import { PrometheusReporter } from "./metrics/reporter.ts";

type LogMethod = (...args: unknown[]) => void;

/** Pino, one line a record. Moleculer and we write a constant message and then an object or an error, pino wants them the other way round. */
function loggerOf(config: Config): LoggerConfig {
  const hooks = {
    logMethod(args: unknown[], method: LogMethod) {
      const [message, facts, ...rest] = args;
      if (typeof message !== "string" || facts === undefined) return method.apply(this, args);
      if (facts instanceof Error) return method.apply(this, [{ err: facts }, message]);
      if (typeof facts === "object" && facts !== null) return method.apply(this, [facts, message]);
      return method.apply(this, [[message, facts, ...rest].map(String).join(" ")]);
    },
  };
  const redact = {
    paths: ["*.authorization", "*.password", "*.token", "*.secret", "*.apiKey", "headers.cookie"],
    censor: "[redacted]",
  };
  const options = { level: config.logLevel, base: null, hooks, redact };
  // In this very process and at once: a transport of its own would show a person the lines after what they explain.
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

/** The framework's own news are of interest when one looks for them. */
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
    // A call that was lost may have been done all the same: whoever repeats one must know that a repeat is harmless.
    retryPolicy: { enabled: false },
    circuitBreaker: {
      enabled: true,
      threshold: 0.5,
      minRequestCount: 50,
      windowTime: 30,
      halfOpenTime: 5_000,
      check: isOutage,
    },
    metrics: metricsOf(config),
    // A dead node leaves the registry after 6 to 12 s. That is for routing; who owns a session is decided by its lease.
    heartbeatInterval: 2,
    heartbeatTimeout: 6,
    tracking: { enabled: true, shutdownTimeout: 5_000 },
    registry: { preferLocal: true, strategy: "RoundRobin" },
    // Signals are handled by the start script, in the order that sessions need.
    skipProcessEventRegistration: true,
  };
}

/** Our own metrics (metrics/metrics-table.ts) and some of Moleculer's, on a port of their own that is not for the public. */
function metricsOf(config: Config): NonNullable<BrokerOptions["metrics"]> {
  if (config.metrics === null) return { enabled: false };
  const includes = [
    "moleculer.request.**",
    "moleculer.event.received.**",
    "moleculer.registry.**",
    "moleculer.transit.**",
  ];
  // An instance is taken as well; the framework's types leave that out.
  const reporter = new PrometheusReporter({ ...config.metrics, includes }) as unknown as "Prometheus";
  return { enabled: true, collectProcessMetrics: false, reporter };
}

/** What counts against a node: that it does not answer. Problems are answers. */
function isOutage(error: Error): boolean {
  return error.name === "RequestTimeoutError" || error.name === "RequestRejectedError";
}

export default createBrokerOptions(readConfig(process.env));
