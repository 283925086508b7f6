/** Each program of docs/examples.md runs as it stands, where its language is installed. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SERVICE_NAMES } from "../../contracts/config.ts";
import { registerTenant, type TestClient } from "../harness/client.ts";
import { startSystem, type System } from "../harness/system.ts";
import { itemOf, makePhone, pairSession } from "../journeys/pairing.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../docs/examples.md"), "utf8");
const LANGUAGES = [
  { name: "curl", fence: "sh", file: "send.sh", command: "sh", args: [], probe: ["curl", "--version"] },
  { name: "JavaScript", fence: "js", file: "send.mjs", command: process.execPath, args: [], probe: ["node", "-v"] },
  { name: "Python", fence: "python", file: "send.py", command: "python3", args: [], probe: ["python3", "-V"] },
  { name: "PHP", fence: "php", file: "send.php", command: "php", args: [], probe: ["php", "-v"] },
  { name: "Go", fence: "go", file: "send.go", command: "go", args: ["run"], probe: ["go", "version"] },
] as const;

const isInstalled = ([program, ...args]: readonly string[]): boolean => spawnSync(program!, args).status === 0;
/** Without one, its program is only checked to be on the page. */
const installed = LANGUAGES.filter(({ probe }) => isInstalled(probe));

let system: System;
let api: TestClient;
let folder = "";
let key = "";
let ana = "";

const programOf = (fence: string): string => new RegExp(`\`\`\`${fence}\\n([\\s\\S]*?)\`\`\``).exec(PAGE)?.[1] ?? "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "wpp-examples-"));
  system = await startSystem({ services: SERVICE_NAMES, environment: { WPP_SIGNUP: "open", WPP_SANDBOX: "on" } });
  api = await registerTenant(system.url);
  const body = { name: "examples", scopes: ["message:send", "message:read"] };
  key = (await api.expect<{ key: string }>(201, "POST", "/api-keys", body)).key;
  const own = await makePhone(api, "Own");
  ana = await makePhone(api, "Ana");
  await pairSession(api, "main", "light", own);
}, 60_000);

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await system?.stop();
});

test("the page has a program in each language", () => {
  expect(LANGUAGES.filter(({ fence }) => programOf(fence) === "")).toEqual([]);
});

test.each(installed)(
  "$name sends a message and follows it",
  async ({ name, fence, file, command, args }) => {
    const path = join(folder, file);
    writeFileSync(path, programOf(fence));
    const environment = {
      PATH: process.env["PATH"],
      HOME: folder,
      WPP_URL: system.url,
      WPP_KEY: key,
      WPP_SESSION: "main",
      WPP_TO: ana,
    };
    const { stdout } = await promisify(execFile)(command, [...args, path], { env: environment, timeout: 60_000 });
    expect(stdout).toMatch(/sent|delivered|read/);
    await itemOf(api, ana, ({ text }) => text === `Hello from ${name}`);
    // The same request again sends nothing more.
    await promisify(execFile)(command, [...args, path], { env: environment, timeout: 60_000 });
    const found = await api.expect<{ data: object[] }>(200, "GET", `/messages?q=from%20${name}`);
    expect(found.data).toHaveLength(1);
  },
  120_000,
);
