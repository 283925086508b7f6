/** Quotas of what a tenant has: the count and what adds to it are one transaction, so that no two requests share the last place. */
import type { Context } from "moleculer";
import { Problem } from "../contracts/errors.ts";
import type { TenantLimits } from "../contracts/plans.ts";
import type { Database, Transaction } from "../db/database.ts";
import { countLimited, type Limited } from "../db/statements/identity/quota-counts.ts";
import { principalOf, type CallMeta } from "./call.ts";

/** Runs `add` where the caller's tenant may have one more; the problem `quota_exceeded` where it may not. */
export async function addWithinQuota<T>(
  database: Database,
  ctx: Context<unknown, CallMeta>,
  resource: Limited,
  add: (sql: Transaction) => Promise<T>,
): Promise<T> {
  const { tenantId } = principalOf(ctx);
  const { quotas } = await ctx.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId });
  const limit = quotas[resource];
  return database.transaction(async (sql) => {
    const used = limit === null ? 0 : await countLimited(sql, resource, tenantId, Date.now());
    if (limit !== null && used >= limit)
      throw new Problem("quota_exceeded", `the plan allows ${limit}`, { facts: { quota: resource, limit, used } });
    return add(sql);
  });
}
