/** Follows the connection to NATS. Its client makes it anew by itself and tells the framework nothing of it. */
import type { ServiceBroker } from "moleculer";
import type { NatsConnection } from "nats";
import { count, gauge } from "../../metrics/metrics.ts";

/** The transporter's client, which the framework's types leave out; undefined without NATS. */
function clientOf(broker: ServiceBroker): NatsConnection | undefined {
  const { tx } = (broker.transit ?? {}) as { tx?: { client?: NatsConnection | null } };
  return tx?.client ?? undefined;
}

export class NatsWatch {
  readonly #broker: ServiceBroker;
  readonly #statuses: ReturnType<NatsConnection["status"]> | undefined;
  #connected: boolean | undefined;

  /** Begins to watch; without NATS there is nothing to be seen. */
  constructor(broker: ServiceBroker) {
    this.#broker = broker;
    this.#statuses = clientOf(broker)?.status();
    if (this.#statuses === undefined) return;
    this.#note(true);
    count(broker, "nats_reconnects_total", {}, 0);
    this.#follow(this.#statuses).catch((error: unknown) =>
      broker.logger.warn("NATS is not watched any more", { error: String(error) }),
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
      if (type === "disconnect") this.#note(false);
      if (type !== "reconnect") continue;
      this.#note(true);
      count(this.#broker, "nats_reconnects_total", {});
    }
    this.#note(false);
  }

  #note(connected: boolean): void {
    this.#connected = connected;
    gauge(this.#broker, "nats_connected", {}, connected ? 1 : 0);
  }
}
