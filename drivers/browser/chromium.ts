/** Starts and ends Chromium with the library. The sandbox differs from the real network only by two flags. */
import type { ChildProcess } from "node:child_process";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { mkdir } from "node:fs/promises";
import { basename } from "node:path";
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import type { Browser, Page, Target } from "puppeteer";
import { DriverStartError, type DriverLog, type DriverOptions, type SandboxEndpoint } from "../driver.ts";
import { within } from "../../concurrency/deadline.ts";
import { endGroup, reap } from "./processes.ts";
import {
  freeProfile,
  LOCKED,
  LOCKED_CHROMIUM,
  lockedEnvironment,
  userDataDirOf,
  type ProfileWait,
} from "./profile-lock.ts";
import { ProfileTaken, type StartPhases } from "./start-phases.ts";
import { resolveSettings, type BrowserSettings } from "./settings.ts";

const CLOSE_WITHIN_MS = 5_000;
const PROTOCOL_TIMEOUT_MS = 30_000;

type Library = typeof import("@wppconnect-team/wppconnect");
type CreateOptions = Exclude<Parameters<Library["create"]>[0], string>;

/** Called by the library while it starts, and later. */
export interface LoginCallbacks {
  readonly onQr: (text: string, attempt: number) => void;
  readonly onPairingCode: (code: string) => void;
}

/** Checks that Chromium can run, and makes the profile's directory. Throws DriverStartError. */
export async function prepareProfile(options: DriverOptions): Promise<BrowserSettings> {
  const resolved = resolveSettings(options.settings);
  if ("failure" in resolved) throw new DriverStartError(resolved.failure);
  await mkdir(userDataDirOf(options), { recursive: true, mode: 0o700 });
  return resolved.settings;
}

/** The page's name leads to the sandbox, and every other name nowhere; behind a proxy only the proxy can be reached. */
function resolverRules({ host, pagePort }: SandboxEndpoint, proxy: DriverOptions["proxy"]): string {
  if (proxy === null) return `MAP web.whatsapp.com ${host}:${pagePort}, MAP * ~NOTFOUND`;
  return `MAP * ~NOTFOUND, EXCLUDE ${new URL(proxy.url).hostname}`;
}

function browserArguments({ sandbox, language, proxy }: DriverOptions, settings: BrowserSettings): string[] {
  const network =
    sandbox === null
      ? []
      : [
          `--host-resolver-rules=${resolverRules(sandbox, proxy)}`,
          `--ignore-certificate-errors-spki-list=${sandbox.spki}`,
        ];
  return [
    // Without its sandbox, the processes that prepare sandboxed ones are memory for nothing (decision 31).
    ...(settings.sandbox ? [] : ["--no-sandbox", "--no-zygote"]),
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--mute-audio",
    // Nothing is drawn for anyone: a process of its own for that is memory for nothing (decision 31).
    "--in-process-gpu",
    "--disable-software-rasterizer",
    ...(language === null ? [] : [`--lang=${language}`, `--accept-lang=${language}`]),
    ...network,
  ];
}

/** As the library takes it: it answers the proxy's question for a password, if there is one. */
function proxyOf({ url, username, password }: NonNullable<DriverOptions["proxy"]>) {
  return { url, username: username ?? "", password: password ?? "" };
}

interface Launch {
  readonly options: DriverOptions;
  readonly settings: BrowserSettings;
  readonly callbacks: LoginCallbacks;
  readonly log: DriverLog;
  /** Called when no other browser is on the profile, before there is one. */
  readonly prepare: () => Promise<void>;
}

/** Each session gets its own objects, because the library keeps and changes them. */
function createOptions(
  { options, settings, callbacks: { onQr, onPairingCode } }: Launch,
  onTarget: (target: Target) => void,
  library: Library,
): CreateOptions {
  return {
    session: options.sessionId,
    headless: basename(settings.path).includes("headless-shell") ? "shell" : true,
    useChrome: false,
    browserArgs: browserArguments(options, settings),
    puppeteerOptions: {
      executablePath: LOCKED_CHROMIUM,
      env: lockedEnvironment(options, settings.path),
      userDataDir: userDataDirOf(options),
      pipe: true,
      protocolTimeout: PROTOCOL_TIMEOUT_MS,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      // The library returns the browser only when it has finished; its first target leads to it before that.
      targetFilter: (target: Target) => {
        onTarget(target);
        return true;
      },
    },
    // An absent property would mean the library's outdated default; undefined means the current version.
    whatsappVersion: (options.sandbox === null ? settings.webVersion : null) ?? undefined,
    ...(options.proxy === null ? {} : { proxy: proxyOf(options.proxy) }),
    deviceName: options.deviceName,
    waitForLogin: false,
    updatesLog: false,
    disableWelcome: true,
    logQR: false,
    autoClose: 0,
    deviceSyncTimeout: 0,
    disableGoogleAnalytics: true,
    // The library's log is silenced: everything that matters also arrives as events and rejections.
    logger: Object.create(library.defaultLogger, { write: { value: () => true } }) as typeof library.defaultLogger,
    catchQR: (_picture: string, _ascii: string, attempt: number, text?: string) => {
      if (text) onQr(text, attempt);
    },
    ...(options.pairingPhone === null ? {} : { phoneNumber: options.pairingPhone, catchLinkCode: onPairingCode }),
  } as CreateOptions;
}

