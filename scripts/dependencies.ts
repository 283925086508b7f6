/**
 * Waits for the servers that the configuration names. In a cluster everything starts at the same time: a process that
 * exits because its database is a second behind would only be restarted in a loop.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { connect } from "nats";
import { ConfigError, type Config } from "../contracts/config.ts";
import { codeOf } from "../contracts/errors.ts";
import { findServer } from "../db/postgres-hosts.ts";
import { DependencyError } from "./start-errors.ts";

/** ms for one attempt, and between two. */
const ATTEMPT = 3_000;
const INTERVAL = 1_000;
/** ms between two notices of what the process waits for. */
const REMINDER = 15_000;

interface Dependency {
  readonly name: string;
  readonly variable: string;
  /** Connects once and disconnects. */
  readonly probe: () => Promise<unknown>;
}

/** Resolves when all of them answer. Throws DependencyError for one that does not within the configured time. */
export async function waitForDependencies(config: Config): Promise<void> {
  const deadline = Date.now() + config.startWait * 1_000;
  for (const dependency of dependenciesOf(config)) await waitFor(dependency, deadline);
}

export function dependenciesOf({ databaseUrl, databaseReadUrl, natsUrl, redisUrl }: Config): Dependency[] {
  const given = <T extends string>(
    url: T | null,
    name: string,
    variable: string,
    probe: (url: T) => Promise<unknown>,
  ) => (url === null ? [] : [{ name, variable, probe: () => probe(url) }]);
  return [
    ...given(databaseUrl, "PostgreSQL", "WPP_DATABASE_URL", (url) => findServer(url, "primary", ATTEMPT)),
    // Without an answer the primary serves what the replica would; wrong credentials are a mistake.
    ...given(databaseReadUrl, "The read replica", "WPP_DATABASE_READ_URL", (url) =>
      findServer(url, "replica", ATTEMPT).catch((error: unknown) => {
        if (isRefusal(error)) throw error;
      }),
    ),
    ...given(natsUrl, "NATS", "WPP_NATS_URL", probeNats),
    ...given(redisUrl, "Redis", "WPP_REDIS_URL", probeRedis),
  ];
}

async function waitFor({ name, variable, probe }: Dependency, deadline: number): Promise<void> {
  for (let remindAt = 0; ; await pause(INTERVAL)) {
    try {
      await probe();
      return;
    } catch (error) {
      if (isRefusal(error)) throw refusalOf(error, variable);
      const cause = describe(error);
      if (Date.now() >= deadline)
        throw new DependencyError(
          `${name} at ${variable} does not answer (${cause}). Check that it is running and can be reached from here; ` +
            "WPP_START_WAIT is the number of seconds to wait for it",
        );
      if (Date.now() < remindAt) continue;
      remindAt = Date.now() + REMINDER;
      const seconds = Math.ceil((deadline - Date.now()) / 1_000);
      process.stderr.write(`Waiting for ${name} at ${variable} (${cause}), for ${seconds} s at most …\n`);
    }
  }
}

/** Credentials that are not accepted do not become right by waiting. */
function isRefusal(error: unknown): boolean {
  const text = error instanceof Error ? error.message : String(error);
  return (
    /^(?:28|3D)/.test(codeOf(error) ?? "") || /WRONGPASS|NOAUTH|invalid password|authorization violation/i.test(text)
  );
}

/** PostgreSQL's own codes are explained with those of the start. */
function refusalOf(error: unknown, variable: string): unknown {
  if (/^(?:28|3D)/.test(codeOf(error) ?? "") && variable === "WPP_DATABASE_URL") return error;
  return new ConfigError(`${variable}: the server does not accept these credentials (${describe(error)})`);
}

/** Never with the URL, which may hold a password. */
export function describe(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return message === "" || message.includes("://") ? (code ?? "no answer") : message;
}

async function probeNats(url: string): Promise<void> {
  // The client ignores the credentials in a URL; the broker takes them from there, as they are.
  const { host, username, password } = new URL(url);
  const connection = await connect({
    servers: host,
    ...(username === "" ? {} : { user: username, pass: password }),
    ...(url.startsWith("tls:") ? { tls: {} } : {}),
    timeout: ATTEMPT,
    reconnect: false,
  });
  await connection.close();
}

async function probeRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ATTEMPT,
    commandTimeout: ATTEMPT,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let failure: unknown;
  client.on("error", (error: unknown) => (failure = error));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    throw failure ?? error;
  } finally {
    client.disconnect();
  }
}
