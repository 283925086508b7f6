/** The README is held to its word: its first steps are run as they stand, and its table of settings is complete. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { readConfig } from "../contracts/config.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "./harness/process.ts";

const run = promisify(execFile);
const readme = readFileSync(resolve(import.meta.dirname, "../README.md"), "utf8");

/** The shell block that follows the text. */
function blockAfter(text: string): string {
  const at = readme.indexOf(text);
  const block = /```sh\n([\s\S]*?)```/.exec(readme.slice(at))?.[1];
  if (at < 0 || block === undefined) throw new Error(`the README has no shell block after "${text}"`);
  return block;
}

describe("the README", () => {
  const dataDir = makeDataDir();
  let system: SystemProcess;

  beforeAll(async () => {
    system = await startProcess({ dataDir });
  }, 60_000);

  afterAll(async () => {
    await system?.end("SIGTERM");
    await cleanUp(dataDir);
  }, 30_000);

  test("its first steps lead from nothing to a delivered message and an answer", async () => {
    const steps = blockAfter("The whole way, from nothing to a delivered message:");
    const wait = "sleep 0.1";
    const script = steps
      .replaceAll("\nask GET", `\n${wait}\nask GET`)
      .replace("ask GET  /sandbox", "for i in $(seq 50); do ask GET /sessions/main | grep -q connected && break; sleep 0.1; done\nask GET  /sandbox");
    const { stdout } = await run("sh", ["-ec", script], { env: { PATH: process.env["PATH"], API: `${system.origin}/api/v1` } });
    expect(stdout).toContain('"text":"Hello"');
    expect(stdout).toContain('"text":"Hi there"');
    expect(stdout).not.toContain('"status":4');
  }, 60_000);

  test("its table of settings names every setting", () => {
    const unknown = (() => {
      try {
        readConfig({ WPP_NO_SUCH_SETTING: "x" });
        return "";
      } catch (error) {
        return String(error);
      }
    })();
    const names = [...new Set(/accepted: (.*)/.exec(unknown)![1]!.split(", "))].filter((name) => !name.endsWith("_FILE"));
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

test("every file that docs/seed.md names is there", () => {
  const seed = readFileSync(resolve(import.meta.dirname, "../docs/seed.md"), "utf8");
  const named = [
    ...new Set(
      [...seed.matchAll(/`((?:actors|bench|contracts|db|docs|drivers|mixins|outbox|sandbox|scripts|services|test|k8s|nginx)\/[\w./-]*)`/g)].map(
        (match) => match[1]!,
      ),
    ),
  ];
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !existsSync(resolve(import.meta.dirname, "..", path)))).toEqual([]);
});
