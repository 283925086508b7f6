/**
 * The configuration: read once at start from WPP_ variables. Invalid values prevent the start, with a message for
 * each.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { Plan } from "./plans.ts";
import { validationMessages } from "./validation-messages.ts";

export const SERVICE_NAMES = [
  "api-gateway",
  "auth",
  "tenant",
  "session",
  "message",
  "event",
  "contact",
  "group",
  "presence",
  "webhook",
  "backup",
  "analytics",
  "health",
  "sandbox",
] as const;

/** A service that `WPP_SERVICES` may name. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

const commaList = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

const cidrs = commaList.refine(
  (items) => items.every((item) => /^[0-9a-fA-F:.]+\/\d{1,3}$/.test(item)),
  "must be a comma-separated list of CIDR ranges such as 10.0.0.0/8",
);

const Variables = z.object({
  WPP_PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe("HTTP port; 0 picks a free one"),
  WPP_HOST: z.string().default("127.0.0.1").describe("Address to listen on; 0.0.0.0 in a container"),
  WPP_DATA_DIR: z
    .string()
    .min(1)
    .default("./data")
    .describe("Directory of the database, profiles, media and secrets; created with mode 0700"),
  WPP_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("postgres://…; SQLite in the data directory when absent"),
  WPP_DATABASE_READ_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe("A read replica for analytics"),
  WPP_DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(2)
    .max(200)
    .default(12)
    .describe("Maximum number of PostgreSQL connections of this process"),
  WPP_NATS_URL: z
    .url({ protocol: /^(nats|tls)$/ })
    .optional()
    .describe("nats://…; without it the system runs in a single process"),
  WPP_REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe("redis://… for the cache and rate limits; held in memory when absent"),
  WPP_SERVICES: commaList
    .pipe(z.array(z.enum(SERVICE_NAMES)).min(1))
    .optional()
    .describe("Comma-separated services of this process; all by default"),
  WPP_NODE_ID: z
    .string()
    .regex(/^[\w.~-]{1,60}$/)
    .optional()
    .describe("Name of this process in the cluster; derived from the host name when absent"),
  WPP_SIGNUP: z.enum(["open", "closed"]).default("closed").describe("Whether anyone may register a tenant"),
  WPP_SIGNUP_PLAN: Plan.default("enterprise").describe(
    "Plan of tenants that register themselves; it can be changed later",
  ),
  WPP_SANDBOX: z
    .enum(["on", "off"])
    .optional()
    .describe("The simulated WhatsApp network; on unless NODE_ENV is production"),
  WPP_SANDBOX_HOST: z.string().default("127.0.0.1").describe("Address on which the sandbox listens for its devices"),
  WPP_CHROMIUM: z.string().optional().describe("Path of a Chromium binary (not a wrapper script)"),
  WPP_CHROMIUM_SANDBOX: z
    .enum(["on", "off"])
    .optional()
    .describe("Chromium's own sandbox; off by default for root, where it cannot work"),
  WPP_WEB_VERSION: z
    .string()
    .optional()
    .describe("WhatsApp Web version to pin, such as 2.3000.x; the current one when absent"),
  WPP_THREADS: z.coerce
    .number()
    .int()
    .min(0)
    .max(64)
    .default(2)
    .describe("Worker threads for session actors; 0 runs them in the main thread"),
  WPP_MAX_SESSIONS: z.coerce
    .number()
    .int()
    .min(1)
    .default(10_000)
    .describe("Maximum number of sessions on this node; allow 0.5 to 1 GB for each browser"),
  WPP_ALLOW_PRIVATE_URLS: cidrs.optional().describe("Private CIDR ranges that webhooks and media URLs may reach"),
  WPP_CORS_ORIGINS: commaList
    .optional()
    .describe("Comma-separated origins from which browsers may call; none by default"),
  WPP_TRUSTED_PROXIES: cidrs
    .optional()
    .describe("CIDR ranges of trusted proxies; X-Forwarded-For is honoured from them only"),
  WPP_MAX_MEDIA_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(16)
    .describe("Maximum size of decoded media, in MB"),
  WPP_RATE_LIMIT: z.coerce
    .number()
    .int()
    .min(1)
    .default(60_000)
    .describe("Maximum number of requests per minute and tenant"),
  WPP_BACKUP_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Backup directory, shared by all processes of the backup service; `backups` in the data directory when absent",
    ),
  WPP_MASTER_KEY: z
    .string()
    .min(32)
    .optional()
    .describe("At least 32 characters; all other keys are derived from it. Created in the data directory when absent"),
  WPP_METRICS_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe("Port of the Prometheus metrics, at /metrics; without it no metrics are collected"),
  WPP_METRICS_HOST: z.string().default("127.0.0.1").describe("Address on which the metrics port listens"),
  WPP_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional()
    .describe("The running commit, for the metric build_info; set when an image is built"),
  WPP_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  WPP_LOG_FORMAT: z.enum(["pretty", "json"]).optional().describe("json when NODE_ENV is production"),
});

const SECRET = new Set([
  "WPP_MASTER_KEY",
  "WPP_DATABASE_URL",
  "WPP_DATABASE_READ_URL",
  "WPP_NATS_URL",
  "WPP_REDIS_URL",
]);

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
  readonly services: readonly ServiceName[];
  readonly nodeId: string | null;
  readonly signup: "open" | "closed";
  readonly signupPlan: Plan;
  readonly sandbox: boolean;
  readonly sandboxHost: string;
  readonly chromium: { readonly path: string | null; readonly sandbox: boolean; readonly webVersion: string | null };
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
    values[name] = environment[name] === "" ? undefined : environment[name];
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

function findUnknownNames(environment: Environment): string[] {
  const known = new Set(
    Object.keys(Variables.shape).flatMap((name) => (SECRET.has(name) ? [name, `${name}_FILE`] : [name])),
  );
  return Object.keys(environment)
    .filter((name) => name.startsWith("WPP_") && !known.has(name))
    .map((name) => `${name} is not a known setting; known settings: ${[...known].sort().join(", ")}`);
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
    services: services.filter((name) => name !== "sandbox" || sandbox),
    nodeId: given.WPP_NODE_ID ?? null,
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
    threads: given.WPP_THREADS,
    maxSessions: given.WPP_MAX_SESSIONS,
    allowPrivateUrls: given.WPP_ALLOW_PRIVATE_URLS ?? [],
    corsOrigins: given.WPP_CORS_ORIGINS ?? [],
    trustedProxies: given.WPP_TRUSTED_PROXIES ?? [],
    maxMediaBytes: given.WPP_MAX_MEDIA_MB * 1024 * 1024,
    rateLimit: given.WPP_RATE_LIMIT,
    metrics:
      given.WPP_METRICS_PORT === undefined ? null : { port: given.WPP_METRICS_PORT, host: given.WPP_METRICS_HOST },
    commit: given.WPP_COMMIT ?? null,
    backupDir: resolve(given.WPP_BACKUP_DIR ?? join(given.WPP_DATA_DIR, "backups")),
    masterKey: given.WPP_MASTER_KEY ?? null,
    logLevel: given.WPP_LOG_LEVEL,
    logFormat: given.WPP_LOG_FORMAT ?? (production ? "json" : "pretty"),
  };
}
