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
  const end = acknowledgements.begin("A");
  await jest.advanceTimersByTimeAsync(9_900);
  expect(seen.changes).toEqual([]);
  await jest.advanceTimersByTimeAsync(200);
  expect(seen.changes).toEqual([true]);
  end("unanswered");
  await jest.advanceTimersByTimeAsync(5_000);
  acknowledgements.note("A");
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen).toEqual({ changes: [true, false], reloads: 0, gaveUp: 0 });
});

test("without one the page is loaded again after 25 s, and given up after 75 s", async () => {
  const { acknowledgements, seen } = watched();
  acknowledgements.begin("A")("unanswered");
  await jest.advanceTimersByTimeAsync(26_000);
  expect(seen).toEqual({ changes: [true], reloads: 1, gaveUp: 0 });
  acknowledgements.begin("A")("unanswered");
  await jest.advanceTimersByTimeAsync(50_000);
  expect(seen).toEqual({ changes: [true], reloads: 1, gaveUp: 1 });
});

test("what was answered, or never sent, proves nothing", async () => {
  const { acknowledgements, seen } = watched();
  acknowledgements.begin("A")("answered");
  acknowledgements.begin("B")("not_sent");
  await jest.advanceTimersByTimeAsync(200_000);
  const [first, second] = [acknowledgements.begin("C"), acknowledgements.begin("D")];
  await jest.advanceTimersByTimeAsync(6_000);
  first("answered");
  await jest.advanceTimersByTimeAsync(6_000);
  second("answered");
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen).toEqual({ changes: [], reloads: 0, gaveUp: 0 });
});

test("a receipt proves that a message was taken, although its send still waits", async () => {
  const { acknowledgements, seen } = watched();
  const end = acknowledgements.begin("A");
  await jest.advanceTimersByTimeAsync(1_000);
  acknowledgements.note("A");
  await jest.advanceTimersByTimeAsync(19_000);
  end("unanswered");
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen).toEqual({ changes: [], reloads: 0, gaveUp: 0 });
});

test("a lost connection starts again, and a stop ends it", async () => {
  const { acknowledgements, seen } = watched();
  acknowledgements.begin("A")("unanswered");
  await jest.advanceTimersByTimeAsync(11_000);
  acknowledgements.reset();
  expect(acknowledgements.isMissing).toBe(false);
  await jest.advanceTimersByTimeAsync(200_000);
  acknowledgements.begin("B");
  acknowledgements.stop();
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen).toEqual({ changes: [true], reloads: 0, gaveUp: 0 });
});
