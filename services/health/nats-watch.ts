/** Follows the connection to NATS. Its client makes it anew by itself and tells the framework nothing of it. */
import type { ServiceBroker } from "moleculer";
import type { NatsConnection } from "nats";
import { count, gauge } from "../../mixins/metrics.ts";

/** The transporter's client, which the framework's types leave out; undefined without NATS. */
function clientOf(broker: ServiceBroker): NatsConnection | undefined {
  const { tx } = (broker.transit ?? {}) as { tx?: { client?: NatsConnection | null } };
  return tx?.client ?? undefined;
}

/** Begins to count; returns what ends it. */
export function watchNats(broker: ServiceBroker): () => void {
  const client = broker.isMetricsEnabled() ? clientOf(broker) : undefined;
  if (client === undefined) return () => undefined;
  const statuses = client.status();
  gauge(broker, "nats_connected", {}, 1);
  count(broker, "nats_reconnects_total", {}, 0);
  const follow = async () => {
    for await (const { type } of statuses) {
      if (type === "disconnect") gauge(broker, "nats_connected", {}, 0);
      if (type !== "reconnect") continue;
      gauge(broker, "nats_connected", {}, 1);
      count(broker, "nats_reconnects_total", {});
    }
    gauge(broker, "nats_connected", {}, 0);
  };
  follow().catch((error: unknown) => broker.logger.warn("NATS is not watched any more", { error: String(error) }));
  return () => {
    if ("stop" in statuses && typeof statuses.stop === "function") statuses.stop();
  };
}
