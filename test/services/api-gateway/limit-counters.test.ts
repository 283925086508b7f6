/** The arithmetic of limits: in memory with a controlled clock, and in Redis with a real server. */
import { kill } from "node:process";
import { LimitCounters } from "../../../services/api-gateway/limit-counters.ts";
import { burstStatus, windowStatus, withBurst, WINDOW, type Limit } from "../../../services/api-gateway/limit-usage.ts";
import { SharedLimitCounters } from "../../../services/api-gateway/shared-limit-counters.ts";
import { COMMAND_TIMEOUT, RedisConnection } from "../../../access/limits/redis.ts";
import { startRedis, type RedisServer } from "../../harness/redis.ts";
import { until } from "../../harness/system.ts";

const START = 1_800_000_000_000;

/** Counters with a clock that only the test moves. */
function counting(limit: Limit) {
  const clock = { now: START };
  const counters = new LimitCounters(() => clock.now);
  return { clock, take: (key = "a") => counters.count(key, limit), counters };
}

describe("in this process", () => {
  test("a burst is as large as ten seconds of the limit, never below 20 nor above the limit", () => {
    expect([60_000, 600, 60, 25, 5].map((limit) => withBurst(limit).burst)).toEqual([10_000, 100, 20, 20, 5]);
  });

  test("the bucket allows a burst, and then one request per token", () => {
    const { clock, take } = counting(withBurst(600));
    const burst = Array.from({ length: 110 }, () => take().allowed);
    expect(burst.filter(Boolean)).toHaveLength(100);
    clock.now += 99;
    expect(take().allowed).toBe(false);
    clock.now += 1;
    expect([take().allowed, take().allowed]).toEqual([true, false]);
  });

  test("a limit of zero allows nothing, and reports finite numbers for the headers", () => {
    const limit = withBurst(0);
    const { allowed, usage } = counting(limit).take();
    expect([allowed, limit.burst]).toEqual([false, 0]);
    expect(windowStatus(usage, limit)).toEqual({ remaining: 0, reset: 60, wait: WINDOW });
  });

  test("a new minute does not allow a second burst", () => {
    const limit: Limit = { perMinute: 100, burst: 0 };
    const { clock, take } = counting(limit);
    clock.now = START + WINDOW - 500;
    expect(Array.from({ length: 120 }, () => take().allowed).filter(Boolean)).toHaveLength(100);
    const taken: number[] = [];
    for (let step = 0; step < 3_000; step++, clock.now += 100) if (take().allowed) taken.push(clock.now);
    const within = (from: number, ms: number) => taken.filter((at) => at >= from && at < from + ms).length;
    // What a counter for each minute would let in at once takes as long as it takes.
    for (const seconds of [1, 6, 30])
      expect(within(START + WINDOW, seconds * 1_000)).toBeLessThanOrEqual((100 * seconds) / 60 + 1);
    expect(within(START + 2 * WINDOW, WINDOW)).toBeLessThanOrEqual(100);
    expect(within(START + 2 * WINDOW, 2 * WINDOW)).toBeGreaterThan(150);
  });

  test.each([
    ["the bucket", withBurst(60)],
    ["the window", { perMinute: 40, burst: 0 }],
    ["both", { perMinute: 30, burst: 25 }],
    ["a limit of one", { perMinute: 1, burst: 1 }],
  ])("who waits as long as is said is let in, and not a moment before: %s", (_what, limit) => {
    const { clock, take } = counting(limit);
    let refusals = 0;
    for (let step = 0; step < 3_000; step++) {
      const { allowed, usage } = take();
      if (allowed) {
        clock.now += (step * 7_919) % 900;
        continue;
      }
      refusals += 1;
      const wait = Math.max(windowStatus(usage, limit).wait, limit.burst === 0 ? 0 : burstStatus(usage, limit).wait);
      expect(wait).toBeGreaterThan(0);
      clock.now += Math.max(0, Math.floor(wait) - 1);
      if (wait > 2) expect(take().allowed).toBe(false);
      clock.now += 3;
      expect(take().allowed).toBe(true);
    }
    expect(refusals).toBeGreaterThan(10);
  });

  test("a request that one limit refuses does not count towards the other", () => {
    const { clock, take } = counting({ perMinute: 1_000, burst: 1 });
    take();
    for (let n = 0; n < 50; n++) expect(take().allowed).toBe(false);
    expect(take().usage.current).toBe(1);
    clock.now += WINDOW;
    expect(take().allowed).toBe(true);
  });

  test("a changed limit applies immediately; a clock that is set back has no effect", () => {
    const clock = { now: START };
    const counters = new LimitCounters(() => clock.now);
    for (let n = 0; n < 5; n++) counters.count("a", { perMinute: 5, burst: 0 });
    expect(counters.count("a", { perMinute: 5, burst: 0 }).allowed).toBe(false);
    expect(counters.count("a", { perMinute: 7, burst: 0 }).allowed).toBe(true);
    clock.now -= 10 * WINDOW;
    expect(counters.count("a", { perMinute: 6, burst: 0 }).allowed).toBe(false);
    expect(counters.count("a", { perMinute: 7, burst: 0 }).allowed).toBe(true);
  });

  test("the number of keys is bounded, and only keys in their initial state are dropped", () => {
    const clock = { now: START };
    const counters = new LimitCounters(() => clock.now);
    const limit: Limit = { perMinute: 1, burst: 0 };
    for (let n = 0; n < 300_000; n++) counters.count(`stranger ${n}`, limit);
    expect(counters.size).toBeLessThanOrEqual(100_000);
    counters.count("known", limit);
    for (let step = 0; step < 8; step++, clock.now += WINDOW / 8)
      expect(counters.count("known", limit).allowed).toBe(false);
    clock.now += 4 * WINDOW;
    counters.count("x", limit);
    clock.now += 4 * WINDOW;
    counters.count("y", limit);
    expect(counters.size).toBeLessThanOrEqual(2);
  });
});

