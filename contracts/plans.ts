/** Plans and what they allow. A tenant's own quotas override its plan's; null means no limit. */
import { z } from "zod";

export const Plan = z.enum(["basic", "pro", "enterprise"]);
export type Plan = z.infer<typeof Plan>;

const limit = z.int().min(0).nullable();

export const Quotas = z
  .object({
    sessions: limit.describe("Sessions at most"),
    users: limit.describe("Users at most"),
    apiKeys: limit.describe("API keys at most"),
    webhooks: limit.describe("Webhook endpoints at most"),
    messagesPerDay: limit.describe("Messages accepted in a day (UTC)"),
    requestsPerMinute: limit.describe("Requests in a minute; never more than the installation's own limit"),
    sockets: limit.describe("Socket.io connections at a time, per process"),
    storageMb: limit.describe("Stored media, in MB; more is refused from clients, and kept where it is received"),
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

/** What `tenant.limits` answers. */
export interface TenantLimits {
  readonly status: "active" | "suspended";
  readonly plan: Plan;
  readonly quotas: Quotas;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The highest threshold, in percent of `limit`, that `after` has reached and `before` had not; null for none. */
export function crossedThreshold(before: number, after: number, limit: number): 80 | 100 | null {
  for (const percent of [100, 80] as const) {
    const threshold = (limit * percent) / 100;
    if (before < threshold && after >= threshold) return percent;
  }
  return null;
}
