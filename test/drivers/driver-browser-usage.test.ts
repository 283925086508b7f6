/** The census of browsers, on a real Chromium: whose it is, what it costs, and whether anybody is left to close it. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { browserUsage } from "../../drivers/browser/browser-usage.ts";
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
  dataDir = await mkdtemp(join(tmpdir(), "wpp-census-"));
  profiles = join(dataDir, "profiles");
});

afterEach(async () => {
  await reap(join(profiles, "one", "chromium"));
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once("exit", resolve));
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

test("a browser of ours is counted with all its processes, and is no orphan", async () => {
  expect(await browserUsage(profiles)).toMatchObject({ processes: 0, browserBytes: [], orphans: 0 });
  child = spawn(CHROMIUM, argumentsOn(join(profiles, "one", "chromium")), { detached: true, stdio: "ignore" });
  const census = await until(async () => {
    const now = await browserUsage(profiles);
    return now !== null && now.processes >= 3 ? now : undefined;
  });
  expect(census).toMatchObject({ browserBytes: [expect.any(Number)], orphans: 0 });
  expect(census.browserBytes[0]).toBeGreaterThan(20_000_000);
  expect(await browserUsage(join(dataDir, "others"))).toMatchObject({ processes: 0, browserBytes: [], orphans: 0 });
});

test("a browser whose parent has gone is an orphan", async () => {
  // The shell leaves it behind, in a session of its own, as a Node process would that was killed.
  child = spawn(
    "sh",
    ["-c", 'setsid "$@" >/dev/null 2>&1 & exit 0', "sh", CHROMIUM, ...argumentsOn(join(profiles, "one", "chromium"))],
    { stdio: "ignore" },
  );
  await until(async () => (await browserUsage(profiles))?.orphans === 1);
});
