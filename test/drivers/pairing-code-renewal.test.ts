/** A pairing code is replaced before it is void: the functions of the page, on a clock of the test's own. */
import { jest } from "@jest/globals";
import type { PageCalls } from "../../drivers/browser/page-calls.ts";
import { watchPage } from "../../drivers/browser/page-watch.ts";

/** For how long WhatsApp accepts a code, in ms. */
const VALID = 180_000;

type Handler = (value: unknown) => void;

beforeEach(() => jest.useFakeTimers());

afterEach(() => {
  jest.useRealTimers();
  for (const name of ["WPP", "wppIsWatched", "wppCodes", "wppNextCode"]) Reflect.deleteProperty(globalThis, name);
});

/** A page that shows a new code as soon as it is asked for one. */
async function pairingPage(hasCode = true) {
  const handlers = new Map<string, Handler>();
  const shownAt: number[] = [Date.now()];
  const library = {
    on: (name: string, handler: Handler) => void handlers.set(name, handler),
    whatsapp: { LinkDeviceEvents: { on: (name: string, handler: Handler) => void handlers.set(name, handler) } },
    conn: {
      refreshLinkDeviceCode: async () => {
        shownAt.push(Date.now());
        handlers.get("conn.link_code_change")!("ABCD-2345");
      },
    },
  };
  Object.assign(globalThis, { WPP: library });
  const calls = { run: async (_schema: unknown, work: (input: unknown) => unknown, input: unknown) => work(input) };
  await watchPage(calls as Partial<PageCalls> as PageCalls, { isPairing: true, hasCode });
  return { handlers, shownAt };
}

test("each code is replaced while it is valid, six codes in all", async () => {
  const { shownAt } = await pairingPage();
  await jest.advanceTimersByTimeAsync(20 * VALID);
  const gaps = shownAt.slice(1).map((at, index) => at - shownAt[index]!);
  expect(shownAt).toHaveLength(6);
  expect(Math.max(...gaps)).toBeLessThan(VALID);
});

test("a code that was entered on the phone is not replaced", async () => {
  const { handlers, shownAt } = await pairingPage();
  await jest.advanceTimersByTimeAsync(VALID - 20_000);
  handlers.get("link_device_events:primary_hello_received")!(undefined);
  await jest.advanceTimersByTimeAsync(VALID);
  expect(shownAt).toHaveLength(1);
});

test("without a code, which may have been refused before, it is asked for again once", async () => {
  const { shownAt } = await pairingPage(false);
  await jest.advanceTimersByTimeAsync(10_000);
  expect(shownAt).toHaveLength(2);
});
