/** The WPP_ variables: names, accepted values, defaults and meanings. */
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { Plan } from "./plans.ts";
import { isPostgresUrl } from "./postgres-url.ts";

export const SERVICE_NAMES = [
  "api-gateway",
  "auth",
  "tenant",
  "session",
  "session-node",
  "cluster",
  "message",
  "event",
  "profile",
  "call",
  "contact",
  "group",
  "channel",
  "business",
  "presence",
  "webhook",
  "backup",
  "analytics",
  "health",
  "sandbox",
] as const;

/** A service that `WPP_SERVICES` may name. */
export type ServiceName = (typeof SERVICE_NAMES)[number];

/** A decimal integer in a range. Without the check a blank would be 0, and 0x10 sixteen. */
function integer(min: number, max: number) {
  return z
    .string()
    .regex(/^-?\d+$/, "must be an integer")
    .transform(Number)
    .pipe(z.number().min(min).max(max));
}

/** A decimal number of seconds in a range; milliseconds for the program. */
function seconds(min: number, max: number) {
  return z
    .string()
    .regex(/^\d+(?:\.\d{1,3})?$/, "must be a number of seconds, such as 12 or 1.5")
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .transform((value) => Math.round(value * 1_000));
}

/** A name of a zone or of a group of nodes. */
const label = z.string().regex(/^[\w.-]{1,60}$/, "must be 1 to 60 letters, digits, dots, dashes or underscores");

const postgresUrl = z
  .string()
  .refine(isPostgresUrl, "must be postgres://user:password@host:5432/name; several hosts are separated by commas");

const folder = z.string().refine((text) => !text.includes("://"), "must be the path of a folder, not a URL");

const commaList = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== ""),
);

const cidrs = commaList.refine(
  (items) => items.every((item) => ipaddr.isValidCIDR(item)),
  "must be a comma-separated list of CIDR ranges such as 10.0.0.0/8",
);

const origins = commaList.refine(
  (items) => items.every((item) => URL.canParse(item) && /^https?:/.test(item) && new URL(item).origin === item),
  "must be a comma-separated list of origins such as https://app.example.com, without a path",
);

function isTracing(text: string): boolean {
  return text === "off" || text === "log" || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol));
}

