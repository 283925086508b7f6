/** The cache of another service's answers. */
import { setTimeout as delay } from "node:timers/promises";
import { TtlCache } from "../../access/caching/ttl-cache.ts";

interface Answer {
  readonly number: number;
  readonly expiresAt?: number;
}

let loads = 0;
const load = async (): Promise<Answer> => ({ number: (loads += 1) });

beforeEach(() => (loads = 0));

test("an answer is loaded once, also by concurrent calls, for each key", async () => {
  const cache = new TtlCache<Answer>();
  const answers = await Promise.all([cache.get("a", load), cache.get("a", load), cache.get("b", load)]);
  expect(answers.map(({ number }) => number)).toEqual([1, 1, 2]);
  expect((await cache.get("a", load)).number).toBe(1);
});

test("forget drops the answers that the predicate picks", async () => {
  const cache = new TtlCache<Answer>();
  await cache.get("a", load);
  await cache.get("b", load);
  cache.forget(({ number }, key) => key === "a" && number === 1);
  expect((await cache.get("b", load)).number).toBe(2);
  expect((await cache.get("a", load)).number).toBe(3);
});

test("an answer that was being loaded during a change reaches its callers, is not kept and not joined", async () => {
  const cache = new TtlCache<Answer>();
  const slow = Promise.withResolvers<Answer>();
  const before = cache.get("a", () => slow.promise);
  cache.forget(() => false);
  const after = await cache.get("a", load);
  slow.resolve({ number: 100 });
  expect((await before).number).toBe(100);
  expect(after.number).toBe(1);
  expect((await cache.get("a", load)).number).toBe(1);
});

test("an answer is not kept past its own expiry", async () => {
  const cache = new TtlCache<Answer>(({ expiresAt }) => expiresAt ?? Infinity);
  const expiring = (ms: number) => async () => ({ ...(await load()), expiresAt: Date.now() + ms });
  await cache.get("past", expiring(-1));
  expect((await cache.get("past", load)).number).toBe(2);
  await cache.get("soon", expiring(20));
  await delay(30);
  expect((await cache.get("soon", load)).number).toBe(4);
});

test("a failed load is passed on and not cached", async () => {
  const cache = new TtlCache<Answer>();
  await expect(cache.get("a", () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect((await cache.get("a", load)).number).toBe(1);
});
