/** Monitors the connection to NATS. The client reconnects automatically and does not report that to Moleculer. */
import type { ServiceBroker } from "moleculer";
import type { NatsConnection } from "nats";
import { count, gauge } from "../../metrics/metrics.ts";

/** The transporter's client, which is missing in Moleculer's types; undefined without NATS. */
function clientOf(broker: ServiceBroker): NatsConnection | undefined {
  const { tx } = (broker.transit ?? {}) as { tx?: { client?: NatsConnection | null } };
  return tx?.client ?? undefined;
}

export class NatsMonitor {
  readonly #broker: ServiceBroker;
  readonly #statuses: ReturnType<NatsConnection["status"]> | undefined;
  #connected: boolean | undefined;

  /** Starts to monitor the connection, if there is one. */
  constructor(broker: ServiceBroker) {
    this.#broker = broker;
    this.#statuses = clientOf(broker)?.status();
    if (this.#statuses === undefined) return;
    this.#setConnected(true);
    count(broker, "nats_reconnects_total", {}, 0);
    this.#follow(this.#statuses).catch((error: unknown) =>
      broker.logger.warn("the connection to NATS is no longer monitored", { error: String(error) }),
    );
  }

  /** Undefined without NATS. */
  get isConnected(): boolean | undefined {
    return this.#connected;
  }

  stop(): void {
    const statuses = this.#statuses;
    if (statuses !== undefined && "stop" in statuses && typeof statuses.stop === "function") statuses.stop();
  }

  async #follow(statuses: ReturnType<NatsConnection["status"]>): Promise<void> {
    for await (const { type } of statuses) {
      if (type === "disconnect") this.#setConnected(false);
      if (type !== "reconnect") continue;
      this.#setConnected(true);
      count(this.#broker, "nats_reconnects_total", {});
    }
    this.#setConnected(false);
  }

  #setConnected(connected: boolean): void {
    this.#connected = connected;
    gauge(this.#broker, "nats_connected", {}, connected ? 1 : 0);
  }
}
