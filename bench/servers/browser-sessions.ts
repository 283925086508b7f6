/**
 * A process with sessions on the simulated WhatsApp Web, for bench/browser.ts: of this project's driver, or of plain
 * wppconnect with its default options, one browser for each session. It reports to its parent, and sends on request.
 */
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { create } from "@wppconnect-team/wppconnect";
import { browserDriver } from "../../drivers/browser/browser-driver.ts";
import { resolveSettings } from "../../drivers/browser/settings.ts";
import type { SandboxEndpoint } from "../../contracts/sandbox-wire.ts";

export interface Job {
  readonly subject: "driver" | "library";
  readonly sessions: number;
  readonly dir: string;
  readonly endpoint: SandboxEndpoint;
}
export type Report =
  | { readonly type: "qr"; readonly index: number; readonly text: string; readonly ms: number }
  | { readonly type: "connected"; readonly index: number; readonly at: number }
  | { readonly type: "sent"; readonly ms: number };
export interface SendOrder {
  readonly to: string;
  /** Messages of each session; all sessions send at the same time, each one after the other. */
  readonly count: number;
}

type Send = (to: string, text: string) => Promise<unknown>;

const job = JSON.parse(process.argv[2] ?? "{}") as Job;
const root = process.getuid?.() === 0;
const report = (message: Report): void => void process.send?.(message);
const found = resolveSettings({ path: process.env["WPP_CHROMIUM"] ?? null, sandbox: !root });
if ("failure" in found) throw new Error(found.failure.help);
const { path } = found.settings;

/** One session of the driver. */
async function startDriver(index: number): Promise<Send> {
  const profileDir = join(job.dir, `driver-${index}`);
  await mkdir(profileDir, { recursive: true, mode: 0o700 });
  const began = performance.now();
  const connected = Promise.withResolvers<void>();
  let hasCode = false;
  const driver = browserDriver.create(
    {
      sessionId: `bench-${index}`,
      profileDir,
      sandbox: job.endpoint,
      deviceName: "Bench",
      pairingPhone: null,
      snapshotKey: randomBytes(32).toString("base64url"),
      stored: { isLinked: false, since: Date.now(), until: null },
      rejectMedia: false,
      language: null,
      proxy: null,
      settings: { path, sandbox: !root },
      holder: "bench",
    },
    async (event) => {
      if (event.type === "qr" && !hasCode) {
        hasCode = true;
        report({ type: "qr", index, text: event.text, ms: performance.now() - began });
      }
      if (event.type === "state" && event.state === "connected") {
        report({ type: "connected", index, at: Date.now() });
        connected.resolve();
      }
    },
    () => undefined,
  );
  await driver.start();
  await connected.promise;
  return (to, text) => {
    const waId = `3EB0${randomBytes(9).toString("hex").toUpperCase()}`;
    return driver.send({ waId, to, content: { type: "text", text } });
  };
}

/** One session of the library alone, with what it needs to reach the page and nothing else. */
async function startLibrary(index: number): Promise<Send> {
  const { host, pagePort, spki } = job.endpoint;
  const began = performance.now();
  let hasCode = false;
  const client = await create({
    session: `bench-${index}`,
    headless: basename(path).includes("headless-shell") ? "shell" : true,
    useChrome: false,
    browserArgs: [
      ...(root ? ["--no-sandbox"] : []),
      `--host-resolver-rules=MAP web.whatsapp.com ${host}:${pagePort}, MAP * ~NOTFOUND`,
      `--ignore-certificate-errors-spki-list=${spki}`,
    ],
    puppeteerOptions: { executablePath: path, userDataDir: join(job.dir, `library-${index}`) },
    whatsappVersion: "",
    updatesLog: false,
    disableWelcome: true,
    logQR: false,
    autoClose: 0,
    deviceSyncTimeout: 0,
    catchQR: (_picture: string, _ascii: string, _attempt: number, text?: string) => {
      if (text === undefined || hasCode) return;
      hasCode = true;
      report({ type: "qr", index, text, ms: performance.now() - began });
    },
  });
  while ((await client.getConnectionState()) !== "CONNECTED") await new Promise((resolve) => setTimeout(resolve, 20));
  report({ type: "connected", index, at: Date.now() });
  return (to, text) => client.sendText(to, text);
}

const start = job.subject === "driver" ? startDriver : startLibrary;
const senders: Send[] = [];
for (let index = 0; index < job.sessions; index += 1) senders.push(await start(index));

process.on("message", ({ to, count }: SendOrder) => {
  const began = performance.now();
  const work = senders.map(async (send) => {
    for (let sent = 0; sent < count; sent += 1) await send(to, `message ${sent}`);
  });
  void Promise.all(work).then(() => report({ type: "sent", ms: performance.now() - began }));
});
