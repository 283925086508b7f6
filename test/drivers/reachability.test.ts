/** What follows a server that does not answer, on a clock of the test's own. */
import { jest } from "@jest/globals";
import { PULSE, readPulse, type Pulse } from "../../drivers/browser/pulse.ts";
import { Reachability } from "../../drivers/browser/reachability.ts";

beforeEach(() => jest.useFakeTimers());

afterEach(() => {
  jest.useRealTimers();
  for (const name of ["WPP", "wppPings"]) Reflect.deleteProperty(globalThis, name);
});

/** What a server does with a ping: it answers, is silent, or the page cannot send one. */
type Server = "answers" | "silent" | "unreachable";

/** A page that is read as the driver does it, every `interval` ms. */
function start(first: Server, interval = 4_500) {
  const seen = { pings: 0, reloads: 0, changes: [] as boolean[], gaveUp: 0 };
  let server = first;
  const sendSmaxStanza = (): Promise<void> => {
    seen.pings += 1;
    if (server === "unreachable") return Promise.reject(new Error("socket closed"));
    return server === "answers" ? Promise.resolve() : new Promise(() => undefined);
  };
  Object.assign(globalThis, {
    WPP: { whatsapp: { websocket: { generateId: () => "1", smax: () => ({}), sendSmaxStanza } } },
  });
  const page = { reload: async () => ((seen.reloads += 1), null) };
  const reachability = new Reachability(page, () => void (seen.gaveUp += 1));
  const read = (): void => {
    const before = reachability.isSilent;
    reachability.observe(readPulse(true, PULSE));
    if (reachability.isSilent !== before) seen.changes.push(reachability.isSilent);
  };
  reachability.follow("connected");
  read();
  const reading = setInterval(read, interval);
  const stop = (): void => {
    clearInterval(reading);
    reachability.stop();
  };
  return { reachability, seen, set: (does: Server) => void (server = does), stop };
}

test("a server that answered and becomes silent is noticed within 10 s, and again when it answers", async () => {
  const { reachability, seen, set, stop } = start("answers");
  await jest.advanceTimersByTimeAsync(30_000);
  expect(reachability.isSilent).toBe(false);
  set("silent");
  await jest.advanceTimersByTimeAsync(9_900);
  expect(reachability.isSilent).toBe(true);
  set("answers");
  await jest.advanceTimersByTimeAsync(14_000);
  expect(seen.changes).toEqual([true, false]);
  expect(reachability.evidence["lastAnswerAt"]).toEqual(expect.any(String));
  stop();
});

test("a server that has never answered a ping proves nothing, and neither does a page that cannot ask", async () => {
  const { seen, set, stop } = start("silent");
  await jest.advanceTimersByTimeAsync(60_000);
  set("unreachable");
  await jest.advanceTimersByTimeAsync(60_000);
  expect(seen.pings).toBeGreaterThan(8);
  expect(seen).toMatchObject({ changes: [], reloads: 0 });
  stop();
});

test("a server that has just answered is not asked, and a page without a connection asks nothing", () => {
  const { seen, stop } = start("silent");
  stop();
  const { pings } = seen;
  globalThis.wppPings = { answeredAt: performance.now(), waitingSince: null, sentAt: -Infinity };
  expect(readPulse(true, PULSE)).toEqual<Pulse>({ answeredAgo: 0, unansweredFor: null });
  globalThis.wppPings = { answeredAt: null, waitingSince: performance.now(), sentAt: -Infinity };
  expect(readPulse(false, PULSE)).toEqual<Pulse>({ answeredAgo: null, unansweredFor: null });
  expect(seen.pings).toBe(pings);
});

test("a silent page is loaded again once, and a browser without a connection is given up after 5 minutes", async () => {
  const { reachability, seen, set, stop } = start("answers");
  await jest.advanceTimersByTimeAsync(1_000);
  set("silent");
  await jest.advanceTimersByTimeAsync(10_000);
  reachability.follow("reconnecting");
  await jest.advanceTimersByTimeAsync(27_000);
  expect(seen.reloads).toBe(0);
  await jest.advanceTimersByTimeAsync(4_000);
  expect(seen.reloads).toBe(1);
  await jest.advanceTimersByTimeAsync(265_000);
  expect(seen.gaveUp).toBe(0);
  await jest.advanceTimersByTimeAsync(6_000);
  expect(seen).toMatchObject({ reloads: 1, gaveUp: 1 });
  stop();
});

test("a connection that is back in time is not given up, and nothing follows a stop", async () => {
  const { reachability, seen, stop } = start("answers");
  reachability.follow("reconnecting");
  await jest.advanceTimersByTimeAsync(200_000);
  reachability.follow("connected");
  await jest.advanceTimersByTimeAsync(200_000);
  expect(seen.gaveUp).toBe(0);
  reachability.follow("reconnecting");
  stop();
  const { pings } = seen;
  await jest.advanceTimersByTimeAsync(600_000);
  expect(seen).toMatchObject({ pings, gaveUp: 0 });
});
