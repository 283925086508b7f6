/** Samples memory and the event loop at an interval, and reports alerts to the platform's administrators as events. */
import type { ServiceBroker } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { findPlatformTenants } from "../../db/statements/analytics/system-gauges.ts";
import { announceEvents } from "../../event-log/announce.ts";
import type { Alert, MemoryMonitor } from "./memory-monitor.ts";

/** Most alerts kept while the database is down. */
const PENDING_LIMIT = 100;

export class AlertReporter {
  readonly #broker: ServiceBroker;
  readonly #database: Database;
  readonly #monitor: MemoryMonitor;
  /** Not yet in the event log: each alert is raised only once and must survive an outage of the database. */
  #pending: Alert[] = [];

  constructor(broker: ServiceBroker, database: Database, monitor: MemoryMonitor) {
    this.#broker = broker;
    this.#database = database;
    this.#monitor = monitor;
  }

  /** Takes one sample; logs alerts and appends them to the event log, from which webhooks and sockets get them. */
  async sample(): Promise<void> {
    const { logger } = this.#broker;
    // After a blocked event loop this timer may fire before the monitor's own; sampling now would discard that delay.
    await new Promise((resolve) => setImmediate(resolve));
    const alerts = this.#monitor.sample();
    for (const alert of alerts) logger[alert.active ? "warn" : "info"]("memory monitor", { ...alert });
    this.#pending = [...this.#pending, ...alerts].slice(-PENDING_LIMIT);
    try {
      await this.#append();
    } catch (error) {
      // Retried with the next sample. A failed run would delay that sample, and samples must be evenly spaced.
      logger.warn("alerts could not be stored", { error: String(error) });
    }
  }

  async #append(): Promise<void> {
    const alerts = this.#pending;
    if (alerts.length === 0) return;
    const tenants = await findPlatformTenants(this.#database);
    const drafts = tenants.flatMap((tenantId) =>
      alerts.map((alert) => ({
        type: "system.alert" as const,
        tenantId: tenantId as Id<"tenant">,
        sessionId: null,
        data: { node: this.#broker.nodeID, ...alert },
      })),
    );
    await this.#database.transaction((sql) => appendEvents(sql, drafts, systemNow()));
    this.#pending = [];
    announceEvents(this.#broker);
  }
}