/**
 * Starts Chromium and the library as soon as no other browser has the profile, and does not wait for a connection.
 * Rejects when a phase takes too long; the processes that it started have ended then.
 */
export async function startBrowser(given: Launch, phases: StartPhases, wait: ProfileWait): Promise<Whatsapp> {
  const end = (): Promise<void> =>
    reap(userDataDirOf(given.options)).catch((error: unknown) =>
      given.log("warn", "browser not killed", { error: String(error) }),
    );
  let first: Target | undefined;
  const onBrowser = (target: Target): void => {
    first = target;
    phases.enter("page");
    // The start was cancelled before there was a process to end.
    if (wait.signal.aborted) void end();
  };
  try {
    phases.enter("profile");
    await phases.within(freeProfile(given.options, wait).then(given.prepare));
    phases.enter("launch");
    return await phases.within(launch(given, onBrowser));
  } catch (error) {
    // Before that there is nothing to see.
    if (first !== undefined) await phases.keepPicture(given.options.profileDir, await first.page().catch(() => null));
    await end();
    throw error;
  }
}

/** After a failure nothing is left running. `onBrowser` is called when Chromium runs and has a page. */
async function launch(given: Launch, onBrowser: (target: Target) => void): Promise<Whatsapp> {
  const library = await import("@wppconnect-team/wppconnect");
  let target: Target | undefined;
  const onTarget = (first: Target): void => {
    if (target === undefined) onBrowser(first);
    target ??= first;
  };
  let child: ChildProcess | undefined;
  const stopGuarding = guardPipes(userDataDirOf(given.options), (created) => (child = created));
  try {
    return await library.create(createOptions(given, onTarget, library));
  } catch (error) {
    if (target !== undefined) await abandon(target.browser());
    throw (await exitCodeOf(child)) === LOCKED ? new ProfileTaken() : error;
  } finally {
    stopGuarding();
  }
}

/**
 * Puppeteer removes its listeners from the pipes to Chromium when these close. A write that fails after that, because
 * Chromium was killed, would be an uncaught exception and end the thread. The process is known here from its creation.
 */
function guardPipes(userDataDir: string, onCreated: (child: ChildProcess) => void): () => void {
  const guard = (message: unknown): void => {
    const { process: child } = message as { process: ChildProcess };
    child.once("spawn", () => {
      if (!child.spawnargs.includes(`--user-data-dir=${userDataDir}`)) return;
      onCreated(child);
      for (const pipe of child.stdio) pipe?.on("error", () => undefined);
    });
  };
  subscribe("child_process", guard);
  return () => unsubscribe("child_process", guard);
}

/** The exit code of a process whose start failed; null when it was killed, or does not end. */
async function exitCodeOf(child: ChildProcess | undefined): Promise<number | null> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return within(exit, CLOSE_WITHIN_MS, () => new Error("it does not end")).catch(() => null);
}

/** Closes a browser whose start failed. The library polls its page until it sees the page's close event. */
async function abandon(browser: Browser): Promise<void> {
  const pages = await within(browser.pages(), CLOSE_WITHIN_MS, () => new Error("no pages")).catch(() => []);
  for (const page of pages) page.emit("close", undefined);
  await within(browser.close(), CLOSE_WITHIN_MS, () => new Error("Chromium did not close")).catch(() => undefined);
}

/**
 * Closes the browser, so that its profile is complete, or kills it when it does not close; true when it has closed.
 * Resolves when all its processes have ended.
 */
export async function closeBrowser(page: Page): Promise<boolean> {
  const browser = page.browser();
  const child = browser.process();
  const exited =
    child === null || child.exitCode !== null || child.signalCode !== null
      ? Promise.resolve()
      : new Promise((resolve) => child.once("exit", resolve));
  const wasAlive = child !== null && child.exitCode === null && child.signalCode === null;
  const hasClosed = await within(
    Promise.all([browser.close(), exited]),
    CLOSE_WITHIN_MS,
    () => new Error("Chromium did not close"),
  ).then(
    () => wasAlive,
    () => false,
  );
  // The library stops its timers at the page's close event, which Puppeteer does not emit when the browser is gone.
  page.emit("close", undefined);
  // Puppeteer makes Chromium the leader of its own process group.
  if (child?.pid !== undefined) await endGroup(child.pid);
  return hasClosed;
}