/** Every variable by its name. */
export const Variables = z.object({
  WPP_PORT: integer(0, 65535).default(3000).describe("HTTP port; 0 picks a free one"),
  WPP_HOST: z.string().default("127.0.0.1").describe("Address to listen on; 0.0.0.0 in a container"),
  WPP_DATA_DIR: folder
    .default("./data")
    .describe("Directory of the database, profiles, media and secrets; created with mode 0700"),
  WPP_DATABASE_URL: postgresUrl
    .optional()
    .describe("postgres://…, of a primary and its standbys with commas; SQLite in the data directory when absent"),
  WPP_DATABASE_READ_URL: postgresUrl.optional().describe("Read replicas, for lists and analytics"),
  WPP_DATABASE_POOL: integer(2, 200).default(12).describe("Maximum number of PostgreSQL connections of this process"),
  WPP_NATS_URL: z
    .url({ protocol: /^(nats|tls)$/ })
    .optional()
    .describe("nats://…; without it the system runs in a single process"),
  WPP_REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe("redis://… for the cache and rate limits; held in memory when absent"),
  WPP_START_WAIT: integer(0, 3_600)
    .default(60)
    .describe("Seconds to wait at the start for PostgreSQL, NATS and Redis that do not answer yet"),
  WPP_SERVICES: commaList
    .pipe(z.array(z.enum(SERVICE_NAMES)).min(1))
    .optional()
    .describe("Comma-separated services of this process; all by default"),
  WPP_NODE_ID: z
    .string()
    .regex(/^[\w.~-]{1,60}$/, "must be 1 to 60 letters, digits, dots, dashes, tildes or underscores")
    .optional()
    .describe("Name of this process in the cluster; derived from the host name when absent"),
  WPP_NODE_ZONE: label
    .optional()
    .describe("Zone of this session node, such as a data centre; sessions may ask for a zone"),
  WPP_NODE_GROUP: label.optional().describe("Group of this session node; sessions may ask for a group"),
  WPP_NODE_MEMORY: integer(1, 100_000_000)
    .optional()
    .describe(
      "Memory for sessions on this node in MB, by which sessions are shared out; three quarters of what it has by default",
    ),
  WPP_BROWSER_MAX_MEMORY: integer(0, 1_000_000)
    .default(1_500)
    .describe("MB of memory beyond which a session's browser is restarted at a quiet moment; 0 for no limit"),
  WPP_BROWSER_MAX_AGE: seconds(0, 31_536_000)
    .default(604_800_000)
    .describe("Seconds after which a session's browser is restarted at a quiet moment; 0 for no limit"),
  WPP_LEASE_TTL: seconds(1, 600)
    .default(12_000)
    .describe("Seconds after which the sessions of a silent node are taken over by others"),
  WPP_LEASE_RENEW: seconds(0.1, 120).default(1_500).describe("Seconds between two signs of life of a session node"),
  WPP_LEASE_FENCE: seconds(0.2, 500)
    .default(6_000)
    .describe("Seconds without an answer of the database after which a session node ends its browsers"),
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
    .regex(/^\d+\.\d+\.(?:\d+|x)(?:-[\w.]+)?$/, "must be a version such as 2.3000.x")
    .optional()
    .describe("WhatsApp Web version to pin, such as 2.3000.x; the current one when absent"),
  WPP_FFMPEG: z
    .string()
    .optional()
    .describe("Path of ffmpeg, which converts media; found in PATH when absent. off: nothing is converted"),
  WPP_THREADS: integer(0, 64).default(2).describe("Worker threads for session actors; 0 runs them in the main thread"),
  WPP_MAX_SESSIONS: integer(1, Number.MAX_SAFE_INTEGER)
    .default(10_000)
    .describe("Maximum number of sessions on this node; allow 0.5 to 1 GB for each browser"),
  WPP_ALLOW_PRIVATE_URLS: cidrs.optional().describe("Private CIDR ranges that webhooks and media URLs may reach"),
  WPP_CORS_ORIGINS: origins
    .optional()
    .describe("Comma-separated origins from which browsers may call; none by default"),
  WPP_TRUSTED_PROXIES: cidrs
    .optional()
    .describe("CIDR ranges of trusted proxies; X-Forwarded-For is accepted from them only"),
  WPP_MAX_MEDIA_MB: integer(1, 100).default(16).describe("Maximum size of decoded media, in MB"),
  WPP_RATE_LIMIT: integer(1, Number.MAX_SAFE_INTEGER)
    .default(60_000)
    .describe("Maximum number of requests per minute and tenant"),
  WPP_BACKUP_DIR: folder
    .optional()
    .describe(
      "Backup directory, shared by all processes of the backup service; `backups` in the data directory when absent",
    ),
  WPP_MASTER_KEY: z
    .string()
    .min(32)
    .optional()
    .describe("At least 32 characters; all other keys are derived from it. Created in the data directory when absent"),
  WPP_METRICS_PORT: integer(1, 65535)
    .optional()
    .describe("Port of the Prometheus metrics, at /metrics; without it no metrics are collected"),
  WPP_METRICS_HOST: z.string().default("127.0.0.1").describe("Address on which the metrics port listens"),
  WPP_COMPAT_WPPCONNECT_PORT: integer(0, 65535)
    .optional()
    .describe(
      "Port for clients of wppconnect-server, with its routes; 0 picks a free one, absent: they are not served",
    ),
  WPP_COMPAT_WPPCONNECT_NETWORK: z
    .enum(["whatsapp", "sandbox"])
    .default("whatsapp")
    .describe("Network of the sessions that those clients make: whatsapp or sandbox"),
  WPP_TRACING: z
    .string()
    .refine(isTracing, "must be off, log, or the URL of a Zipkin collector such as http://zipkin:9411")
    .default("off")
    .describe(
      "Traces of calls between services: off, log (all, for debugging), or the URL of a Zipkin collector (10 a second)",
    ),
  WPP_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/, "must be a commit's hash, of 7 to 64 hexadecimal digits")
    .optional()
    .describe("The running commit, for the metric build_info; set when an image is built"),
  WPP_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace"]).default("info"),
  WPP_LOG_FORMAT: z.enum(["pretty", "json"]).optional().describe("json when NODE_ENV is production"),
});

/** Variables with secrets: `NAME_FILE` may name a file with the value, and the value is never shown. */
export const SECRET = new Set([
  "WPP_MASTER_KEY",
  "WPP_DATABASE_URL",
  "WPP_DATABASE_READ_URL",
  "WPP_NATS_URL",
  "WPP_REDIS_URL",
]);
