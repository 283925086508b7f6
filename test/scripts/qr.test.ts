/** `npm run qr`: the QR code of a session in the terminal, until the phone is linked. */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { OPEN, registerTenant, type Account } from "../harness/accounts.ts";
import { startSystem, until, type System } from "../harness/system.ts";

const ROOT = resolve(import.meta.dirname, "../..");

interface Run {
  output(): string;
  readonly ended: Promise<number | null>;
}

const running = new Set<ReturnType<typeof spawn>>();
let system: System;
let acme: Account;

beforeAll(async () => {
  system = await startSystem({
    services: ["api-gateway", "auth", "tenant", "session", "session-node", "sandbox"],
    environment: { ...OPEN, WPP_THREADS: "0", WPP_CHROMIUM: "/nowhere/chromium" },
  });
  acme = await registerTenant(system, "Acme");
});
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await system?.stop();
});

function run(session: string | undefined, environment: Readonly<Record<string, string>>): Run {
  const child = spawn(process.execPath, ["scripts/qr.ts", ...(session === undefined ? [] : [session])], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((done) => child.once("close", done)).finally(() => running.delete(child));
  return { output: () => output, ended };
}

const access = () => ({ WPP_URL: system.url, WPP_TOKEN: acme.accessToken });

test("starts the session, draws its code, and ends when a phone has scanned it", async () => {
  await acme.owner.expect(201, "POST", "/sessions", { name: "main", network: "sandbox" });
  const { phone } = await acme.owner.expect<{ phone: string }>(201, "POST", "/sandbox/phones", {});
  const shown = run("main", access());
  await until(() => shown.output().includes("scan this code for session main"), 20_000);
  expect(shown.output()).toMatch(/(?:^[ █▄▀]{40,}$\n){20}/m);
  expect(shown.output()).not.toContain("\u001B");
  const { qr } = await acme.owner.expect<{ qr: string }>(200, "GET", "/sessions/main/qr?wait=10");
  await acme.owner.expect(200, "POST", `/sandbox/phones/${phone}/scan`, { qr });
  expect(await shown.ended).toBe(0);
  expect(shown.output().trimEnd().endsWith(`Connected as ${phone}`)).toBe(true);
  const again = run("main", access());
  expect([await again.ended, again.output()]).toEqual([0, `Connected as ${phone}\n`]);
});

test("draws each new code once, also after the system was away for a moment", async () => {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    if (asked === 4) return void request.socket.destroy();
    const state = asked > 8 ? "connected" : "qr";
    const session = { id: "ses_1", name: "main", state, desired: "running", reason: "linked", evidence: {}, me: null };
    const code = { qr: asked < 4 ? "first" : "second", attempt: 1, expiresAt: new Date().toISOString() };
    response.end(JSON.stringify(request.url!.endsWith("/qr") ? code : session));
  }).listen(0, "127.0.0.1");
  try {
    await until(() => server.listening);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/`;
    const shown = run("main", { WPP_URL: url, WPP_TOKEN: "any" });
    expect(await shown.ended).toBe(0);
    expect(shown.output().match(/scan this code/g)).toHaveLength(2);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test.each([
  ["no session is named", undefined, () => access(), /npm run qr -- <session>/],
  ["there are no credentials", "main", () => ({ WPP_URL: system.url }), /WPP_TOKEN is missing/],
  ["the credentials are wrong", "main", () => ({ ...access(), WPP_TOKEN: "wpp_nonsense" }), /API key is not valid/],
  ["there is no such session", "nowhere", () => access(), /There is no session nowhere .+ POST \/api\/v1\/sessions/],
  ["the system does not run", "main", () => ({ ...access(), WPP_URL: "http://127.0.0.1:1" }), /Is the system running/],
])("explains in one line when %s", async (_name, session, environment, words) => {
  const shown = run(session, environment());
  expect(await shown.ended).toBe(1);
  expect(shown.output()).toMatch(words);
  expect(shown.output().trimEnd().split("\n")).toHaveLength(1);
});

test("names what is missing when the session cannot start", async () => {
  await acme.owner.expect(201, "POST", "/sessions", { name: "real", network: "whatsapp" });
  const shown = run("real", access());
  expect(await shown.ended).toBe(1);
  expect(shown.output()).toMatch(/no Chromium: run `npm run setup`/);
});
