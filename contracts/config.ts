/**
 * The configuration: read once at start from WPP_ variables. Invalid values prevent the start, with a message for
 * each.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { leaseTimesOf, type LeaseTimes } from "./lease-times.ts";
import { SECRET, SERVICE_NAMES, Variables, type ServiceName } from "./config-variables.ts";
import type { Plan } from "./plans.ts";
import { findSimilar } from "./similar-name.ts";
import { validationMessages } from "./validation-messages.ts";

export { SERVICE_NAMES, type ServiceName } from "./config-variables.ts";

/** Thrown when the configuration is not usable; the message is for the operator and lists every mistake. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly databaseReadUrl: string | null;
  /** Maximum number of PostgreSQL connections. */
  readonly databasePool: number;
  readonly natsUrl: string | null;
  readonly redisUrl: string | null;
  /** Seconds to wait at the start for servers that do not answer yet. */
  readonly startWait: number;
  readonly services: readonly ServiceName[];
  readonly nodeId: string | null;
  /** Where this session node is, for sessions that ask for a zone or a group. */
  readonly zone: string | null;
  readonly nodeGroup: string | null;
  /** Memory for sessions in MB; null for a part of what the machine or container has. */
  readonly nodeMemory: number | null;
  /** Beyond these a session's browser is restarted at a quiet moment: bytes and ms, null for no limit. */
  readonly recycling: { readonly bytes: number | null; readonly age: number | null };
  readonly lease: LeaseTimes;
  readonly signup: "open" | "closed";
  readonly signupPlan: Plan;
  readonly sandbox: boolean;
  readonly sandboxHost: string;
  readonly chromium: { readonly path: string | null; readonly sandbox: boolean; readonly webVersion: string | null };
  /** Where ffmpeg is; a null path: in PATH. Null when nothing is to be converted. */
  readonly ffmpeg: { readonly path: string | null } | null;
  readonly threads: number;
  /** Maximum number of sessions on this node. */
  readonly maxSessions: number;
  readonly allowPrivateUrls: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly maxMediaBytes: number;
  /** Requests per minute and tenant. */
  readonly rateLimit: number;
  /** Null when no metrics are collected. */
  readonly metrics: { readonly port: number; readonly host: string } | null;
  /** The port for clients of wppconnect-server, and the network of the sessions they make; null: not served. */
  readonly wppconnectDoor: { readonly port: number; readonly network: "whatsapp" | "sandbox" } | null;
  /** Where traces go: the log, or a Zipkin collector's URL. Null records none. */
  readonly tracing: { readonly to: "log" } | { readonly to: "zipkin"; readonly url: string } | null;
  /** The running commit; null when unknown. */
  readonly commit: string | null;
  /** The backup directory. */
  readonly backupDir: string;
  readonly masterKey: string | null;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace";
  readonly logFormat: "pretty" | "json";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `NAME_FILE` names a file with the value of NAME, for secrets. */
function readSecretFiles(environment: Environment, mistakes: string[]): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(Variables.shape)) {
    // A blank value is the same as none, as compose files write it. The master key is used as it was given.
    const given = environment[name];
    const trimmed = given?.trim();
    values[name] = trimmed === "" ? undefined : name === "WPP_MASTER_KEY" ? given : trimmed;
    const file = SECRET.has(name) ? environment[`${name}_FILE`] : undefined;
    if (file === undefined || file === "") continue;
    if (values[name] !== undefined) mistakes.push(`${name} and ${name}_FILE are both set; set only one of them`);
    try {
      values[name] = readFileSync(file, "utf8").trim();
    } catch (error) {
      mistakes.push(
        `${name}_FILE: "${file}" cannot be read (${error instanceof Error ? error.message : String(error)}); ` +
          "it must be the path of a readable file",
      );
    }
  }
  return values;
}

/** Variables of commands that call a running system, such as `npm run qr`; a shell may have both. */
const OF_CLIENTS: ReadonlySet<string> = new Set(["WPP_URL", "WPP_TOKEN"]);

function findUnknownNames(environment: Environment): string[] {
  const known = Object.keys(Variables.shape).flatMap((name) => (SECRET.has(name) ? [name, `${name}_FILE`] : [name]));
  return Object.keys(environment)
    .filter((name) => name.startsWith("WPP_") && !known.includes(name) && !OF_CLIENTS.has(name))
    .map((name) => {
      const meant = findSimilar(name, known);
      const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
      return `${name} is not a known setting${hint} (.env.example lists all of them)`;
    });
}

/** Values that are right one by one, but not together. */
function findConflicts(given: z.output<typeof Variables>): string[] {
  const { WPP_PORT: port, WPP_METRICS_PORT: metrics, WPP_SERVICES: services } = given;
  const door = given.WPP_COMPAT_WPPCONNECT_PORT;
  const { mistakes } = leaseTimesOf(given.WPP_LEASE_TTL, given.WPP_LEASE_RENEW, given.WPP_LEASE_FENCE);
  const hasGateway = services === undefined || services.includes("api-gateway");
  if (hasGateway && port !== 0 && metrics === port)
    mistakes.push(`WPP_METRICS_PORT is ${port}, which is also WPP_PORT; choose another port for the metrics`);
  if (hasGateway && door !== undefined && door !== 0 && (door === port || door === metrics))
    mistakes.push(`WPP_COMPAT_WPPCONNECT_PORT is ${door}, which is taken by another setting; choose a port of its own`);
  return mistakes;
}

