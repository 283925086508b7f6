/** Turns the events of a session node into metrics. */
import type { ServiceBroker } from "moleculer";
import { systemNow } from "../../concurrency/clock.ts";
import type { NodeEvent, NodeEventListener } from "../../actors/node-events.ts";
import { priorityName } from "../../contracts/message-kinds.ts";
import type { SessionState } from "../../contracts/states.ts";
import { count, observe } from "../../metrics/metrics.ts";

/** States in which a session sends and receives messages. */
const UP: ReadonlySet<SessionState> = new Set(["connected", "degraded"]);

/** A listener that updates the metrics; it does nothing while metrics are off. */
export function createNodeMetrics(broker: ServiceBroker): NodeEventListener {
  return broker.isMetricsEnabled() ? (event) => recordNodeEvent(broker, event) : () => undefined;
}

function recordNodeEvent(broker: ServiceBroker, event: NodeEvent): void {
  switch (event.type) {
    case "attempt":
      return countAttempt(broker, event);
    case "finished":
      return count(broker, "wa_messages_finished_total", { status: event.status, code: event.code });
    case "renewal":
      if (!event.renewed) count(broker, "wa_node_lease_renew_failures_total", {});
      return observe(broker, "wa_node_lease_renew_duration_seconds", {}, event.ms / 1_000);
    case "left":
      return count(broker, "wa_node_fenced_total", { reason: event.reason });
    case "claimed":
      return event.isTakeover ? count(broker, "wa_session_takeovers_total", {}) : undefined;
    case "restored":
      return count(broker, "wa_messages_restored_total", {}, event.count);
    case "start":
      return count(broker, "wa_session_starts_total", { result: event.result });
    case "connected":
      return observe(broker, "wa_session_start_duration_seconds", {}, event.ms / 1_000);
    case "state":
      return countState(broker, event);
    case "qr":
      return count(broker, "wa_qr_generated_total", {});
    case "unknown_shape":
      return count(broker, "wa_unknown_shapes_total", { source: event.source }, event.count);
    case "refused":
      return count(broker, "wa_epoch_rejections_total", { op: event.eventType });
  }
}

function countAttempt(
  broker: ServiceBroker,
  { outcome, isLookup, message, ms }: Extract<NodeEvent, { type: "attempt" }>,
): void {
  count(broker, isLookup ? "wa_reconcile_total" : "wa_send_attempts_total", { result: outcome });
  if (outcome !== "sent") return;
  if (!isLookup) observe(broker, "wa_send_duration_seconds", { kind: message.type }, ms / 1_000);
  const waited = Math.max(0, systemNow() - (message.send_at ?? message.created_at));
  observe(broker, "wa_accept_to_sent_seconds", { priority: priorityName(message.priority) }, waited / 1_000);
}

function countState(broker: ServiceBroker, { state, reason, before }: Extract<NodeEvent, { type: "state" }>): void {
  if (UP.has(before) && !UP.has(state)) count(broker, "wa_session_disconnects_total", { reason });
  if (state === "logged_out" && before !== "logged_out") count(broker, "wa_logged_out_total", { reason });
  if (state === "degraded" && reason === "page_frozen") count(broker, "wa_page_heartbeat_failures_total", {});
  if (reason === "conflict") count(broker, "wa_conflicts_total", {});
}