describe("in Redis", () => {
  const said: string[] = [];
  const logger = {
    warn: (words: string) => said.push(`warn ${words}`),
    info: (words: string) => said.push(`info ${words}`),
  };
  let redis: RedisServer;
  let links: RedisConnection[];

  beforeAll(async () => {
    redis = await startRedis();
    links = [1, 2].map(
      () =>
        new RedisConnection(
          redis.url,
          "this test continues",
          logger as unknown as ConstructorParameters<typeof RedisConnection>[2],
        ),
    );
    await until(() => links.every((link) => link.client.status === "ready"));
  });

  afterAll(async () => {
    for (const link of links) link.close();
    await redis.stop();
  });

  const shared = (kind: string) => links.map((link) => new SharedLimitCounters(link, kind));
  const race = (counters: readonly SharedLimitCounters[], limit: Limit, times: number) =>
    Promise.all(
      Array.from({ length: times }, async (_, n) => (await counters[n % counters.length]!.count("a", limit)).allowed),
    );

  test("two gateways share one window and one bucket", async () => {
    const opened = async (kind: string, limit: Limit) => (await race(shared(kind), limit, 90)).filter(Boolean).length;
    expect(await opened("window", { perMinute: 40, burst: 0 })).toBe(40);
    // A token takes a minute here.
    expect(await opened("bucket", { perMinute: 1, burst: 30 })).toBe(1);
    expect(await opened("burst", { perMinute: 120, burst: 30 })).toBeLessThanOrEqual(32);
  });

  test("counts like the counters in this process", async () => {
    const limit = withBurst(30);
    const [one] = shared("same");
    for (let n = 0; n < 25; n++) {
      const { usage, allowed } = await one!.count("a", limit);
      const own = new LimitCounters(() => usage.at);
      let last = own.count("a", limit);
      for (let m = 0; m < n && m < 20; m++) last = own.count("a", limit);
      expect(allowed).toBe(last.allowed);
      expect(windowStatus(usage, limit).remaining).toBe(windowStatus(last.usage, limit).remaining);
    }
  });

  test("keys expire automatically", async () => {
    await race(shared("ending"), { perMinute: 5, burst: 0 }, 1);
    const left = await links[0]!.client.pttl("wpp:requests:ending:a");
    expect(left).toBeGreaterThan(WINDOW);
    expect(left).toBeLessThanOrEqual(2 * WINDOW);
  });

  test("a Redis that hangs costs one timeout, and is used again later", async () => {
    const limit: Limit = { perMinute: 10, burst: 0 };
    const [one] = shared("hanging");
    kill(redis.pid, "SIGSTOP");
    const began = performance.now();
    for (let n = 0; n < 12; n++) expect((await one!.count("a", limit)).allowed).toBe(n < 10);
    // Twelve timeouts would take far longer.
    expect(performance.now() - began).toBeLessThan(COMMAND_TIMEOUT * 8);
    expect(said.filter((words) => words.startsWith("warn"))).toEqual(["warn Redis is down; this test continues"]);
    kill(redis.pid, "SIGCONT");
    // Redis has counted none of these.
    await until(async () => (await one!.count("a", limit)).allowed, 20_000);
    expect(said).toContain("info Redis is up again");
  });
});
