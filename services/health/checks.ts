/** The health report: each part of this process with its latest observations. */
import type { ServiceBroker } from "moleculer";
import type { Health } from "../../contracts/routes/health.ts";
import type { NodeStatus } from "../../contracts/node-status.ts";
import type { DatabaseProbe } from "./database-probe.ts";
import type { MemoryMonitor } from "./memory-monitor.ts";

type Checks = NonNullable<Health["checks"]>;
type Status = Health["status"];

export interface Observed {
  readonly broker: ServiceBroker;
  readonly probe: DatabaseProbe;
  readonly monitor: MemoryMonitor;
  /** Undefined without NATS. */
  readonly isNatsConnected: boolean | undefined;
  /** Null when this process runs no sessions. */
  readonly node: NodeStatus | null;
}

/** ms of delay at the 99th percentile above which the event loop counts as slow. */
const SLOW_LOOP = 200;
/** ms. */
const SLOW_DATABASE = 500;
const MEGABYTE = 1_048_576;

/** All checks, by `component:measure`. */
export function checkParts({ broker, probe, monitor, isNatsConnected, node }: Observed): Checks {
  const time = new Date().toISOString();
  const sample = monitor.latest;
  const delay = Math.round(sample?.delayP99 ?? 0);
  const heapShare = sample === undefined ? 0 : sample.heapUsed / sample.heapLimit;
  const latency = Math.round(probe.latency * 10) / 10;
  const database: Status = !probe.isUp ? "fail" : latency > SLOW_DATABASE ? "warn" : "pass";
  const services = broker.registry.getServiceList({ onlyAvailable: true, skipInternal: true });
  return {
    "database:responseTime": [
      { status: database, observedValue: latency, observedUnit: "ms", time: new Date(probe.answeredAt).toISOString() },
    ],
    "eventLoop:delay": [
      { status: delay > SLOW_LOOP ? "warn" : "pass", observedValue: delay, observedUnit: "ms", time },
    ],
    "memory:resident": [
      { status: "pass", observedValue: Math.round(process.memoryUsage.rss() / MEGABYTE), observedUnit: "MB", time },
    ],
    "memory:heap": [
      {
        status: heapShare > 0.85 ? "warn" : "pass",
        observedValue: Math.round((sample?.heapUsed ?? 0) / MEGABYTE),
        observedUnit: "MB",
        time,
      },
    ],
    "memory:growth": [
      { status: "pass", observedValue: Math.round(monitor.growth * 10) / 10, observedUnit: "MB/min", time },
    ],
    ...sessionChecks(node, time),
    "process:uptime": [{ status: "pass", observedValue: Math.round(process.uptime()), observedUnit: "s", time }],
    "services:available": [
      {
        status: "pass",
        observedValue: new Set(services.map((service) => service.name)).size,
        observedUnit: "services",
        time,
      },
    ],
    ...transporterChecks(isNatsConnected, time),
  };
}

function transporterChecks(isConnected: boolean | undefined, time: string): Checks {
  if (isConnected === undefined) return {};
  return {
    "transporter:connection": [
      { status: isConnected ? "pass" : "fail", observedValue: isConnected ? "connected" : "away", time },
    ],
  };
}

/** Sessions by state, and each thread's heap. */
function sessionChecks(node: NodeStatus | null, time: string): Checks {
  if (node === null) return {};
  const sessions = Object.entries(node.sessions).map(([state, count]) => ({
    status: "pass" as const,
    observedValue: count,
    observedUnit: `sessions ${state}`,
    time,
  }));
  const heaps = node.threadHeaps.map((bytes) => ({
    status: "pass" as const,
    observedValue: Math.round(bytes / MEGABYTE),
    observedUnit: "MB",
    time,
  }));
  return {
    ...(sessions.length === 0 ? {} : { "sessions:state": sessions }),
    ...(heaps.length === 0 ? {} : { "thread:heap": heaps }),
  };
}

/** The worst status of the checks. */
export function overall(checks: Checks): Status {
  const all = new Set(Object.values(checks).flatMap((observations) => observations.map(({ status }) => status)));
  return all.has("fail") ? "fail" : all.has("warn") ? "warn" : "pass";
}
