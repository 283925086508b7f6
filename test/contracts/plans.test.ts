/** Thresholds of quotas. */
import { crossedThreshold } from "../../contracts/plans.ts";

test.each([
  [7, 8, 10, 80],
  [8, 9, 10, null],
  [9, 10, 10, 100],
  [10, 11, 10, null],
  [0, 10, 10, 100],
  [8, 7, 10, null],
  [1, 2, 3, null],
  [2, 3, 3, 100],
  [0, 1, 1, 100],
])("from %i to %i of %i: %s", (before, after, limit, threshold) => {
  expect(crossedThreshold(before, after, limit)).toBe(threshold);
});
