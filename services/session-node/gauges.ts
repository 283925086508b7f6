/** Gauges of this session node, as it reports them. */
import type { ServiceBroker } from "moleculer";
import type { DriverUsage, NodeStatus } from "../../contracts/node-status.ts";
import { SESSION_STATES } from "../../contracts/states.ts";
import { gauge, setGauges } from "../../metrics/metrics.ts";
import { gaugesMixin } from "../../mixins/gauges.mixin.ts";

/** ms for the node to answer; without an answer its gauges keep their values. */
const TIMEOUT = 3_000;

export const sessionNodeGauges = gaugesMixin(async (broker) => {
  const local = { nodeID: broker.nodeID, timeout: TIMEOUT };
  setNode(broker, await broker.call<NodeStatus, object>("session-node.nodeStatus", {}, local));
  const usage = await broker.call<DriverUsage | null, object>("session-node.driverUsage", {}, local);
  if (usage !== null) setBrowsers(broker, usage);
});

function setNode(broker: ServiceBroker, { sessions, threadHeaps, leaseRemaining, queuePauses }: NodeStatus): void {
  for (const state of SESSION_STATES) gauge(broker, "wa_session_state", { state }, sessions[state] ?? 0);
  for (const [reason, paused] of Object.entries(queuePauses)) gauge(broker, "wa_lanes_paused", { reason }, paused);
  gauge(broker, "wa_node_lease_remaining_seconds", {}, leaseRemaining / 1_000);
  setGauges(
    broker,
    "wa_thread_heap_bytes",
    threadHeaps.map((bytes, thread) => [{ thread: String(thread) }, bytes]),
  );
}

function setBrowsers(broker: ServiceBroker, usage: DriverUsage): void {
  gauge(broker, "chromium_processes", {}, usage.processes);
  gauge(broker, "chromium_orphans", {}, usage.orphans);
  gauge(broker, "zombie_processes", {}, usage.zombies);
  const sizes = usage.browsers.map(({ bytes }) => bytes).toSorted((a, b) => a - b);
  const quantiles = sizes.length === 0 ? [] : [0.5, 0.9, 1];
  setGauges(
    broker,
    "chromium_memory_bytes",
    quantiles.map((quantile) => [{ quantile: String(quantile) }, sizes[Math.ceil(quantile * sizes.length) - 1]!]),
  );
}
