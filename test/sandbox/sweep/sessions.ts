/** Sessions of the real library, unmodified, in real Chromium on the sandbox's page. */
import { basename, join } from "node:path";
import { create, defaultLogger, type Whatsapp } from "@wppconnect-team/wppconnect";
import type { Page } from "puppeteer";
import type { SandboxPhone } from "../../../contracts/sandbox.ts";
import { resolveSettings } from "../../../drivers/browser/settings.ts";
import type { Sandbox } from "../../../sandbox/sandbox.ts";
import { until } from "../../harness/system.ts";

export interface Session {
  readonly client: Whatsapp;
  readonly page: Page;
  readonly phone: SandboxPhone;
}

const DEADLINE_MS = 30_000;

function chromiumPath(): string {
  const found = resolveSettings({ path: process.env["WPP_CHROMIUM"] ?? null });
  if ("failure" in found) throw new Error(found.failure.help);
  return found.settings.path;
}

/** Starts a browser whose page waits to be linked. `onQr` gets each code that the library reads. */
export async function startSession(given: {
  sandbox: Sandbox;
  dir: string;
  phone: SandboxPhone;
  onQr: (text: string, picture: string) => void;
}): Promise<Session> {
  const { sandbox, dir, phone, onQr } = given;
  const { host, pagePort, spki } = sandbox.endpoint;
  const path = chromiumPath();
  const client = await create({
    session: phone.phone,
    headless: basename(path).includes("headless-shell") ? "shell" : true,
    useChrome: false,
    browserArgs: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--mute-audio",
      `--host-resolver-rules=MAP web.whatsapp.com ${host}:${pagePort}, MAP * ~NOTFOUND`,
      `--ignore-certificate-errors-spki-list=${spki}`,
    ],
    puppeteerOptions: {
      executablePath: path,
      userDataDir: join(dir, phone.phone),
      pipe: true,
      protocolTimeout: DEADLINE_MS,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
    whatsappVersion: undefined,
    deviceName: "Sweep",
    waitForLogin: false,
    updatesLog: false,
    disableWelcome: true,
    logQR: false,
    autoClose: 0,
    deviceSyncTimeout: 0,
    disableGoogleAnalytics: true,
    logger: Object.create(defaultLogger, { write: { value: () => true } }) as typeof defaultLogger,
    catchQR: (picture: string, _ascii: string, _attempt: number, text?: string) => onQr(text ?? "", picture),
  } as unknown as Parameters<typeof create>[0]);
  return { client, page: client.waPage, phone };
}

/** Links the session to its phone, which enters the code, or scans the one on the page. */
export async function link(
  sandbox: Sandbox,
  tenant: string,
  { client, page, phone }: Session,
  code?: string,
): Promise<void> {
  const shown = code === undefined ? { qr: await readQr(page) } : { code };
  await sandbox.phones.scan(tenant, phone.phone, shown);
  await connected({ client, page });
}

async function readQr(page: Page): Promise<string> {
  const holder = await page.waitForSelector("[data-ref] canvas");
  await holder?.dispose();
  return page.$eval("[data-ref]", (element) => element.getAttribute("data-ref") ?? "");
}

/** Resolves when the session is connected. */
export async function connected({ client, page }: Pick<Session, "client" | "page">): Promise<void> {
  await until(async () => {
    const state = await client.getConnectionState().catch(() => null);
    if (String(state) !== "CONNECTED" || !(await client.isMainLoaded().catch(() => false))) return false;
    // After a reload the library puts its own functions into the page a moment later than wa-js.
    return page.evaluate(() => "WAPI" in globalThis).catch(() => false);
  }, DEADLINE_MS);
}

/** Closes the browser without the library, whose own way can lose the profile. */
export async function closeSession({ page }: Session): Promise<void> {
  // The library polls its page until it sees the page's close event.
  page.emit("close", undefined);
  await page.browser().close();
}

/** Methods that only the library itself calls: protected in its types, or callbacks of its own page scripts. */
const INTERNAL = new Set([
  "constructor",
  "log",
  "initialize",
  "afterPageLoad",
  "afterPageScriptInjected",
  "checkStart",
  "checkQrCode",
  "loginByCode",
  "onLinkCode",
  "checkInChat",
  "tryAutoClose",
  "startAutoClose",
  "cancelAutoClose",
  "registerEvent",
]);

/** The public methods of the library's client. */
export function listMethods(client: Whatsapp): string[] {
  const found = new Set<string>();
  for (let level: object = client; level !== Object.prototype; level = Object.getPrototypeOf(level) as object)
    if (level !== client) for (const name of Object.getOwnPropertyNames(level)) found.add(name);
  return [...found].filter((name) => !INTERNAL.has(name));
}
