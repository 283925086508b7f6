/** Cached results belong to one tenant, are removed on change, and are bypassed while Redis is down. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kill } from "node:process";
import type { TenantLimits } from "../../contracts/plans.ts";
import { OPEN, registerTenant, type Account } from "../harness/accounts.ts";
import { startRedis, type RedisServer } from "../harness/redis.ts";
import { startSystem, until, type System } from "../harness/system.ts";

const SERVICES = ["api-gateway", "auth", "tenant"] as const;

const limitsOf = (system: System, { tenantId }: Account) =>
  system.broker.call<TenantLimits, { tenantId: string }>("tenant.limits", { tenantId });
const quotaOf = async (system: System, account: Account) => (await limitsOf(system, account)).quotas.sessions;

/** Changes the row without announcing it: a result that stays the same comes from the cache. */
async function changeUnnoticed(system: System, { tenantId }: Account, sessions: number): Promise<void> {
  type Tables = { tables: { tenants: { updateRow(tenant: string, id: string, changes: object): Promise<unknown> } } };
  await (system.broker.getLocalService("tenant") as unknown as Tables).tables.tenants.updateRow(tenantId, tenantId, {
    quotas: { sessions },
  });
}

/** The administrator of a platform, and two tenants. */
async function makeTenants(system: System): Promise<{ admin: Account; one: Account; other: Account }> {
  const { url } = await system.broker.call<{ url: string }, object>("auth.setupLink", {});
  const admin = await registerTenant(system, "Platform", url.split("#")[1]!);
  return { admin, one: await registerTenant(system, "One"), other: await registerTenant(system, "Other") };
}

test("in memory: kept per tenant, and removed on that tenant's change only", async () => {
  const system = await startSystem({ services: SERVICES, environment: OPEN });
  try {
    const { admin, one, other } = await makeTenants(system);
    const before = await quotaOf(system, one);
    expect(await quotaOf(system, other)).toBe(before);
    await changeUnnoticed(system, one, 71);
    await changeUnnoticed(system, other, 72);
    expect([await quotaOf(system, one), await quotaOf(system, other)]).toEqual([before, before]);
    await admin.owner.expect(200, "PATCH", `/tenants/${one.tenantId}`, { quotas: { webhooks: 9 } });
    await until(async () => (await quotaOf(system, one)) === 71);
    expect(await quotaOf(system, other)).toBe(before);
    expect(() => system.broker.call("tenant.limits", {})).toThrow("needs the parameter tenantId");
  } finally {
    await system.stop();
  }
});

describe("in Redis", () => {
  let redis: RedisServer;
  let isGone = false;
  let dataDir: string;
  const systems: System[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    dataDir = await mkdtemp(join(tmpdir(), "wpp-test-"));
    for (let n = 0; n < 2; n++)
      systems.push(
        await startSystem({ services: SERVICES, environment: { ...OPEN, WPP_REDIS_URL: redis.url }, dataDir }),
      );
    await until(() => systems.every(({ broker }) => broker.cacher?.connected === true));
  });

  afterAll(async () => {
    for (const system of systems) await system.stop();
    if (!isGone) await redis?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  test("processes share results and removals; a hanging Redis neither fails nor delays calls", async () => {
    const [first, second] = systems as [System, System];
    const { admin, one } = await makeTenants(first);
    const before = await quotaOf(first, one);
    await changeUnnoticed(second, one, 71);
    expect(await quotaOf(second, one)).toBe(before);
    await admin.owner.expect(200, "PATCH", `/tenants/${one.tenantId}`, { quotas: { webhooks: 9 } });
    await until(async () => (await quotaOf(second, one)) === 71);
    await changeUnnoticed(first, one, 73);
    kill(redis.pid, "SIGSTOP");
    try {
      const began = performance.now();
      for (let n = 0; n < 20; n++) expect(await quotaOf(first, one)).toBe(73);
      // Twenty timeouts would take far longer.
      expect(performance.now() - began).toBeLessThan(3_000);
    } finally {
      kill(redis.pid, "SIGCONT");
    }
  });

  test("without Redis neither calls nor the shutdown wait", async () => {
    const [first] = systems as [System, System];
    const account = await registerTenant(first, "Last");
    await redis.stop();
    isGone = true;
    await until(() => systems.every(({ broker }) => broker.cacher?.connected === false));
    expect(await quotaOf(first, account)).toBeNull();
    for (const system of systems.splice(0)) {
      const { client } = system.broker.cacher as unknown as {
        client: { manuallyClosing: boolean; reconnectTimeout: unknown };
      };
      await system.stop();
      expect([client.manuallyClosing, client.reconnectTimeout]).toEqual([true, null]);
    }
  });
});
