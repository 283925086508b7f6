/** Health: short answers for the machines that restart us, and the state of the parts for people. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Context, Service, ServiceSchema } from "moleculer";
import type { Health } from "../../contracts/routes/health.ts";
import { databaseMixin, type DatabaseLocals } from "../../mixins/database.mixin.ts";
import type { CallMeta } from "../../access/call.ts";
import { Poller } from "../../concurrency/poller.ts";
import { checkParts, overall } from "./checks.ts";
import { watchCollections } from "./collections-watch.ts";
import { DatabasePulse } from "./database-pulse.ts";
import { MemoryMonitor } from "./memory-monitor.ts";
import { NatsWatch } from "./nats-watch.ts";
import { setBuildInfo } from "./own-figures.ts";
import { askNode, Sampler } from "./sampling.ts";

interface HealthSettings {
  /** ms between two samples of memory and loop. */
  interval: number;
}

interface HealthLocals extends DatabaseLocals {
  /** Judges whether the loop stood still since the last look at /livez; the monitor keeps its own count. */
  loop: ReturnType<typeof monitorEventLoopDelay>;
  monitor: MemoryMonitor;
  sampler: Poller;
  pulse: DatabasePulse;
  nats: NatsWatch | undefined;
  endCollectionsWatch: (() => void) | undefined;
  draining: boolean;
}

type HealthService = Service<HealthSettings> & HealthLocals;

interface Terse {
  status: "pass" | "fail";
}

/** A loop that once stood still for this long (ms) since the last look is not alive. */
const STUCK = 30_000;

function terse(ctx: Context<unknown, CallMeta>, good: boolean): Terse {
  if (!good) ctx.meta.$statusCode = 503;
  return { status: good ? "pass" : "fail" };
}

export default {
  name: "health",
  mixins: [databaseMixin],

  settings: { interval: 10_000 },

  actions: {
    /** Alive as long as it can answer: what it depends on is no reason to restart it. */
    live(this: HealthService, ctx: Context<unknown, CallMeta>): Terse {
      const worst = this.loop.max / 1e6;
      this.loop.reset();
      return terse(ctx, worst < STUCK);
    },

    ready(this: HealthService, ctx: Context<unknown, CallMeta>): Terse {
      return terse(ctx, this.broker.started && !this.draining && this.pulse.isGood);
    },

    /** Complete once every service of this process has started, each of them after the schema was there. */
    startup(this: HealthService, ctx: Context<unknown, CallMeta>): Terse {
      return terse(ctx, this.broker.started);
    },

    /** The process is about to stop: no further requests should be sent here. */
    drain: {
      visibility: "public",
      handler(this: HealthService): void {
        this.draining = true;
      },
    },

    /** Collects garbage now: to tell what is kept from what merely lies about. */
    collect(this: HealthService): { freedBytes: number } {
      return { freedBytes: this.monitor.collect() };
    },

    async report(this: HealthService, ctx: Context<unknown, CallMeta>): Promise<Health> {
      const checks = checkParts({
        broker: this.broker,
        pulse: this.pulse,
        monitor: this.monitor,
        isNatsConnected: this.nats?.isConnected,
        node: await askNode(this.broker),
      });
      const status = this.draining ? "fail" : overall(checks);
      if (status === "fail") ctx.meta.$statusCode = 503;
      ctx.meta.$responseType = "application/health+json";
      const mayRead = ctx.meta.principal?.permissions.includes("health:read") === true;
      return mayRead ? { status, checks } : { status };
    },
  },

  created() {
    this.draining = false;
    this.monitor = new MemoryMonitor();
    this.loop = monitorEventLoopDelay({ resolution: 20 });
  },

  async started() {
    this.loop.enable();
    this.pulse = new DatabasePulse(this.database, this.logger);
    this.pulse.start();
    this.monitor.start();
    const { broker, database, monitor, pulse, logger } = this;
    this.endCollectionsWatch = watchCollections(broker);
    this.nats = new NatsWatch(broker);
    if (broker.isMetricsEnabled()) await setBuildInfo(broker);
    const sampler = new Sampler({ broker, database, monitor, pulse });
    this.sampler = new Poller({
      name: "memory monitor",
      interval: this.settings.interval,
      logger,
      work: () => sampler.round().then(() => false),
    });
    this.sampler.start();
  },

  async stopped() {
    this.draining = true;
    this.loop.disable();
    this.monitor.stop();
    this.endCollectionsWatch?.();
    this.nats?.stop();
    await this.sampler?.stop();
    await this.pulse?.stop();
  },
} satisfies ServiceSchema<HealthSettings, object, HealthLocals>;