/** Reads the configuration from the environment, or throws a ConfigError that names each mistake. */
export function readConfig(environment: Environment): Config {
  const mistakes = findUnknownNames(environment);
  const values = readSecretFiles(environment, mistakes);
  const parsed = Variables.safeParse(values, validationMessages);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    const given = SECRET.has(name) ? "a value that is not shown" : `"${values[name]}"`;
    const meaning = Variables.shape[name as keyof typeof Variables.shape].description;
    mistakes.push(`${name} is ${given} but ${issue.message}${meaning === undefined ? "" : ` (${meaning})`}`);
  }
  if (parsed.success) mistakes.push(...findConflicts(parsed.data));
  if (!parsed.success || mistakes.length > 0) {
    throw new ConfigError(`The configuration is not valid:\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`);
  }
  return toConfig(parsed.data, environment["NODE_ENV"] === "production");
}

function toConfig(given: z.output<typeof Variables>, production: boolean): Config {
  const sandbox = given.WPP_SANDBOX === undefined ? !production : given.WPP_SANDBOX === "on";
  const services = given.WPP_SERVICES ?? SERVICE_NAMES;
  return {
    port: given.WPP_PORT,
    host: given.WPP_HOST,
    dataDir: resolve(given.WPP_DATA_DIR),
    databaseUrl: given.WPP_DATABASE_URL ?? null,
    databaseReadUrl: given.WPP_DATABASE_READ_URL ?? null,
    databasePool: given.WPP_DATABASE_POOL,
    natsUrl: given.WPP_NATS_URL ?? null,
    redisUrl: given.WPP_REDIS_URL ?? null,
    startWait: given.WPP_START_WAIT,
    services: services.filter((name) => name !== "sandbox" || sandbox),
    nodeId: given.WPP_NODE_ID ?? null,
    zone: given.WPP_NODE_ZONE ?? null,
    nodeGroup: given.WPP_NODE_GROUP ?? null,
    nodeMemory: given.WPP_NODE_MEMORY ?? null,
    recycling: {
      bytes: given.WPP_BROWSER_MAX_MEMORY === 0 ? null : given.WPP_BROWSER_MAX_MEMORY * 1024 * 1024,
      age: given.WPP_BROWSER_MAX_AGE === 0 ? null : given.WPP_BROWSER_MAX_AGE,
    },
    lease: leaseTimesOf(given.WPP_LEASE_TTL, given.WPP_LEASE_RENEW, given.WPP_LEASE_FENCE).times,
    signup: given.WPP_SIGNUP,
    signupPlan: given.WPP_SIGNUP_PLAN,
    sandbox,
    sandboxHost: given.WPP_SANDBOX_HOST,
    chromium: {
      path: given.WPP_CHROMIUM ?? null,
      sandbox:
        given.WPP_CHROMIUM_SANDBOX === undefined ? process.getuid?.() !== 0 : given.WPP_CHROMIUM_SANDBOX === "on",
      webVersion: given.WPP_WEB_VERSION ?? null,
    },
    ffmpeg: given.WPP_FFMPEG === "off" ? null : { path: given.WPP_FFMPEG ?? null },
    threads: given.WPP_THREADS,
    maxSessions: given.WPP_MAX_SESSIONS,
    allowPrivateUrls: given.WPP_ALLOW_PRIVATE_URLS ?? [],
    corsOrigins: given.WPP_CORS_ORIGINS ?? [],
    trustedProxies: given.WPP_TRUSTED_PROXIES ?? [],
    maxMediaBytes: given.WPP_MAX_MEDIA_MB * 1024 * 1024,
    rateLimit: given.WPP_RATE_LIMIT,
    metrics:
      given.WPP_METRICS_PORT === undefined ? null : { port: given.WPP_METRICS_PORT, host: given.WPP_METRICS_HOST },
    wppconnectDoor:
      given.WPP_COMPAT_WPPCONNECT_PORT === undefined
        ? null
        : { port: given.WPP_COMPAT_WPPCONNECT_PORT, network: given.WPP_COMPAT_WPPCONNECT_NETWORK },
    tracing: toTracing(given.WPP_TRACING),
    commit: given.WPP_COMMIT ?? null,
    backupDir: resolve(given.WPP_BACKUP_DIR ?? join(given.WPP_DATA_DIR, "backups")),
    masterKey: given.WPP_MASTER_KEY ?? null,
    logLevel: given.WPP_LOG_LEVEL,
    logFormat: given.WPP_LOG_FORMAT ?? (production ? "json" : "pretty"),
  };
}

function toTracing(text: string): Config["tracing"] {
  if (text === "off") return null;
  return text === "log" ? { to: "log" } : { to: "zipkin", url: text.replace(/\/+$/, "") };
}
