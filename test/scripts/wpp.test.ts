/** The command line `wpp` against a running system, as a person or a script uses it. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { verifyWebhook } from "../../clients/typescript/src/index.ts";
import { PERMISSIONS } from "../../contracts/permissions.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { databaseEnvironment } from "../harness/database.ts";
import { cleanUp, COMPILE_CACHE, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";
import { until } from "../harness/system.ts";
import { itemOf, makePhone } from "../journeys/pairing.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const WPP = join(ROOT, "scripts/wpp.js");
const dataDir = makeDataDir();

let system: SystemProcess;
let api: TestClient;
let home = "";
let key = "";
let own = "";
let ana = "";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Running {
  /** What it has printed so far. */
  readonly out: () => string;
  readonly ended: Promise<Ended>;
}

/** Starts a command in an empty folder, with a home of its own. */
function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [WPP, ...args], {
    cwd: home,
    env: { PATH: process.env["PATH"], HOME: home, ...COMPILE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((done) => child.once("close", (code) => done({ code, out, err })));
  return { out: () => out, ended };
}

const wpp = (...args: string[]): Promise<Ended> => start(args).ended;
const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  system = await startProcess({ dataDir });
  home = mkdtempSync(join(tmpdir(), "wpp-home-"));
  api = await registerTenant(system.origin, "Cli", dataDir);
  const scopes = PERMISSIONS.filter((permission) => permission !== "platform:admin");
  key = (await api.expect<{ key: string }>(201, "POST", "/api-keys", { name: "cli", scopes })).key;
  own = await makePhone(api, "Own");
  ana = await makePhone(api, "Ana", { autoRead: true });
}, 60_000);

afterAll(async () => {
  rmSync(home, { recursive: true, force: true });
  await system?.end("SIGTERM");
  await cleanUp(dataDir);
}, 30_000);

