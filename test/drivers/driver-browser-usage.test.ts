/** The cost of browsers, measured on a real Chromium: its processes, its memory, and whether its parent still runs. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureUsage } from "../../drivers/browser/browser-usage.ts";
import { reap } from "../../drivers/browser/processes.ts";
import { until } from "../harness/system.ts";

const INSTALLED = ["/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium"];
const CHROMIUM = process.env["WPP_CHROMIUM"] ?? INSTALLED.find((candidate) => existsSync(candidate)) ?? "";
let dataDir: string;
let profiles: string;
let child: ChildProcess;

const argumentsOn = (profile: string) => [
  "--no-sandbox",
  "--disable-gpu",
  "--remote-debugging-port=0",
  `--user-data-dir=${profile}`,
  "about:blank",
];

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "wpp-usage-"));
  profiles = join(dataDir, "profiles");
});

afterEach(async () => {
  await reap(join(profiles, "one", "chromium"));
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once("exit", resolve));
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("a browser on a profile counts with all its processes, and is not an orphan", async () => {
  expect(await measureUsage(profiles)).toMatchObject({ processes: 0, browsers: [], orphans: 0 });
  child = spawn(CHROMIUM, argumentsOn(join(profiles, "one", "chromium")), { detached: true, stdio: "ignore" });
  const usage = await until(async () => {
    const now = await measureUsage(profiles);
    return now !== null && now.processes >= 3 ? now : undefined;
  });
  expect(usage).toMatchObject({
    browsers: [{ sessionId: "one", bytes: expect.any(Number), age: expect.any(Number) }],
    orphans: 0,
  });
  expect(usage.browsers[0]!.bytes).toBeGreaterThan(5_000_000);
  expect(usage.browsers[0]!.age).toBeLessThan(60_000);
  expect(await measureUsage(join(dataDir, "others"))).toMatchObject({ processes: 0, browsers: [], orphans: 0 });
});

test("a browser whose parent is gone is an orphan", async () => {
  // The shell exits and leaves the browser behind in a separate session, as a killed Node process does.
  child = spawn(
    "sh",
    ["-c", 'setsid "$@" >/dev/null 2>&1 & exit 0', "sh", CHROMIUM, ...argumentsOn(join(profiles, "one", "chromium"))],
    { stdio: "ignore" },
  );
  await until(async () => (await measureUsage(profiles))?.orphans === 1);
});
