/** /docs in a real Chromium: every route and event of the document is there, and requests can be tried. */
import type { Browser } from "puppeteer";
import { EVENT_TYPES } from "../../../contracts/events.ts";
import { routes } from "../../../contracts/routes.ts";
import { OPEN, registerTenant } from "../../harness/accounts.ts";
import { openChromium, Visitor } from "../../harness/chromium.ts";
import { startSystem, until, type System } from "../../harness/system.ts";

const LONG_MS = 60_000;
const SEND = "#messageSend";

let browser: Browser;
let system: System;
let visitor: Visitor;

beforeAll(async () => {
  browser = await openChromium();
  system = await startSystem({ services: ["api-gateway", "auth", "tenant"], environment: OPEN });
}, LONG_MS);
afterAll(async () => {
  await browser?.close();
  await system?.stop();
}, LONG_MS);

async function open(path: string, width?: number): Promise<void> {
  visitor = await Visitor.enter(browser, system.url, width);
  await visitor.page.goto(`${system.url}${path}`);
  await visitor.page.waitForSelector(".operation");
}

/** Opens every section inside the element, and those inside them. */
async function openAll(selector: string): Promise<void> {
  await until(async () => {
    const opened = await visitor.page.$$eval(`${selector} details:not([open])`, (found) => {
      for (const details of found) details.setAttribute("open", "");
      return found.length;
    });
    return opened === 0;
  }, 20_000);
}

const allText = (selector: string) => visitor.page.$eval(selector, (found) => found.textContent ?? "");

test(
  "shows every route and event, finds them, and draws each without an error",
  async () => {
    await open("/docs");
    const shown = await visitor.page.$$eval(".operation", (found) => found.length);
    expect(shown).toBeGreaterThanOrEqual(routes.length + EVENT_TYPES.length - 1);
    await visitor.type("#search", "pairing code");
    await visitor.reads("#found", /^\d+ of \d+$/);
    expect(await visitor.page.$$eval(".operation:not([hidden])", (found) => found.map(({ id }) => id))).toContain(
      "sessionPairingCode",
    );
    await visitor.page.$$eval(".operation", (found) => {
      for (const details of found) details.setAttribute("open", "");
    });
    await until(() =>
      visitor.page.$$eval(".operation", (found) => found.every(({ childElementCount }) => childElementCount > 1)),
    );
    expect(visitor.faults).toEqual([]);
  },
  LONG_MS,
);

test(
  "opens the route that the address names, with its fields, alternatives and answers",
  async () => {
    await open(`/docs${SEND}`, 320);
    await visitor.page.waitForSelector(`${SEND}[open]`);
    expect(await visitor.contentWidth()).toBe(320);
    await openAll(SEND);
    const text = await allText(SEND);
    for (const part of ["Idempotency-Key", "message:send", "viewOnce", "202", "queue_full", "curl -X POST"])
      expect(text).toContain(part);
    expect(await visitor.contentWidth()).toBe(320);
    expect(visitor.faults).toEqual([]);
  },
  LONG_MS,
);

test(
  "sends a request with the given credentials, and shows the answer and the same as a command",
  async () => {
    const acme = await registerTenant(system, "Acme");
    await open("/docs#authMe");
    await openAll("#authMe");
    await visitor.page.click("#authMe form button");
    await visitor.reads("#authMe .answer", /^401 .*unauthenticated/s);
    await visitor.type("#credential", acme.accessToken);
    await visitor.page.click("#authMe form button");
    await visitor.reads("#authMe .answer", /^200 .*"name": "Acme"/s);
    await visitor.page.goto(`${system.url}/docs#tenantAllGet`);
    await visitor.page.reload();
    await visitor.page.waitForSelector("#tenantAllGet[open]");
    await openAll("#tenantAllGet");
    await visitor.page.click("#tenantAllGet form button");
    await visitor.reads("#tenantAllGet .answer", /is part of the path and must not be empty/);
    expect(visitor.faults).toEqual([]);
  },
  LONG_MS,
);
