/** The configuration: read once at start from WPP_ variables, every value checked. A bad one refuses to start and says how to mend it. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { Plan } from "./plans.ts";

export const SERVICE_NAMES = [
  "api-gateway",
  "auth",
  "tenant",
  "session",
  "message",
  "contact",
  "group",
  "presence",
  "webhook",
  "backup",
  "analytics",
  "health",
  "sandbox",
] as const;

/** What `WPP_SERVICES` may name: the services that exist so far. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

const commaList = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

const cidrs = commaList.refine(
  (items) => items.every((item) => /^[0-9a-fA-F:.]+\/\d{1,3}$/.test(item)),
  "a comma list of CIDR ranges such as 10.0.0.0/8",
);

function isTracing(text: string): boolean {
  return text === "off" || text === "log" || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
}

const Variables = z.object({
  WPP_PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe("HTTP port; 0 takes a free one"),
  WPP_HOST: z.string().default("127.0.0.1").describe("Address to listen on; 0.0.0.0 in a container"),
  WPP_DATA_DIR: z
    .string()
    .min(1)
    .default("./data")
    .describe("Database, profiles, media and secrets; made with mode 0700"),
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
    .describe("PostgreSQL connections of this process at most"),
  WPP_NATS_URL: z
    .url({ protocol: /^(nats|tls)$/ })
    .optional()
    .describe("nats://…; one process without a broker when absent"),
  WPP_REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe("redis://… for cache and rate limits; memory when absent"),
  WPP_SERVICES: commaList
    .pipe(z.array(z.enum(SERVICE_NAMES)).min(1))
    .optional()
    .describe("The services of this process; all by default"),
  WPP_NODE_ID: z
    .string()
    .regex(/^[\w.~-]{1,60}$/)
    .optional()
    .describe("A name for this process in the cluster; made from the host's name when absent"),
  WPP_SIGNUP: z.enum(["open", "closed"]).default("closed").describe("Whether anyone may register a tenant"),
  WPP_SIGNUP_PLAN: Plan.default("enterprise").describe(
    "The plan of a tenant that signs up by itself; its quotas and limits can be changed later",
  ),
  WPP_SANDBOX: z.enum(["on", "off"]).optional().describe("The pretend WhatsApp; on unless NODE_ENV is production"),
  WPP_SANDBOX_HOST: z.string().default("127.0.0.1").describe("Where the sandbox listens for its devices"),
  WPP_CHROMIUM: z.string().optional().describe("Path of a Chromium binary (not a wrapper script)"),
  WPP_CHROMIUM_SANDBOX: z
    .enum(["on", "off"])
    .optional()
    .describe("Chromium's own sandbox; off when run as root, where it cannot work"),
  WPP_WEB_VERSION: z
    .string()
    .optional()
    .describe("WhatsApp Web version to pin, such as 2.3000.x; the live one when absent"),
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
    .describe("Sessions that this node runs at most; plan by 0.5 to 1 GB for each browser"),
  WPP_ALLOW_PRIVATE_URLS: cidrs
    .optional()
    .describe("CIDR ranges that webhooks and media URLs may reach although they are private"),
  WPP_CORS_ORIGINS: commaList.optional().describe("Origins that browsers may call from; none by default"),
  WPP_TRUSTED_PROXIES: cidrs
    .optional()
    .describe("CIDR ranges of the proxies in front; only their X-Forwarded-For is believed"),
  WPP_MAX_MEDIA_MB: z.coerce.number().int().min(1).max(100).default(16).describe("Largest decoded media, in MB"),
  WPP_RATE_LIMIT: z.coerce.number().int().min(1).default(60_000).describe("Requests per minute and tenant"),
  WPP_BACKUP_DIR: z
    .string()
    .min(1)
    .optional()
    .describe("Where backups lie; `backups` in the data directory when absent. Processes that serve backups share it"),
  WPP_MASTER_KEY: z
    .string()
    .min(32)
    .optional()
    .describe("At least 32 characters; other keys are derived from it. Made in the data directory when absent"),
  WPP_METRICS_PORT: z.coerce
    .number()
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe("Port of the Prometheus metrics, at /metrics; no metrics are kept without it"),
  WPP_METRICS_HOST: z.string().default("127.0.0.1").describe("Address of the metrics' port"),
  WPP_TRACING: z
    .string()
    .refine(isTracing, "off, log, or the URL of a Zipkin collector such as http://zipkin:9411 is expected")
    .default("off")
    .describe("Traces of calls between services: off, log (all, for debugging), or a Zipkin collector (10 a second)"),
  WPP_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional()
    .describe("The commit that runs, for the metric build_info; an image is built with it"),
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

/** Thrown when the configuration is not usable; its message is for people and names every mistake. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly databaseReadUrl: string | null;
  /** PostgreSQL connections at most. */
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
  /** Sessions that this node runs at most. */
  readonly maxSessions: number;
  readonly allowPrivateUrls: readonly string[];
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly maxMediaBytes: number;
  /** Requests per minute and tenant. */
  readonly rateLimit: number;
  /** Null keeps no metrics. */
  readonly metrics: { readonly port: number; readonly host: string } | null;
  /** Where traces go: the log, or a Zipkin collector's URL. Null records none. */
  readonly tracing: { readonly to: "log" } | { readonly to: "zipkin"; readonly url: string } | null;
  /** The commit that runs, where that is known. */
  readonly commit: string | null;
  /** Where backups lie. */
  readonly backupDir: string;
  readonly masterKey: string | null;
  readonly logLevel: "fatal" | "error" | "warn" | "info" | "debug" | "trace";
  readonly logFormat: "pretty" | "json";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `NAME_FILE` gives the value of NAME from a file, for secrets. */
function readSecretFiles(environment: Environment, mistakes: string[]): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const name of Object.keys(Variables.shape)) {
    values[name] = environment[name] === "" ? undefined : environment[name];
    const file = SECRET.has(name) ? environment[`${name}_FILE`] : undefined;
    if (file === undefined || file === "") continue;
    if (values[name] !== undefined) mistakes.push(`${name} and ${name}_FILE are both set; keep one of them`);
    try {
      values[name] = readFileSync(file, "utf8").trim();
    } catch (error) {
      mistakes.push(
        `${name}_FILE: "${file}" cannot be read (${error instanceof Error ? error.message : String(error)}); give the path of a readable file`,
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
    .map((name) => `${name} is not a setting of this system; accepted: ${[...known].sort().join(", ")}`);
}

/** Reads the configuration from the environment, or throws a ConfigError that names each mistake. */
export function readConfig(environment: Environment): Config {
  const mistakes = findUnknownNames(environment);
  const values = readSecretFiles(environment, mistakes);
  const parsed = Variables.safeParse(values);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0]);
    const given = SECRET.has(name) ? "a value that is not shown" : `"${values[name]}"`;
    const meaning = Variables.shape[name as keyof typeof Variables.shape].description;
    mistakes.push(`${name}: got ${given}; ${issue.message}${meaning === undefined ? "" : `. It is: ${meaning}`}`);
  }
  if (!parsed.success || mistakes.length > 0) {
    throw new ConfigError(
      `The configuration cannot be used:\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`,
    );
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
