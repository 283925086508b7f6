/** The semaphore: never more holders than permits, in the order of arrival. */
import { setImmediate as turn } from "node:timers/promises";
import { Semaphore } from "../../concurrency/semaphore.ts";

const never = new AbortController().signal;

test("callers beyond the limit wait and are served in the order of arrival", async () => {
  const semaphore = new Semaphore(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (index: number) => {
    const release = await semaphore.acquire(never);
    started.push(index);
    most = Math.max(most, (running += 1));
    await turn();
    running -= 1;
    release();
  };
  await Promise.all([0, 1, 2, 3, 4].map(work));
  expect(started).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});

test("a second release frees no second permit", async () => {
  const semaphore = new Semaphore(1);
  const release = await semaphore.acquire(never);
  expect(semaphore.isFull).toBe(true);
  let acquired = 0;
  const waiting = [semaphore.acquire(never), semaphore.acquire(never)];
  for (const permit of waiting) void permit.then(() => (acquired += 1));
  release();
  release();
  await turn();
  expect(acquired).toBe(1);
  (await waiting[0]!)();
  await waiting[1];
  expect(acquired).toBe(2);
});

test("a caller that is aborted while it waits takes no permit", async () => {
  const semaphore = new Semaphore(1);
  const release = await semaphore.acquire(never);
  const abort = new AbortController();
  const aborted = semaphore.acquire(abort.signal);
  const next = semaphore.acquire(never);
  abort.abort(new Error("no longer needed"));
  await expect(aborted).rejects.toThrow("no longer needed");
  release();
  (await next)();
  expect(semaphore.isFull).toBe(false);
  await expect(semaphore.acquire(abort.signal)).rejects.toThrow("no longer needed");
});
