/** Sessions of wppconnect-server are taken over without a new scan: profiles that the plain library has linked. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { create, defaultLogger, type Whatsapp } from "@wppconnect-team/wppconnect";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { PERMISSIONS } from "../../contracts/permissions.ts";
import type { SandboxEndpoint } from "../../contracts/sandbox-wire.ts";
import { resolveSettings } from "../../drivers/browser/settings.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { databaseEnvironment } from "../harness/database.ts";
import { startSystem, until, type System } from "../harness/system.ts";
import { connected, itemOf, makePhone } from "../journeys/pairing.ts";

const WPP = join(resolve(import.meta.dirname, "../.."), "scripts/wpp.js");
const NAME = "NERDWHATS_AMERICA";
const isRoot = process.getuid?.() === 0;

let system: System;
let api: TestClient;
let key = "";
let old = "";
let ana = "";
let own = "";
const profiles = () => join(old, "userDataDir");
const tokens = () => join(old, "tokens");

/** That server's own client, as it starts one: the library with a profile in userDataDir. */
async function startOld(onCode: (text: string) => void): Promise<Whatsapp> {
  const found = resolveSettings({ path: process.env["WPP_CHROMIUM"] ?? null, sandbox: !isRoot });
  if ("failure" in found) throw new Error(found.failure.help);
  const { path } = found.settings;
  const { host, pagePort, spki } = await system.broker.call<SandboxEndpoint, object>("sandbox.endpoint", {});
  return create({
    session: NAME,
    headless: basename(path).includes("headless-shell") ? "shell" : true,
    useChrome: false,
    browserArgs: [
      ...(isRoot ? ["--no-sandbox"] : []),
      `--host-resolver-rules=MAP web.whatsapp.com ${host}:${pagePort}, MAP * ~NOTFOUND`,
      `--ignore-certificate-errors-spki-list=${spki}`,
    ],
    puppeteerOptions: { executablePath: path, userDataDir: join(profiles(), NAME) },
    whatsappVersion: "",
    updatesLog: false,
    disableWelcome: true,
    logQR: false,
    autoClose: 0,
    deviceSyncTimeout: 0,
    catchQR: (_picture: string, _ascii: string, _attempt: number, text?: string) => {
      if (text !== undefined) onCode(text);
    },
  });
}

const isConnected = async (client: Whatsapp) => (await client.getConnectionState()) === "CONNECTED";

function wpp(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const { config, url } = system;
  const child = spawn(process.execPath, [WPP, ...args], {
    cwd: old,
    env: {
      PATH: process.env["PATH"],
      HOME: old,
      WPP_URL: url,
      WPP_TOKEN: key,
      WPP_DATA_DIR: config.dataDir,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((done) => child.once("close", (code) => done({ code, out, err })));
}

let environment: Record<string, string> = {};
const migrate = (...args: string[]) =>
  wpp("migrate", "wppconnect-server", "--profiles", profiles(), "--tokens", tokens(), "--sandbox", ...args);

beforeAll(async () => {
  defaultLogger.level = "error";
  system = await startSystem({
    services: SERVICE_NAMES,
    environment: { WPP_SIGNUP: "open", WPP_SANDBOX: "on", WPP_ALLOW_PRIVATE_URLS: "127.0.0.0/8" },
  });
  environment = await databaseEnvironment(system.dataDir);
  api = await registerTenant(system.url);
  const scopes = PERMISSIONS.filter((permission) => permission !== "platform:admin");
  key = (await api.expect<{ key: string }>(201, "POST", "/api-keys", { name: "cli", scopes })).key;
  own = await makePhone(api, "Own");
  ana = await makePhone(api, "Ana", { autoRead: true });
  old = mkdtempSync(join(tmpdir(), "wpp-old-server-"));
  mkdirSync(profiles());
  mkdirSync(tokens());
  writeFileSync(
    join(tokens(), `${NAME}.data.json`),
    JSON.stringify({ sessionId: NAME, config: { webhook: "http://127.0.0.1:4009/hook", deviceName: "Shop" } }),
  );
  mkdirSync(join(profiles(), "never-started/Default"), { recursive: true });
  const client = await startOld((qr) => void api.ask("POST", `/sandbox/phones/${own}/scan`, { qr }));
  await until(() => isConnected(client), 30_000);
  await client.close();
}, 90_000);

afterAll(async () => {
  await system?.stop();
  rmSync(old, { recursive: true, force: true, maxRetries: 5 });
}, 60_000);

test("a dry run shows what would happen, and does nothing", async () => {
  const { code, out } = await migrate("--dry-run");
  expect(out).toMatch(
    /NERDWHATS_AMERICA\s+nerdwhats_america\s+\d+ MB\s+http:\/\/127\.0\.0\.1:4009\/hook\s+would be taken over/,
  );
  expect(out).toMatch(/never-started.*it has never opened WhatsApp Web/);
  expect(code).toBe(1);
  expect(await api.expect(200, "GET", "/sessions")).toMatchObject({ data: [] });
});

test("while the old server is on a profile, it is left alone", async () => {
  const lock = join(profiles(), NAME, "SingletonLock");
  rmSync(lock, { force: true });
  symlinkSync(`${hostname()}-${process.pid}`, lock);
  const { code, out } = await migrate("--session", NAME);
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining(`pid ${process.pid}`) });
  rmSync(lock);
});

test("the session is connected here without a QR code, with its webhook, and sends", async () => {
  const before = readdirSync(join(profiles(), NAME)).toSorted();
  const { code, out } = await migrate("--session", NAME);
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("taken over") });
  expect(readdirSync(join(profiles(), NAME)).toSorted()).toEqual(before);
  await api.expect(202, "POST", "/sessions/nerdwhats_america/start");
  const session = await connected(api, "nerdwhats_america");
  expect(session).toMatchObject({
    me: { phone: own },
    settings: { deviceName: "Shop" },
    metadata: { "wppconnect-server.name": NAME },
  });
  const hooks = await api.expect<{ data: object[] }>(200, "GET", "/webhooks");
  expect(hooks.data).toEqual([expect.objectContaining({ url: "http://127.0.0.1:4009/hook", format: "wppconnect" })]);
  await api.expect(202, "POST", "/sessions/nerdwhats_america/messages", { to: ana, type: "text", text: "moved" });
  await itemOf(api, ana, ({ text }) => text === "moved");
  const again = await migrate("--session", NAME);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining("is here already") });
}, 90_000);

test("a stopped session is given back, and that server's client is connected without a QR code", async () => {
  expect(await migrate("--session", NAME, "--back")).toMatchObject({
    code: 1,
    out: expect.stringContaining("stop it first"),
  });
  await api.expect(202, "POST", "/sessions/nerdwhats_america/stop");
  await api.until<{ state: string }>("/sessions/nerdwhats_america", ({ state }) => state === "stopped", 30_000);
  const { out, code } = await migrate("--session", NAME, "--back");
  expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining("given back") });
  expect(readdirSync(profiles()).some((name) => name.startsWith(`${NAME}.before-`))).toBe(true);
  const codes: string[] = [];
  const client = await startOld((text) => void codes.push(text));
  await until(() => isConnected(client), 30_000);
  await client.close();
  expect(codes).toEqual([]);
  expect(existsSync(join(profiles(), NAME, "Default"))).toBe(true);
}, 90_000);