test("without a profile it says how to make one, and a login keeps the key for its owner only", async () => {
  expect(await wpp("session", "list")).toMatchObject({ code: 1, err: expect.stringContaining("wpp login") });
  const login = await wpp("login", system.origin, "--key", key);
  expect(login).toMatchObject({ code: 0, out: `Signed in to Cli at ${system.origin}, as profile default\n` });
  const file = join(home, ".config/wpp/profiles.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  chmodSync(file, 0o644);
  expect(await wpp("profile", "list")).toMatchObject({ code: 1, err: expect.stringContaining(`chmod 600 ${file}`) });
  chmodSync(file, 0o600);
  expect((await wpp("profile", "list")).out).toContain(system.origin);
});

test("a wrong key is not kept", async () => {
  const refused = await wpp("login", system.origin, "--key", "wpp_wrong", "--name", "other");
  expect(refused).toMatchObject({ code: 3, err: expect.stringContaining("unauthenticated") });
  expect((await wpp("profile", "list")).out).not.toContain("other");
});

test("a session is made, and linked by its QR code", async () => {
  const linking = start(["session", "link", "main", "--sandbox", "--json"]);
  const [code] = await until(() => (linking.out().includes("\n") ? jsonLines(linking.out()) : undefined), 20_000);
  await api.expect(200, "POST", `/sandbox/phones/${own}/scan`, { qr: code!["qr"] });
  const { code: exit, out } = await linking.ended;
  expect(exit).toBe(0);
  expect(jsonLines(out).at(-1)).toMatchObject({ session: "main", me: { phone: own } });
  expect((await wpp("session", "list")).out).toMatch(/SESSION\s+STATE.*\nmain\s+connected\s+\+\d+/);
}, 60_000);

test("a text and a file are sent, and what became of them is shown", async () => {
  const sent = await wpp("send", "main", ana, "Hello", "there", "--wait", "--json");
  expect(sent.code).toBe(0);
  const [message] = jsonLines(sent.out);
  expect(message).toMatchObject({ text: "Hello there", status: expect.stringMatching(/sent|delivered|read/) });
  writeFileSync(join(home, "list.csv"), "name;price\n");
  expect(await wpp("send", "main", ana, "the list", "--file", "list.csv")).toMatchObject({ code: 0 });
  await itemOf(api, ana, ({ type, text }) => type === "document" && text === "the list");
  const shown = await wpp("message", "show", String(message!["id"]));
  expect(shown.out).toMatch(/queued[\s\S]*sent/);
  expect((await wpp("messages", "--chat", ana)).out).toContain("Hello there");
});

test("what is refused says which field, and what is used wrongly says how it is used", async () => {
  expect(await wpp("send", "main", "nobody", "?")).toMatchObject({ code: 3, err: expect.stringContaining("/to") });
  expect(await wpp("send", "main")).toMatchObject({ code: 2, err: expect.stringContaining("<session> <to>") });
  expect(await wpp("sesion", "list")).toMatchObject({ code: 2, err: expect.stringContaining("session list") });
  expect(await wpp("messages", "--nope")).toMatchObject({ code: 2, err: expect.stringContaining("--status") });
  const nowhere = { WPP_TOKEN: key, WPP_URL: "http://127.0.0.1:9" };
  expect(await start(["session", "list"], nowhere).ended).toMatchObject({ code: 4 });
}, 30_000);

test("events are printed, and posted to a program with a signature", async () => {
  const received: { headers: Record<string, string>; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      received.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const { cursor } = (await api.expect<{ data: { cursor: string }[] }>(200, "GET", "/events?limit=1")).data[0]!;
  const flags = ["--types", "message.queued", "--after", cursor, "--count", "1"];
  const tail = await wpp("events", "tail", "--json", ...flags);
  expect(jsonLines(tail.out)).toEqual([expect.objectContaining({ type: "message.queued" })]);
  const listening = await wpp("webhook", "listen", "--forward", `localhost:${port}/hook`, ...flags);
  const [, secret = ""] = /Signed with (whsec_\S+)/.exec(listening.out) ?? [];
  expect(await verifyWebhook(secret, received[0]!.headers, received[0]!.body)).toMatchObject({
    type: "message.queued",
  });
  server.close();
}, 30_000);

test("a user gets a new password", async () => {
  const token = await api.ask<{ data: { email: string }[] }>("GET", "/users");
  const { email } = token.body.data[0]!;
  const here = { WPP_DATA_DIR: dataDir, ...(await databaseEnvironment(dataDir)) };
  const reset = await start(["user", "reset", email.toUpperCase(), "--json"], here).ended;
  expect(reset).toMatchObject({ code: 0, err: "" });
  const [{ password }] = jsonLines(reset.out) as [{ password: string }];
  const signedIn = await fetch(`${system.origin}/api/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  expect(signedIn.status).toBe(200);
  const { data } = await api.expect<{ data: { action: string; actor: { type: string } }[] }>(200, "GET", "/audit");
  const changed = data.find(({ action }) => action === "user.password_changed");
  expect(changed).toMatchObject({ actor: { type: "system" } });
  const unknown = await start(["user", "reset", "no@one.test"], here).ended;
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining("no@one.test") });
});

test("config shows settings without secrets, and names mistakes", async () => {
  const shown = await start(["config"], { WPP_PORT: "3999", WPP_MASTER_KEY: "k".repeat(40) }).ended;
  expect(shown.out).toMatch(/WPP_PORT\s+3999\s+set/);
  expect(shown.out).not.toContain("kkkk");
  const wrong = await start(["config"], { WPP_PROT: "1" }).ended;
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining("did you mean WPP_PORT") });
});

test("the doctor passes here, and names what is missing with what mends it", async () => {
  const healthy = await wpp("doctor", "--json");
  expect(jsonLines(healthy.out)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ check: "Database", ok: true }),
      expect.objectContaining({ check: "Chromium", ok: true }),
    ]),
  );
  mkdirSync(join(home, "open"), { mode: 0o755 });
  chmodSync(join(home, "open"), 0o755);
  const ill = await start(["doctor"], {
    WPP_CHROMIUM: "/no/chromium",
    WPP_DATA_DIR: join(home, "open"),
    WPP_DATABASE_URL: "postgres://nobody:secret@127.0.0.1:9/none",
    WPP_REDIS_URL: "redis://127.0.0.1:9",
  }).ended;
  expect(ill.code).toBe(1);
  expect(ill.out).toMatch(/FAIL Chromium[^\n]*\n\s+to mend it: npm run setup/);
  expect(ill.out).toMatch(/FAIL Redis[^\n]*\n\s+to mend it: check that it runs, and WPP_REDIS_URL/);
  expect(ill.out).toMatch(/FAIL Database/);
  expect(ill.out).toContain(`chmod 700 ${join(home, "open")}`);
  expect(ill.out).not.toContain("secret");
}, 60_000);

test("bash completes its words", async () => {
  const { out } = await wpp("completion", "bash");
  writeFileSync(join(home, "completion.sh"), out);
  const script = `source ${join(home, "completion.sh")}; COMP_WORDS=(wpp session li); COMP_CWORD=2; _wpp; echo "\${COMPREPLY[*]}"`;
  const child = spawn("bash", ["-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
  await new Promise((done) => child.once("close", done));
  expect(text.trim().split(" ")).toEqual(["list", "link"]);
  expect(readFileSync(join(home, "completion.sh"), "utf8")).toContain("events");
});
