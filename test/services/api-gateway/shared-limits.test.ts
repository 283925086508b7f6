/** Limits in a cluster: with Redis, two gateways share their counts; without it, each counts on its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OPEN, PASSWORD, registerTenant } from "../../harness/accounts.ts";
import { TestClient } from "../../harness/client.ts";
import { startRedis } from "../../harness/redis.ts";
import { startSystem, type System } from "../../harness/system.ts";

const SERVICES = ["api-gateway", "auth", "tenant"] as const;

test("two gateways share their counts; an outage of Redis neither locks clients out nor fails requests", async () => {
  const redis = await startRedis();
  const dataDir = await mkdtemp(join(tmpdir(), "wpp-test-"));
  const systems: System[] = [];
  try {
    const options = {
      services: SERVICES,
      environment: { ...OPEN, WPP_RATE_LIMIT: "20", WPP_REDIS_URL: redis.url },
      dataDir,
    };
    for (let n = 0; n < 2; n++) systems.push(await startSystem(options));
    const account = await registerTenant(systems[0]!, "Shared");
    const owners = systems.map(
      (system) => new TestClient(system.url, { authorization: `Bearer ${account.accessToken}` }),
    );
    const statuses: number[] = [];
    for (let n = 0; n < 24; n++) statuses.push((await owners[n % 2]!.ask("GET", "/tenant")).status);
    // The window slides: one more fits when a slow run takes it over the end of a minute. Apart they would allow all.
    const allowed = statuses.filter((status) => status === 200).length;
    expect([20, 21]).toContain(allowed);
    expect(statuses.slice(allowed)).toEqual(Array.from({ length: statuses.length - allowed }, () => 429));
    for (let n = 0; n < 5; n++)
      await account.anonymous.expect(401, "POST", "/auth/login", { email: account.email, password: "wrong" });
    const elsewhere = new TestClient(systems[1]!.url, { "x-forwarded-for": "203.0.0.2" });
    await elsewhere.expect(429, "POST", "/auth/login", { email: account.email, password: PASSWORD });
    await redis.stop();
    const other = await registerTenant(systems[0]!, "Alone");
    const { headers } = await other.owner.ask("GET", "/tenant");
    expect(headers.get("ratelimit")).toMatch(/^"tenant";r=19;/);
  } finally {
    for (const system of systems) await system.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
});
