/** Starting and ending Chromium with the library on it. The two sandbox flags are the only difference to the real network. */
import { access, constants, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import type { Browser, Page, Target } from "puppeteer";
import type { DriverOptions } from "../driver.ts";
import { DriverError } from "../../contracts/transport.ts";
import { within } from "../../concurrency/deadline.ts";
import { endGroup, reap } from "./processes.ts";

const CLOSE_WITHIN_MS = 10_000;
const PROTOCOL_TIMEOUT_MS = 30_000;

type Library = typeof import("@wppconnect-team/wppconnect");
type CreateOptions = Exclude<Parameters<Library["create"]>[0], string>;

/** What the library calls back while it starts, and later. */
export interface Callbacks {
  readonly onQr: (text: string, attempt: number) => void;
  readonly onPairingCode: (code: string) => void;
}

/** Chromium's own directory in the session's profile. */
export function userDataDirOf(options: DriverOptions): string {
  return join(options.profileDir, "chromium");
}

/** Makes sure that Chromium can run and that nobody is on the profile. */
export async function prepareProfile(options: DriverOptions): Promise<void> {
  const path = options.chromium?.path;
  const missing = new DriverError(
    "rejected",
    `there is no Chromium at ${path ?? "(no path)"}`,
    "unsupported_by_driver",
  );
  if (path === undefined) throw missing;
  await access(path, constants.X_OK).catch(() => {
    throw missing;
  });
  await mkdir(userDataDirOf(options), { recursive: true, mode: 0o700 });
  await reap(userDataDirOf(options));
}

function browserArguments({ sandbox, chromium }: DriverOptions): string[] {
  const network =
    sandbox === null
      ? []
      : [
          `--host-resolver-rules=MAP web.whatsapp.com ${sandbox.host}:${sandbox.pagePort}, MAP * ~NOTFOUND`,
          `--ignore-certificate-errors-spki-list=${sandbox.spki}`,
        ];
  return [
    ...(chromium?.noSandbox === true ? ["--no-sandbox"] : []),
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--mute-audio",
    ...network,
  ];
}

/** Every object is made anew for each session: the library keeps and changes what it is given. */
function createOptions(
  options: DriverOptions,
  { onQr, onPairingCode, onTarget }: Callbacks & { onTarget: (target: Target) => void },
  library: Library,
): CreateOptions {
  const path = options.chromium?.path ?? "";
  return {
    session: options.sessionId,
    headless: basename(path).includes("headless-shell") ? "shell" : true,
    useChrome: false,
    browserArgs: browserArguments(options),
    puppeteerOptions: {
      executablePath: path,
      userDataDir: userDataDirOf(options),
      pipe: true,
      protocolTimeout: PROTOCOL_TIMEOUT_MS,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // The library does not hand the browser out before it is done with it; its first target leads there.
      targetFilter: (target: Target) => {
        onTarget(target);
        return true;
      },
    },
    // The library takes an absent version for its outdated default; an undefined one for none.
    whatsappVersion: (options.sandbox === null ? options.chromium?.webVersion : undefined) ?? undefined,
    deviceName: options.deviceName,
    waitForLogin: false,
    updatesLog: false,
    disableWelcome: true,
    logQR: false,
    autoClose: 0,
    deviceSyncTimeout: 0,
    disableGoogleAnalytics: true,
    // What matters of its log reaches us as events and rejections.
    logger: Object.create(library.defaultLogger, { write: { value: () => true } }) as typeof library.defaultLogger,
    catchQR: (_picture: string, _ascii: string, attempt: number, text?: string) => {
      if (text) onQr(text, attempt);
    },
    ...(options.pairingPhone === null ? {} : { phoneNumber: options.pairingPhone, catchLinkCode: onPairingCode }),
  } as CreateOptions;
}

/** Starts Chromium and the library on the profile; the link is not awaited. When it fails, nothing of it is left. */
export async function launch(options: DriverOptions, callbacks: Callbacks): Promise<Whatsapp> {
  const library = await import("@wppconnect-team/wppconnect");
  let target: Target | undefined;
  const onTarget = (first: Target): void => {
    target ??= first;
  };
  try {
    return await library.create(createOptions(options, { ...callbacks, onTarget }, library));
  } catch (error) {
    if (target !== undefined) await abandon(target.browser());
    throw error;
  }
}

/** The library goes on asking its page, until it is told that the page is closed. */
async function abandon(browser: Browser): Promise<void> {
  const pages = await within(browser.pages(), CLOSE_WITHIN_MS, () => new Error("no pages")).catch(() => []);
  for (const page of pages) page.emit("close", undefined);
  await within(browser.close(), CLOSE_WITHIN_MS, () => new Error("Chromium did not close")).catch(() => undefined);
}

/** Closes the browser so that its profile is complete, or kills it when it does not close, and settles when all of it is gone. */
export async function closeBrowser(page: Page): Promise<void> {
  const browser = page.browser();
  const child = browser.process();
  const exited =
    child === null || child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once("exit", resolve));
  await within(
    Promise.all([browser.close(), exited]),
    CLOSE_WITHIN_MS,
    () => new Error("Chromium did not close"),
  ).catch(() => undefined);
  // Puppeteer does not tell a page that its browser is gone, and the library stops its timers only when its page is closed.
  page.emit("close", undefined);
  // Puppeteer makes Chromium the leader of a process group of its own.
  if (child?.pid !== undefined) await endGroup(child.pid);
}
