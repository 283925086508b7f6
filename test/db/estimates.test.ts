/** Estimates: believed for a while, with this process's own additions. */
import { setTimeout as delay } from "node:timers/promises";
import { Estimates } from "../../db/estimates.ts";

test("the limit holds own additions without further queries", async () => {
  const estimates = new Estimates(60_000);
  let queries = 0;
  const query = async () => {
    queries += 1;
    return 5;
  };
  expect(await estimates.reserve("a", 3, 10, query)).toEqual({ accepted: true, used: 5, before: 5 });
  expect(await estimates.reserve("a", 3, 10, query)).toEqual({ accepted: false, used: 8, before: 8 });
  expect(await estimates.reserve("a", 2, 10, query)).toEqual({ accepted: true, used: 8, before: 8 });
  expect(await estimates.reserve("b", 1, 10, query)).toMatchObject({ used: 5 });
  expect(queries).toBe(2);
});

test("a value is queried again after its time, and what was believed before is returned", async () => {
  const estimates = new Estimates(5);
  await estimates.reserve("a", 1, 10, async () => 1);
  await delay(10);
  expect(await estimates.reserve("a", 1, 10, async () => 8)).toEqual({ accepted: true, used: 8, before: 2 });
});
