/** Whether a node has the memory for another browser. */
import { lackOfRoom } from "../../../actors/placement/memory-room.ts";

const MB = 1_048_576;
const browsers = (...megabytes: number[]) => ({
  browsers: megabytes.map((size) => ({ sessionId: "one", bytes: size * MB, age: 0 })),
});

test("there is room while the browsers stay within the budget, and the machine has memory left", () => {
  expect(lackOfRoom({ budget: 1_000, available: 4_000 * MB, usage: browsers() })).toBeNull();
  expect(lackOfRoom({ budget: 1_000, available: 4_000 * MB, usage: browsers(400, 400) })).toBeNull();
  expect(lackOfRoom({ budget: 1_000, available: 4_000 * MB, usage: null })).toBeNull();
});

test("without room the figures say what is missing", () => {
  expect(lackOfRoom({ budget: 1_000, available: 4_000 * MB, usage: browsers(400, 401) })).toEqual({
    neededMb: 200,
    usedMb: 801,
    budgetMb: 1_000,
    freeMb: 4_000,
  });
  expect(lackOfRoom({ budget: 1_000, available: 299 * MB, usage: browsers() })).toMatchObject({ freeMb: 299 });
});
