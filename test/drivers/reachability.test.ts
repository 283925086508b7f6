/** What follows a server that does not answer, on a clock of the test's own. */
import { jest } from "@jest/globals";
import type { Page } from "puppeteer";
import type { PageCalls } from "../../drivers/browser/page-calls.ts";
import { Reachability } from "../../drivers/browser/reachability.ts";

/** What a ping has for an answer: null stands for a page that cannot ask. */
type Answer = boolean | null;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A connected page; `answer` is what its server does from now on. */
function start(first: Answer) {
  const seen = { pings: 0, reloads: 0, changes: [] as boolean[], gaveUp: 0 };
  let answer = first;
  const calls = {
    run: async () => {
      seen.pings += 1;
      if (answer === null) throw new Error("socket closed");
      return answer;
    },
  };
  const page = { reload: async () => ((seen.reloads += 1), null) };
  const reachability: Reachability = new Reachability(
    page as Partial<Page> as Page,
    calls as Partial<PageCalls> as PageCalls,
    {
      onChange: () => void seen.changes.push(reachability.isSilent),
      onGiveUp: () => void (seen.gaveUp += 1),
    },
  );
  reachability.follow("connected");
  return { reachability, seen, server: (does: Answer) => void (answer = does) };
}

test("a server that answered and becomes silent is noticed within 20 s, and again when it answers", async () => {
  const { reachability, seen, server } = start(true);
  await jest.advanceTimersByTimeAsync(30_000);
  expect(reachability.isSilent).toBe(false);
  server(false);
  await jest.advanceTimersByTimeAsync(12_000);
  expect(reachability.isSilent).toBe(true);
  server(true);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(seen.changes).toEqual([true, false]);
  expect(reachability.evidence["lastAnswerAt"]).toEqual(expect.any(String));
  reachability.stop();
});

test("a server that has never answered a ping proves nothing, and neither does a page that cannot ask", async () => {
  const { reachability, seen, server } = start(false);
  await jest.advanceTimersByTimeAsync(60_000);
  server(null);
  await jest.advanceTimersByTimeAsync(60_000);
  expect(seen.pings).toBeGreaterThan(8);
  expect(seen).toMatchObject({ changes: [], reloads: 0 });
  reachability.stop();
});

test("a silent page is loaded again once, and a browser without a connection is given up after 5 minutes", async () => {
  const { reachability, seen, server } = start(true);
  await jest.advanceTimersByTimeAsync(1_000);
  server(false);
  await jest.advanceTimersByTimeAsync(13_000);
  reachability.follow("reconnecting");
  await jest.advanceTimersByTimeAsync(27_000);
  expect(seen.reloads).toBe(0);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(seen.reloads).toBe(1);
  await jest.advanceTimersByTimeAsync(270_000);
  expect(seen.gaveUp).toBe(0);
  await jest.advanceTimersByTimeAsync(2_000);
  expect(seen).toMatchObject({ reloads: 1, gaveUp: 1 });
  reachability.stop();
});

test("a connection that is back in time is not given up, and nothing follows a stop", async () => {
  const { reachability, seen } = start(true);
  reachability.follow("reconnecting");
  await jest.advanceTimersByTimeAsync(200_000);
  reachability.follow("connected");
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen.gaveUp).toBe(0);
  reachability.follow("reconnecting");
  reachability.stop();
  const { pings } = seen;
  await jest.advanceTimersByTimeAsync(600_000);
  expect(seen).toMatchObject({ pings, gaveUp: 0 });
});
