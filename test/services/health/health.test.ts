/** Health: probes, the detailed report, and the memory monitor. */
import { registerTenant, TestClient } from "../../harness/client.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../../harness/process.ts";
import { makePhone, pairSession } from "../../journeys/pairing.ts";
import { growthOf, MemoryMonitor } from "../../../services/health/memory-monitor.ts";

describe("health of a running system", () => {
  const dataDir = makeDataDir();
  let system: SystemProcess;
  let api: TestClient;

  beforeAll(async () => {
    system = await startProcess({ dataDir });
    api = await registerTenant(system.origin);
  }, 60_000);

  afterAll(async () => {
    await system?.end("SIGTERM");
    await cleanUp(dataDir);
  }, 30_000);

  test.each(["livez", "readyz", "startupz"])("/%s is public and terse", async (probe) => {
    const answer = await new TestClient(system.origin).ask("GET", `root:/${probe}`);
    expect(answer).toMatchObject({ status: 200, body: { status: "pass" } });
  });

  test("/health shows its parts only with health:read", async () => {
    const anyone = await new TestClient(system.origin).ask("GET", "root:/health");
    expect(anyone.body).toEqual({ status: "pass" });
    await pairSession(api, "main", "light", await makePhone(api, "own"));
    const { body, headers } = await api.ask<{
      checks: Record<string, { observedValue: number; observedUnit: string }[]>;
    }>("GET", "root:/health");
    expect(headers.get("content-type")).toContain("application/health+json");
    expect(Object.keys(body.checks)).toEqual(
      expect.arrayContaining([
        "database:responseTime",
        "eventLoop:delay",
        "memory:heap",
        "memory:resident",
        "sessions:state",
        "thread:heap",
      ]),
    );
    expect(body.checks["sessions:state"]).toContainEqual(
      expect.objectContaining({ observedValue: 1, observedUnit: "sessions connected" }),
    );
  });

  test("garbage collection on demand is for platform administrators", async () => {
    expect((await api.ask("POST", "/health/collect")).status).toBe(403);
  });
});

/** Some tens of megabytes that nothing refers to afterwards. */
function makeGarbage(): number {
  return Array.from({ length: 400_000 }, (_, index) => ({ index, text: `number ${index}` })).length;
}

describe("the memory monitor", () => {
  const minute = 60_000;
  const at = (index: number, megabytes: number) => ({ at: index * minute, heapUsed: megabytes * 1_048_576 });

  test("distinguishes a leak from a saw-tooth", () => {
    expect(growthOf([0, 1, 2, 3, 4].map((index) => at(index, 100 + index * 10)))).toBeCloseTo(10, 5);
    expect(
      Math.abs(growthOf([0, 1, 2, 3, 4, 5, 6].map((index) => at(index, index % 2 === 0 ? 100 : 150)))),
    ).toBeLessThan(1);
    expect(growthOf([at(0, 5)])).toBe(0);
  });

  test("collects garbage on demand", () => {
    const monitor = new MemoryMonitor();
    monitor.start();
    expect(makeGarbage()).toBe(400_000);
    expect(monitor.collect()).toBeGreaterThan(1_000_000);
    monitor.stop();
  });
});
