/** Events of the tenant and of the installation: counts, webhooks, backups, quotas and alerts. */
import { z } from "zod";
import { AnalyticsUpdate } from "../analytics.ts";
import { event } from "./definition.ts";

const SESSION_ID = "ses_0195536f8c107d4ba2e15f3c9d7b6e04";
const WEBHOOK_ID = "whk_0195536f90aa7f1284d3b6c0e5a9172d";

/** The backup, and the activity on it. */
const backup = { backupId: z.string(), activity: z.enum(["creating", "verifying", "restoring"]) };
const BACKUP_ID = "bak_0195536fb2c3714e8a5d6f7091e2b3c4";

export const systemEvents = {
  "analytics.update": event({
    meaning: "Messages or sessions were counted; at most one a second for each tenant.",
    data: AnalyticsUpdate,
    example: {
      since: "2026-03-02T14:05:00.000Z",
      until: "2026-03-02T14:05:11.204Z",
      counts: { queued: 1, sent: 1 },
      sessions: { [SESSION_ID]: { queued: 1, sent: 1 } },
    },
    scope: "tenant",
    permission: "analytics:read",
    published: "socket",
  }),
  "webhook.test": event({
    meaning: "A test of one webhook endpoint, sent on request.",
    data: z.object({ webhookId: z.string(), message: z.string().describe("A text for people") }),
    example: {
      webhookId: WEBHOOK_ID,
      message: "This is a test: if you can verify its signature, everything is set up.",
    },
    scope: "tenant",
    permission: "webhook:read",
    published: "webhook",
  }),
  "webhook.disabled": event({
    meaning: "A webhook endpoint was disabled: see `reason`, which the endpoint has as `disabledReason`.",
    data: z.object({ webhookId: z.string(), url: z.string(), reason: z.enum(["gone", "failing", "maker_gone"]) }),
    example: { webhookId: WEBHOOK_ID, url: "https://example.com/whatsapp", reason: "gone" },
    scope: "tenant",
    permission: "webhook:read",
  }),
  "backup.progress": event({
    meaning: "A backup, export, verification or restore is under way.",
    data: z.object({ ...backup, progress: z.int().min(0).max(100).describe("Percent of the activity") }),
    example: { backupId: BACKUP_ID, activity: "creating", progress: 40 },
    scope: "tenant",
    permission: "backup:read",
  }),
  "backup.finished": event({
    meaning: "A backup, export, verification or restore finished.",
    data: z.object({
      ...backup,
      kind: z.enum(["installation", "export"]).optional().describe("This and the following: only when one was created"),
      size: z.int().optional().describe("Bytes of what can be downloaded"),
      checksum: z.string().optional().describe("SHA-256 of what can be downloaded, in hex"),
    }),
    example: {
      backupId: BACKUP_ID,
      activity: "creating",
      kind: "export",
      size: 48_213,
      checksum: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    },
    scope: "tenant",
    permission: "backup:read",
  }),
  "backup.failed": event({
    meaning: "A backup, export, verification or restore failed; see `error`.",
    data: z.object({ ...backup, error: z.string() }),
    example: { backupId: BACKUP_ID, activity: "creating", error: "the process was stopped" },
    scope: "tenant",
    permission: "backup:read",
  }),
  "quota.threshold": event({
    meaning: "The tenant has used 80 % or all of a quota of its plan.",
    data: z.object({
      quota: z
        .enum(["messagesPerDay", "sessions", "users", "apiKeys", "webhooks", "storageMb"])
        .describe("Which quota"),
      limit: z.int().describe("The quota of the plan"),
      used: z.int(),
      percent: z.union([z.literal(80), z.literal(100)]).describe("The threshold that was reached"),
    }),
    example: { quota: "messagesPerDay", limit: 1_000, used: 800, percent: 80 },
    scope: "tenant",
    permission: "tenant:read",
  }),
  "node.joined": event({
    meaning: "A session node has joined the cluster; for platform administrators.",
    data: z.object({
      node: z.string().describe("The name of the node"),
      version: z.string().describe("Version of the system that it runs"),
      zone: z.string().nullable().describe("Where it is, for sessions that ask for a zone"),
      group: z.string().nullable().describe("The group of nodes that it belongs to"),
      capacity: z.int().describe("Memory for sessions, in MB"),
    }),
    example: { node: "session-2", version: "0.2.0", zone: "eu-1a", group: null, capacity: 6_144 },
    scope: "tenant",
    permission: "health:read",
  }),
  "node.draining": event({
    meaning:
      "A session node gives its sessions away (`draining`), has given some away, or takes sessions again; for platform administrators.",
    data: z.object({
      node: z.string().describe("The name of the node"),
      draining: z.boolean().describe("false: it takes sessions again"),
      sessions: z.int().describe("The sessions that it has; reported again as they leave, at most once a second"),
    }),
    example: { node: "session-2", draining: true, sessions: 12 },
    scope: "tenant",
    permission: "health:read",
  }),
  "node.left": event({
    meaning: "A session node has left the cluster, and its sessions are free; for platform administrators.",
    data: z.object({
      node: z.string().describe("The name of the node"),
      reason: z
        .enum(["stopped", "expired", "host-lock"])
        .describe("stopped: in order. expired: it did not renew its lease. host-lock: its process has died"),
      sessions: z.int().describe("The sessions that it had not released"),
    }),
    example: { node: "session-2", reason: "expired", sessions: 12 },
    scope: "tenant",
    permission: "health:read",
  }),
  "system.alert": event({
    meaning: "A process of the installation is in trouble (`active`) or has recovered; for platform administrators.",
    data: z.object({
      node: z.string().describe("The process"),
      name: z.enum(["heap_high", "memory_growing", "event_loop_slow"]),
      active: z.boolean().describe("false when it has recovered"),
      value: z.number().describe("What was measured"),
      limit: z.number().describe("The value from which it is an alert"),
      unit: z.enum(["share", "MB/min", "ms"]).describe("Unit of the value and the limit"),
    }),
    example: { node: "app-1-7", name: "event_loop_slow", active: true, value: 812.6, limit: 500, unit: "ms" },
    scope: "tenant",
    permission: "health:read",
  }),
};
