/** Delays between retries: their bounds, and that they vary. */
import { equalJitter, fullJitter } from "../../concurrency/backoff.ts";

const BACKOFF = { base: 100, cap: 1_000 };

const { random } = Math;

function withRandom(value: number): void {
  Math.random = () => value;
}

afterEach(() => void (Math.random = random));

test.each([
  [0, 100],
  [1, 200],
  [3, 800],
  [4, 1_000],
  [2_000, 1_000],
])("after %i failures the ceiling is %i ms", (failures, ceiling) => {
  withRandom(0.999_999);
  expect(fullJitter(BACKOFF, failures)).toBe(ceiling);
  expect(equalJitter(BACKOFF, failures)).toBe(ceiling);
});

test("full jitter starts at 0, equal jitter at half the ceiling", () => {
  withRandom(0);
  expect(fullJitter(BACKOFF, 3)).toBe(0);
  expect(equalJitter(BACKOFF, 3)).toBe(400);
});

test("delays are whole milliseconds and vary", () => {
  const delays = Array.from({ length: 50 }, () => equalJitter(BACKOFF, 3));
  expect(delays.every((delay) => Number.isInteger(delay) && delay >= 400 && delay <= 800)).toBe(true);
  expect(new Set(delays).size).toBeGreaterThan(5);
});
