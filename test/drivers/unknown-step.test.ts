/** A page that neither shows a code nor is linked for a while, on a clock of the test's own. */
import { jest } from "@jest/globals";
import { UnknownStep } from "../../drivers/browser/unknown-step.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const WAITS = { isListening: true, registered: false };

test("a page that is neither linked nor asks to be is stuck after 45 s", () => {
  const step = new UnknownStep();
  expect(step.isReached(WAITS, false)).toBe(false);
  jest.advanceTimersByTime(44_000);
  expect(step.isReached(WAITS, false)).toBe(false);
  jest.advanceTimersByTime(2_000);
  expect(step.isReached(WAITS, false)).toBe(true);
});

test.each([
  ["it shows a code", WAITS, true],
  ["it is linked", { isListening: true, registered: true }, false],
  ["it is being loaded", { isListening: false, registered: false }, false],
] as const)("when %s, the time starts again", (_case, page, isUnlinked) => {
  const step = new UnknownStep();
  step.isReached(WAITS, false);
  jest.advanceTimersByTime(40_000);
  expect(step.isReached(page, isUnlinked)).toBe(false);
  jest.advanceTimersByTime(40_000);
  expect(step.isReached(WAITS, false)).toBe(false);
});
