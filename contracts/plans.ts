/** Plans and their quotas. A tenant's own quotas override its plan's; null means no limit. */
import { z } from "zod";

export const Plan = z.enum(["basic", "pro", "enterprise"]);
export type Plan = z.infer<typeof Plan>;

const limit = z.int().min(0).nullable();

export const Quotas = z
  .object({
    sessions: limit.describe("Maximum number of sessions"),
    users: limit.describe("Maximum number of users"),
    apiKeys: limit.describe("Maximum number of API keys"),
    webhooks: limit.describe("Maximum number of webhook endpoints"),
    messagesPerDay: limit.describe("Messages accepted per day (UTC)"),
    requestsPerMinute: limit.describe("Requests per minute; never more than the installation's own limit"),
    sockets: limit.describe("Socket.io connections and streams at a time, per process"),
    storageMb: limit.describe(
      "Stored media, in MB; beyond it, media from clients are refused, and received media are still kept",
    ),
  })
  .meta({ id: "Quotas" });
export type Quotas = z.infer<typeof Quotas>;

export const PLAN_QUOTAS: Readonly<Record<Plan, Quotas>> = {
  basic: {
    sessions: 3,
    users: 5,
    apiKeys: 10,
    webhooks: 5,
    messagesPerDay: 5_000,
    requestsPerMinute: 600,
    sockets: 50,
    storageMb: 1_024,
  },
  pro: {
    sessions: 25,
    users: 50,
    apiKeys: 50,
    webhooks: 25,
    messagesPerDay: 100_000,
    requestsPerMinute: 3_000,
    sockets: 500,
    storageMb: 20_480,
  },
  enterprise: {
    sessions: null,
    users: null,
    apiKeys: null,
    webhooks: null,
    messagesPerDay: null,
    requestsPerMinute: null,
    sockets: null,
    storageMb: null,
  },
};

/** Result of `tenant.limits`. */
export interface TenantLimits {
  readonly status: "active" | "suspended";
  readonly plan: Plan;
  readonly quotas: Quotas;
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * The threshold of a quota, in percent, that has just been reached: `before` was below it and `after` is not. The
 * higher one if both were reached; null for none.
 */
export function crossedThreshold(before: number, after: number, limit: number | null): 80 | 100 | null {
  if (limit === null) return null;
  const crosses = (percent: number) => before * 100 < limit * percent && after * 100 >= limit * percent;
  if (crosses(100)) return 100;
  return crosses(80) ? 80 : null;
}
