/** The semaphore: never more holders than permits, in the order of arrival. */
import { setImmediate as turn } from "node:timers/promises";
import { Semaphore } from "../../concurrency/semaphore.ts";

test("work beyond the limit waits and then runs in the order of arrival", async () => {
  const semaphore = new Semaphore(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  await Promise.all(
    [0, 1, 2, 3, 4].map((index) =>
      semaphore.run(async () => {
        started.push(index);
        most = Math.max(most, (running += 1));
        await turn();
        running -= 1;
      }),
    ),
  );
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test("a failure and a second release free one permit each, not more", async () => {
  const semaphore = new Semaphore(1);
  await expect(semaphore.run(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  const release = await semaphore.acquire();
  let second = 0;
  const waiting = [semaphore.acquire(), semaphore.acquire()];
  for (const permit of waiting) void permit.then(() => (second += 1));
  release();
  release();
  await turn();
  expect(second).toBe(1);
  (await waiting[0]!)();
  await waiting[1];
  expect(second).toBe(2);
});
