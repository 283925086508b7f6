/** Every few seconds: a sample of memory and loop, figures for metrics, and alerts told to the platform's administrators. */
import type { ServiceBroker } from "moleculer";
import type { Id } from "../../contracts/ids.ts";
import type { DriverUsage, NodeStatus } from "../../contracts/node-status.ts";
import type { Database } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { findPlatformTenants } from "../../db/statements/analytics/system-gauges.ts";
import { announceEvents } from "../../event-log/announce.ts";
import type { DatabasePulse } from "./database-pulse.ts";
import type { Alert, MemoryMonitor } from "./memory-monitor.ts";
import { setOwnFigures } from "./own-figures.ts";
import { setSystemFigures } from "./system-figures.ts";

/** What the session service of this process says; null when there is none. */
export async function askNode(broker: ServiceBroker): Promise<NodeStatus | null> {
  if (broker.getLocalService("session") === undefined) return null;
  return broker
    .call<NodeStatus, object>("session.nodeStatus", {}, { nodeID: broker.nodeID, timeout: 5_000 })
    .catch(() => null);
}

/** What the browsers of this process cost; null when it runs no sessions. */
async function askBrowsers(broker: ServiceBroker): Promise<DriverUsage | null> {
  if (broker.getLocalService("session") === undefined) return null;
  return broker
    .call<DriverUsage | null, object>("session.driverUsage", {}, { nodeID: broker.nodeID, timeout: 5_000 })
    .catch(() => null);
}

export interface SamplerParts {
  readonly broker: ServiceBroker;
  readonly database: Database;
  readonly monitor: MemoryMonitor;
  readonly pulse: DatabasePulse;
}

/** Alerts that wait for the database, at most. */
const KEPT = 100;

export class Sampler {
  readonly #parts: SamplerParts;
  /** Told to nobody yet: each is raised once only, and must not get lost while the database is away. */
  #untold: Alert[] = [];

  constructor(parts: SamplerParts) {
    this.#parts = parts;
  }

  /** One round; bad news is logged, and is an event (and so a webhook) for those who run the installation. */
  async round(): Promise<void> {
    const { broker, database, monitor, pulse } = this.#parts;
    // After a standstill our timer may come before the monitor's own, and the sample would throw away what that is about to note.
    await new Promise((resolve) => setImmediate(resolve));
    const alerts = monitor.sample();
    for (const alert of alerts) broker.logger[alert.active ? "warn" : "info"]("memory monitor", { ...alert });
    this.#untold = [...this.#untold, ...alerts].slice(-KEPT);
    const measures = broker.isMetricsEnabled();
    if (measures) {
      const [node, browsers] = [await askNode(broker), await askBrowsers(broker)];
      await setOwnFigures(broker, { database, sample: monitor.latest!, isDatabaseUp: pulse.isGood, node, browsers });
    }
    try {
      await this.#tell();
      if (measures) await setSystemFigures(broker, database);
    } catch (error) {
      // The next round is as good; samples must keep their distance all the same.
      broker.logger.warn("the database was not there for a sample", { error: String(error) });
    }
  }

  async #tell(): Promise<void> {
    const { broker, database } = this.#parts;
    const alerts = this.#untold;
    if (alerts.length === 0) return;
    const tenants = await findPlatformTenants(database);
    const drafts = tenants.flatMap((tenantId) =>
      alerts.map((alert) => ({
        type: "system.alert" as const,
        tenantId: tenantId as Id<"tenant">,
        sessionId: null,
        data: { node: broker.nodeID, ...alert },
      })),
    );
    await database.transaction((sql) => appendEvents(sql, drafts, Date.now()));
    this.#untold = [];
    announceEvents(broker);
  }
}
