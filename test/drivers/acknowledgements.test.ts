/** What follows sends that WhatsApp does not acknowledge, on a clock of the test's own. */
import { jest } from "@jest/globals";
import { Acknowledgements } from "../../drivers/browser/acknowledgements.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

function watched() {
  const seen = { changes: [] as boolean[], reloads: 0, gaveUp: 0 };
  const acknowledgements: Acknowledgements = new Acknowledgements({
    onChange: () => void seen.changes.push(acknowledgements.isMissing),
    onReload: () => void (seen.reloads += 1),
    onGiveUp: () => void (seen.gaveUp += 1),
  });
  return { acknowledgements, seen };
}

test("a send without an acknowledgement is noticed after 10 s, and one that comes ends it", async () => {
  const { acknowledgements, seen } = watched();
  const end = acknowledgements.begin();
  await jest.advanceTimersByTimeAsync(9_900);
  expect(seen.changes).toEqual([]);
  await jest.advanceTimersByTimeAsync(200);
  expect(seen.changes).toEqual([true]);
  end("unanswered");
  await jest.advanceTimersByTimeAsync(5_000);
  acknowledgements.note();
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen).toEqual({ changes: [true, false], reloads: 0, gaveUp: 0 });
});

test("without one the page is loaded again after 40 s, and given up after 100 s", async () => {
  const { acknowledgements, seen } = watched();
  acknowledgements.begin()("unanswered");
  await jest.advanceTimersByTimeAsync(41_000);
  expect(seen).toEqual({ changes: [true], reloads: 1, gaveUp: 0 });
  acknowledgements.begin()("unanswered");
  await jest.advanceTimersByTimeAsync(60_000);
  expect(seen).toEqual({ changes: [true], reloads: 1, gaveUp: 1 });
});

test("what was answered, or never sent, proves nothing", async () => {
  const { acknowledgements, seen } = watched();
  acknowledgements.begin()("answered");
  acknowledgements.begin()("not_sent");
  await jest.advanceTimersByTimeAsync(200_000);
  const [first, second] = [acknowledgements.begin(), acknowledgements.begin()];
  await jest.advanceTimersByTimeAsync(6_000);
  first("answered");
  await jest.advanceTimersByTimeAsync(6_000);
  second("answered");
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen).toEqual({ changes: [], reloads: 0, gaveUp: 0 });
});

test("a lost connection starts again, and a stop ends it", async () => {
  const { acknowledgements, seen } = watched();
  acknowledgements.begin()("unanswered");
  await jest.advanceTimersByTimeAsync(11_000);
  acknowledgements.reset();
  expect(acknowledgements.isMissing).toBe(false);
  await jest.advanceTimersByTimeAsync(200_000);
  acknowledgements.begin();
  acknowledgements.stop();
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen).toEqual({ changes: [true], reloads: 0, gaveUp: 0 });
});
