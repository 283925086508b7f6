/** One process of the system: a broker with the configured services, started, and stopped in order. */
import { ServiceBroker, type Service, type ServiceSchema } from "moleculer";
import type { Config, ServiceName } from "../contracts/config.ts";
import { createBrokerOptions } from "../moleculer.config.ts";

export interface RunningSystem {
  readonly broker: ServiceBroker;
  /** The address of the gateway, such as http://127.0.0.1:3000; null when this process has none. */
  readonly origin: string | null;
  /** Stops everything. Idempotent; has no deadline. */
  stop(): Promise<void>;
}

/** Stopped first: the gateway, so that no requests arrive, then the sessions, which need the other services to stop. */
const STOP_FIRST: readonly ServiceName[] = ["api-gateway", "session-node"];

/** Starts the services; when one of them fails to start, stops the others and throws. */
export async function startSystem(config: Config): Promise<RunningSystem> {
  const broker = new ServiceBroker(createBrokerOptions(config));
  for (const name of config.services) {
    const { default: schema } = (await import(`../services/${name}/${name}.service.ts`)) as { default: ServiceSchema };
    broker.createService(schema);
  }
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopInOrder(broker));
  try {
    await broker.start();
    return { broker, origin: originOf(broker, config), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stopInOrder(broker: ServiceBroker): Promise<void> {
  // Readiness fails first, while requests are still served, so that load balancers stop sending them.
  if (broker.getLocalService("health") !== undefined)
    await broker.call("health.drain", {}, { nodeID: broker.nodeID, timeout: 1_000 }).catch(() => undefined);
  for (const name of STOP_FIRST) {
    const service = broker.getLocalService(name) as Service | null;
    if (service !== null && service !== undefined) await broker.destroyService(service);
  }
  await broker.stop();
}

/** Reads the port from the gateway's server, as WPP_PORT can be 0. */
function originOf(broker: ServiceBroker, config: Config): string | null {
  const gateway = broker.getLocalService("api-gateway") as unknown as {
    server?: { address(): { port: number } | string | null };
  } | null;
  const address = gateway?.server?.address();
  if (typeof address !== "object" || address === null) return null;
  const host = config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}
