/** Promises with a deadline. */
import { setTimeout as delay } from "node:timers/promises";
import { waitAtMost, within } from "../../concurrency/deadline.ts";

const pending = new Promise<never>(() => undefined);
const late = () => new Error("late");

test("within settles as the promise does, and rejects after the deadline", async () => {
  await expect(within(Promise.resolve(1), 1_000, late)).resolves.toBe(1);
  await expect(within(Promise.reject(new Error("failed")), 1_000, late)).rejects.toThrow("failed");
  await expect(within(pending, 5, late)).rejects.toThrow("late");
});

test("waitAtMost resolves at the deadline, and passes an earlier rejection on", async () => {
  await waitAtMost(pending, 5);
  await expect(waitAtMost(Promise.reject(new Error("failed")), 1_000)).rejects.toThrow("failed");
  let done = false;
  await waitAtMost(
    delay(5).then(() => (done = true)),
    5_000,
  );
  expect(done).toBe(true);
});
