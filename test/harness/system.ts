/** A running system for tests: real services in one broker, a real database, a temporary directory and a free port. */
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ServiceBroker, type Service, type ServiceSchema } from "moleculer";
import { databaseEnvironment } from "./database.ts";
import { readConfig, type Config, type ServiceName } from "../../contracts/config.ts";
import { createCacher } from "../../access/caching/cache.ts";

export interface SystemOptions {
  readonly services: readonly ServiceName[];
  /** Further WPP_ variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Settings of a service, merged into its own. */
  readonly settings?: Readonly<Partial<Record<ServiceName, object>>>;
  /** Services that the test defines. */
  readonly extra?: readonly ServiceSchema[];
  /** An existing data directory, which then outlives the system. */
  readonly dataDir?: string;
}

export interface System {
  readonly broker: ServiceBroker;
  readonly config: Config;
  readonly dataDir: string;
  /** `http://127.0.0.1:<port>`; only with the service api-gateway. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The schema of a service of the system. */
export async function loadService(name: ServiceName): Promise<ServiceSchema> {
  const loaded = (await import(`../../services/${name}/${name}.service.ts`)) as { default: ServiceSchema };
  return loaded.default;
}

/** bcrypt's lowest cost: tests register many tenants. */
const CHEAP_PASSWORDS = { passwordCost: 4 };

/** Starts the named services; the caller must `stop` the system. */
export async function startSystem(options: SystemOptions): Promise<System> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "wpp-test-")));
  const config = readConfig({
    WPP_PORT: "0",
    WPP_DATA_DIR: dataDir,
    WPP_LOG_LEVEL: "error",
    ...(await databaseEnvironment(dataDir)),
    ...options.environment,
  });
  const broker = new ServiceBroker({
    logger:
      process.env["TEST_LOG"] === undefined ? false : { type: "Console", options: { level: process.env["TEST_LOG"] } },
    cacher: createCacher(config.redisUrl),
    wpp: config,
    skipProcessEventRegistration: true,
  });
  const settings: SystemOptions["settings"] = { auth: CHEAP_PASSWORDS, ...options.settings };
  for (const name of options.services)
    broker.createService({
      ...(await loadService(name)),
      ...withSettings(await loadService(name), settings[name]),
    });
  for (const schema of options.extra ?? []) broker.createService(schema);
  try {
    await broker.start();
  } catch (error) {
    await broker.stop();
    throw error;
  }
  const gateway = broker.getLocalService("api-gateway") as (Service & { server: Server }) | undefined;
  const url = gateway === undefined ? "" : `http://127.0.0.1:${(gateway.server.address() as AddressInfo).port}`;
  return {
    broker,
    config,
    dataDir,
    url,
    stop: async () => {
      await broker.stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function withSettings(schema: ServiceSchema, settings: object | undefined): Partial<ServiceSchema> {
  return settings === undefined ? {} : { settings: { ...schema.settings, ...settings } };
}

/** Repeats `probe` until its value is neither undefined nor false; throws after the deadline. */
export async function until<T>(
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  milliseconds = 10_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > deadline) throw new Error(`the condition was not met within ${milliseconds} ms`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
