/** Every few seconds: a sample of memory and loop, gauges for metrics, and alerts told to the platform's administrators. */
import type { ServiceBroker } from "moleculer";
import type { Id } from "../../contracts/ids.ts";
import type { NodeFacts } from "../../contracts/node-facts.ts";
import type { Database } from "../../db/database.ts";
import { appendEvents } from "../../db/statements/append-events.ts";
import { findPlatformTenants, readSystemGauges } from "../../db/statements/system-gauges.ts";
import { announceEvents } from "../../mixins/event-log.ts";
import { gauge } from "../../mixins/metrics.ts";
import type { Alert, MemoryMonitor } from "./memory-monitor.ts";

/** What the session service of this process says; null when there is none. */
export async function askNode(broker: ServiceBroker): Promise<NodeFacts | null> {
  if (broker.getLocalService("session") === undefined) return null;
  return broker.call<NodeFacts, object>("session.nodeFacts", {}, { nodeID: broker.nodeID, timeout: 5_000 }).catch(() => null);
}

/** One round; bad news is logged, and is an event (and so a webhook) for those who run the installation. */
export async function takeSample(broker: ServiceBroker, database: Database, monitor: MemoryMonitor): Promise<void> {
  const alerts = monitor.sample();
  for (const alert of alerts) broker.logger[alert.active ? "warn" : "info"]("memory monitor", { ...alert });
  if (alerts.length > 0) await tellAlerts(broker, database, alerts);
  if (broker.isMetricsEnabled()) await setGauges(broker, database, monitor);
}

async function tellAlerts(broker: ServiceBroker, database: Database, alerts: readonly Alert[]): Promise<void> {
  const tenants = await findPlatformTenants(database);
  const drafts = tenants.flatMap((tenantId) =>
    alerts.map((alert) => ({ type: "system.alert" as const, tenantId: tenantId as Id<"tenant">, sessionId: null, data: { node: broker.nodeID, ...alert } })),
  );
  await database.transaction((sql) => appendEvents(sql, drafts, Date.now()));
  announceEvents(broker);
}

async function setGauges(broker: ServiceBroker, database: Database, monitor: MemoryMonitor): Promise<void> {
  const { rss, heapUsed, heapLimit, external, delayP50, delayP99 } = monitor.latest!;
  for (const [kind, bytes] of Object.entries({ rss, heap_used: heapUsed, heap_limit: heapLimit, external })) gauge(broker, "wpp.memory.bytes", bytes, { kind });
  gauge(broker, "wpp.eventloop.delay.seconds", delayP50 / 1_000, { quantile: "0.5" });
  gauge(broker, "wpp.eventloop.delay.seconds", delayP99 / 1_000, { quantile: "0.99" });
  const node = await askNode(broker);
  for (const [state, sessions] of Object.entries(node?.sessions ?? {})) gauge(broker, "wpp.sessions", sessions, { state });
  for (const [thread, bytes] of (node?.threadHeaps ?? []).entries()) gauge(broker, "wpp.thread.heap.bytes", bytes, { thread: String(thread) });
  const { queue, oldestQueued, webhookBacklog } = await readSystemGauges(database);
  for (const { status, count } of queue) gauge(broker, "wpp.queue.depth", count, { status });
  gauge(broker, "wpp.queue.oldest.age.seconds", oldestQueued === null ? 0 : (Date.now() - oldestQueued) / 1_000);
  gauge(broker, "wpp.webhook.backlog", webhookBacklog);
}
