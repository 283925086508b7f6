/** Each QR code on the page is painted before its reference is set, which is when libraries read the picture. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer";
import { openSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { openBrowser } from "./live-page.ts";

let dir: string;
let sandbox: Sandbox;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "wpp-codes-"));
  sandbox = await openSandbox({ dataDir: dir, host: "127.0.0.1", linkTimes: { firstQrMs: 400, nextQrMs: 400 } });
  ({ browser, page } = await openBrowser(sandbox, dir));
});

afterAll(async () => {
  await browser.close();
  await sandbox.close();
  await rm(dir, { recursive: true, force: true });
});

interface Shown {
  readonly ref: string;
  readonly text: string;
  readonly colors: number;
}

interface InPage {
  require(id: "WAWebConnModel"): { Conn: { on(event: string, listener: (conn: unknown, ref: string) => void): void } };
  document: {
    querySelector(selector: string): {
      dataset: { ref: string };
      querySelector(selector: string): {
        width: number;
        height: number;
        getContext(kind: "2d"): { getImageData(...area: number[]): { data: Uint8ClampedArray } };
      };
    };
  };
}

/** Runs in the page: what it shows at each change of the reference. */
function watchCodes(count: number): Promise<Shown[]> {
  const { require: load, document } = globalThis as unknown as InPage;
  const shown: Shown[] = [];
  return new Promise((resolve) => {
    load("WAWebConnModel").Conn.on("change:ref", (_conn, ref) => {
      const holder = document.querySelector("[data-ref]");
      const canvas = holder.querySelector("canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      shown.push({ ref, text: holder.dataset.ref, colors: new Set(new Uint32Array(data.buffer)).size });
      if (shown.length === count) resolve(shown);
    });
  });
}

test("in every rotation", async () => {
  await page.goto("https://web.whatsapp.com");
  await page.waitForFunction(() => "Debug" in globalThis);
  const codes = await page.evaluate(watchCodes, 4);
  expect(new Set(codes.map(({ ref }) => ref)).size).toBe(4);
  for (const { ref, text, colors } of codes) {
    expect(text.split(",")[0]).toBe(ref);
    // A blank canvas has one color.
    expect(colors).toBeGreaterThan(1);
  }
});
