/** The parts of this process that a report names, each with what was observed. */
import type { monitorEventLoopDelay } from "node:perf_hooks";
import type { ServiceBroker } from "moleculer";
import type { Health } from "../../contracts/routes/health.ts";
import type { DatabasePulse } from "./database-pulse.ts";

type Checks = NonNullable<Health["checks"]>;
type Status = Health["status"];

export type LoopDelay = ReturnType<typeof monitorEventLoopDelay>;

export interface Observed {
  readonly broker: ServiceBroker;
  readonly pulse: DatabasePulse;
  readonly loop: LoopDelay;
}

/** ms at the 99th percentile from which the event loop counts as slow. */
const SLOW_LOOP = 200;
const SLOW_DATABASE = 500;
const MEGABYTE = 1_048_576;

/** All checks, by `component:measure`. */
export function checkParts({ broker, pulse, loop }: Observed): Checks {
  const time = new Date().toISOString();
  const delay = Math.round(loop.percentile(99) / 1e6);
  const latency = Math.round(pulse.latency * 10) / 10;
  const database: Status = !pulse.isGood ? "fail" : latency > SLOW_DATABASE ? "warn" : "pass";
  const transit = broker.transit;
  const services = broker.registry.getServiceList({ onlyAvailable: true, skipInternal: true });
  return {
    "database:responseTime": [{ status: database, observedValue: latency, observedUnit: "ms", time: new Date(pulse.lastSign).toISOString() }],
    "eventLoop:delay": [{ status: delay > SLOW_LOOP ? "warn" : "pass", observedValue: delay, observedUnit: "ms", time }],
    "memory:resident": [{ status: "pass", observedValue: Math.round(process.memoryUsage.rss() / MEGABYTE), observedUnit: "MB", time }],
    "process:uptime": [{ status: "pass", observedValue: Math.round(process.uptime()), observedUnit: "s", time }],
    "services:available": [{ status: "pass", observedValue: new Set(services.map((service) => service.name)).size, observedUnit: "services", time }],
    ...(transit === undefined || transit === null
      ? {}
      : {
          "transporter:connection": [
            { status: transit.connected ? ("pass" as const) : ("fail" as const), observedValue: transit.connected ? "connected" : "away", time },
          ],
        }),
  };
}

/** The worst of the checks. */
export function overall(checks: Checks): Status {
  const all = new Set(Object.values(checks).flatMap((observations) => observations.map(({ status }) => status)));
  return all.has("fail") ? "fail" : all.has("warn") ? "warn" : "pass";
}
