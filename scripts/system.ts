/** The system in one process: a broker with the services that the configuration names, started, and stopped in order. */
import { ServiceBroker, type Service, type ServiceSchema } from "moleculer";
import type { Config, ServiceName } from "../contracts/config.ts";
import { createBrokerOptions } from "../moleculer.config.ts";

export interface RunningSystem {
  readonly broker: ServiceBroker;
  /** Where the gateway listens; null when this process has none. */
  readonly origin: string | null;
  /** Stops everything, once; bounded by the caller. */
  stop(): Promise<void>;
}

/** What is taken away first: the way in, then the sessions, which need all the others to end well. */
const STOP_FIRST: readonly ServiceName[] = ["api-gateway", "session"];

/** Starts the services; what was started is stopped again when one of them cannot. */
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
  // Those in front see it first, while requests are still answered.
  if (broker.getLocalService("health") !== undefined)
    await broker.call("health.drain", {}, { nodeID: broker.nodeID, timeout: 1_000 }).catch(() => undefined);
  for (const name of STOP_FIRST) {
    const service = broker.getLocalService(name) as Service | null;
    if (service !== null && service !== undefined) await broker.destroyService(service);
  }
  await broker.stop();
}

/** The gateway's own word on its port: with WPP_PORT=0 only it knows. */
function originOf(broker: ServiceBroker, config: Config): string | null {
  const gateway = broker.getLocalService("api-gateway") as unknown as {
    server?: { address(): { port: number } | string | null };
  } | null;
  const address = gateway?.server?.address();
  if (typeof address !== "object" || address === null) return null;
  const host = config.host === "0.0.0.0" || config.host === "::" ? "127.0.0.1" : config.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}
