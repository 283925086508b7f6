/** Health: short answers to the probes of an orchestrator, and a report on the parts of this process. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Context, Service, ServiceBroker, ServiceSchema, ServiceSettingSchema } from "moleculer";
import { z } from "zod";
import type { NodeStatus } from "../../contracts/node-status.ts";
import { collect, health, livez, readyz, startupz, type Health } from "../../contracts/routes/health.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { CallMeta } from "../../access/call.ts";
import { actionsOf } from "../../access/serve.ts";
import { Poller } from "../../concurrency/poller.ts";
import { onScrape } from "../../metrics/metrics.ts";
import { AlertReporter } from "./alerts.ts";
import { checkParts, overall } from "./checks.ts";
import { DatabaseProbe } from "./database-probe.ts";
import { recordGcPauses } from "./gc-pauses.ts";
import { MemoryMonitor } from "./memory-monitor.ts";
import { NatsMonitor } from "./nats-connection.ts";
import { setBuildInfo, setProcessGauges } from "./process-gauges.ts";

interface HealthSettings extends ServiceSettingSchema {
  /** ms between two samples of memory and event loop; 10 s when absent. */
  interval?: number;
}

interface HealthLocals extends DatabaseLocals {
  /** Event loop delay since the last request to /livez; the monitor measures its own. */
  loop: ReturnType<typeof monitorEventLoopDelay>;
  monitor: MemoryMonitor;
  sampler: Poller;
  probe: DatabaseProbe;
  nats: NatsMonitor | undefined;
  /** Each stops one source of metrics. */
  metricSources: (() => void)[];
  draining: boolean;
}

type HealthService = Service<HealthSettings> & HealthLocals;

interface ProbeResult {
  status: "pass" | "fail";
}

/** ms of a blocked event loop since the last request to /livez from which the process counts as stuck. */
const STUCK = 30_000;
const SAMPLE_INTERVAL = 10_000;

const { serve, internal } = actionsOf<HealthService>();

function probeResult(ctx: Context<unknown, CallMeta>, isOk: boolean): ProbeResult {
  if (!isOk) ctx.meta.$statusCode = 503;
  return { status: isOk ? "pass" : "fail" };
}

/** The status of this process's session node; null without one, or when it does not answer. */
async function readNodeStatus(broker: ServiceBroker): Promise<NodeStatus | null> {
  if (broker.getLocalService("session-node") === undefined) return null;
  return broker
    .call<NodeStatus, object>("session-node.nodeStatus", {}, { nodeID: broker.nodeID, timeout: 5_000 })
    .catch(() => null);
}

export default {
  name: "health",
  mixins: [databaseMixin],

  actions: {
    /** Passes while the event loop is not stuck; an outage of a dependency is no reason for a restart. */
    live: serve(livez, function (ctx): ProbeResult {
      const longest = this.loop.max / 1e6;
      this.loop.reset();
      return probeResult(ctx, longest < STUCK);
    }),

    ready: serve(readyz, function (ctx): ProbeResult {
      return probeResult(ctx, this.broker.started && !this.draining && this.probe.isUp);
    }),

    /** Passes when every service of this process has started; each of them waits for the migrations. */
    startup: serve(startupz, function (ctx): ProbeResult {
      return probeResult(ctx, this.broker.started);
    }),

    /** Called when the process is about to stop: `ready` fails from now on. */
    drain: internal(z.object({}), function (): void {
      this.draining = true;
    }),

    /** Runs the garbage collector, to distinguish a leak from garbage that is not yet collected. */
    collect: serve(collect, function (): { freedBytes: number } {
      return { freedBytes: this.monitor.collect() };
    }),

    report: serve(health, async function (ctx): Promise<Health> {
      const checks = checkParts({
        broker: this.broker,
        probe: this.probe,
        monitor: this.monitor,
        isNatsConnected: this.nats?.isConnected,
        node: await readNodeStatus(this.broker),
      });
      const status = this.draining ? "fail" : overall(checks);
      if (status === "fail") ctx.meta.$statusCode = 503;
      ctx.meta.$responseType = "application/health+json";
      const { principal } = ctx.meta;
      // The details count sessions of the whole process: they are not for keys that are limited to some.
      const mayRead = principal?.sessions === null && principal.permissions.includes("health:read");
      return mayRead ? { status, checks } : { status };
    }),
  },

  created() {
    this.draining = false;
    this.metricSources = [];
    this.monitor = new MemoryMonitor();
    this.loop = monitorEventLoopDelay({ resolution: 20 });
  },

  async started() {
    this.loop.enable();
    const { broker, database, monitor, logger } = this;
    const probe = new DatabaseProbe(database, logger);
    this.probe = probe;
    probe.start();
    monitor.start();
    this.nats = new NatsMonitor(broker);
    if (broker.isMetricsEnabled()) await setBuildInfo(broker);
    this.metricSources = [
      recordGcPauses(broker),
      onScrape(broker, () => setProcessGauges({ broker, database, monitor, probe })),
    ];
    const alerts = new AlertReporter(broker, database, monitor);
    this.sampler = new Poller({
      name: "memory monitor",
      interval: this.settings.interval ?? SAMPLE_INTERVAL,
      logger,
      work: () => alerts.sample().then(() => false),
    });
    this.sampler.start();
  },

  async stopped() {
    this.draining = true;
    this.loop.disable();
    this.monitor.stop();
    for (const stop of this.metricSources) stop();
    this.nats?.stop();
    await this.sampler?.stop();
    await this.probe?.stop();
  },
} satisfies ServiceSchema<HealthSettings, object, HealthLocals>;
