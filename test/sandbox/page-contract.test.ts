/** The sandbox's page with the real wa-js, without the driver: the supported versions and the required functions. */
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Browser, Page } from "puppeteer";
import type * as Wpp from "@wppconnect/wa-js";
import type { SandboxPhone } from "../../contracts/sandbox.ts";
import { openSandbox, type Sandbox } from "../../sandbox/sandbox.ts";
import { NO_FAULTS } from "../drivers/conformance/cases/linking.ts";
import { until } from "../drivers/conformance/waiting.ts";
import { openBrowser } from "./live-page.ts";
import { FUNCTIONS, PARTS } from "./required-parts.ts";

declare const WPP: typeof Wpp;

/** The parts of a canvas that are read in the page. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): { getImageData(x: number, y: number, w: number, h: number): { data: Uint8ClampedArray } };
}
declare const document: {
  querySelector(selector: "[data-ref]"): { readonly dataset: { readonly ref: string } };
  querySelector(selector: "[data-ref] canvas"): Canvas;
};

/** A new version may require other modules: read its changes, extend the page, then update these versions. */
const SUPPORTED_VERSIONS = { "@wppconnect/wa-js": "4.6.0", "@wppconnect-team/wppconnect": "2.3.3" };
const TENANT = "ten_page";
const LONG_MS = 60_000;

function installedVersion(name: string): string {
  const require = createRequire(import.meta.url);
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    const manifest = existsSync(file)
      ? (JSON.parse(readFileSync(file, "utf8")) as { name?: string; version?: string })
      : {};
    if (manifest.name === name) return manifest.version ?? "";
  }
}

test.each(Object.entries(SUPPORTED_VERSIONS))("%s has the version that the page supports", (name, version) => {
  expect(installedVersion(name)).toBe(version);
});

/** Runs in the page: the code that is shown, as the page and as wa-js have it. */
async function readCode() {
  const canvas = document.querySelector("[data-ref] canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const auth = await WPP.conn.getAuthCode();
  return {
    text: document.querySelector("[data-ref]").dataset.ref,
    ref: WPP.whatsapp.Conn.ref as string,
    fullCode: auth !== null && "fullCode" in auth ? auth.fullCode : null,
    colors: new Set(new Uint32Array(data.buffer)).size,
  };
}

describe("a live page", () => {
  const errors: string[] = [];
  let dir: string;
  let sandbox: Sandbox;
  let browser: Browser;
  let page: Page;
  let owner: SandboxPhone;
  let peer: SandboxPhone;
  let code: Awaited<ReturnType<typeof readCode>>;

  /** Loads wa-js into the page, as the library does. */
  async function inject(): Promise<void> {
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("@wppconnect/wa-js") });
    await page.waitForFunction(() => WPP.isReady);
  }

  function connected(): Promise<unknown> {
    return page.waitForFunction(
      () => WPP.isReady && WPP.whatsapp.Stream.mode === "MAIN" && WPP.whatsapp.Socket.state === "CONNECTED",
    );
  }

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "wpp-page-"));
    sandbox = await openSandbox({ dataDir: dir, host: "127.0.0.1" });
    [owner, peer] = [
      await sandbox.phones.create(TENANT, { name: "Owner" }),
      await sandbox.phones.create(TENANT, { name: "Peer" }),
    ];
    ({ browser, page } = await openBrowser(sandbox, dir));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.setBypassCSP(true);
    await page.evaluateOnNewDocument(() =>
      Object.assign(globalThis, { WPPConfig: { disableGoogleAnalytics: true, deviceName: "Contract" } }),
    );
    await page.goto("https://web.whatsapp.com");
    await inject();
    await page.waitForSelector("[data-ref] canvas");
    code = await page.evaluate(readCode);
    await sandbox.phones.scan(TENANT, owner.phone, { qr: code.text });
    await connected();
  }, LONG_MS);

  afterAll(async () => {
    await browser.close();
    await sandbox.close();
    await rm(dir, { recursive: true, force: true });
  }, LONG_MS);

  test("shows a QR code whose picture is painted, and whose parts are those of the account's library", () => {
    expect(code.text).toMatch(/^2@[^,]{64},[^,]{44},[^,]{44},[^,]{44}$/);
    expect(code.fullCode).toBe(code.text);
    expect(code.ref).toBe(code.text.split(",")[0]);
    // A blank canvas has one color.
    expect(code.colors).toBeGreaterThan(1);
  });

  test("knows its version, by which wa-js chooses between old and new interfaces", async () => {
    const isNew = await page.evaluate(() => WPP.conn.isWhatsAppVersionGTE("2.3000.1030110621"));
    expect(isNew).toBe(true);
  });

  test("has the functions that we call", async () => {
    const missing = await page.evaluate((expected) => {
      const namespaces = WPP as unknown as Record<string, Record<string, unknown>>;
      return Object.entries(expected).flatMap(([space, names]) =>
        names.filter((name) => typeof namespaces[space]?.[name] !== "function").map((name) => `${space}.${name}`),
      );
    }, FUNCTIONS);
    expect(missing).toEqual([]);
  });

  test("has the parts of WhatsApp Web that they depend on", async () => {
    const missing = await page.evaluate((expected) => {
      const { whatsapp } = WPP as unknown as {
        whatsapp: Record<string, unknown> & { functions: Record<string, unknown> };
      };
      const parts = [...expected.stores, ...expected.models].filter((name) => whatsapp[name] === undefined);
      return [...parts, ...expected.functions.filter((name) => whatsapp.functions[name] === undefined)];
    }, PARTS);
    expect(missing).toEqual([]);
  });

  test("is linked under the configured device name", async () => {
    const { devices } = await sandbox.phones.get(TENANT, owner.phone);
    expect(devices).toMatchObject([{ name: "Contract", connected: true }]);
  });

  test(
    "sends a message that was stored offline, under the same id, after a reload",
    async () => {
      const id = "3EB0FFFF0000000000AAAA";
      await sandbox.faults.set(TENANT, owner.phone.slice(1), { ...NO_FAULTS, disconnect: 1500 });
      await page.waitForFunction(() => WPP.whatsapp.Stream.mode === "OFFLINE");
      await page.evaluate(
        async ({ to, key }) => {
          await WPP.chat.sendTextMessage(to, "written offline", { messageId: key, createChat: true });
        },
        { to: peer.lid, key: `true_${peer.lid}_${id}` },
      );
      await page.reload();
      await inject();
      await connected();
      const inbox = () => sandbox.phones.inbox(TENANT, peer.phone);
      const arrived = async () => (await inbox()).data.find((item) => item.id === id);
      const found = await until(
        (listener) => sandbox.changes.subscribe(listener),
        arrived,
        () => "the message that was written before the reload",
        LONG_MS,
      );
      expect(found.text).toBe("written offline");
      expect((await inbox()).data).toHaveLength(1);
    },
    LONG_MS,
  );

  test("has raised no uncaught errors", () => {
    expect(errors).toEqual([]);
  });
});
