/** The README is held to its word: its first steps are run as they stand, and its table of settings is complete. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { readConfig } from "../../contracts/config.ts";
import { blockAfter, README } from "../harness/readme.ts";
import { cleanUp, makeDataDir, startProcess, type SystemProcess } from "../harness/process.ts";

const run = promisify(execFile);
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
    const { stdout } = await run("sh", ["-ec", steps], {
      env: { PATH: process.env["PATH"], API: `${system.origin}/api/v1` },
    });
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
    const names = [...new Set(/accepted: (.*)/.exec(unknown)![1]!.split(", "))].filter(
      (name) => !name.endsWith("_FILE"),
    );
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !README.includes(`\`${name}\``))).toEqual([]);
  });
});

test("every file that docs/seed.md names is there", () => {
  const seed = readFileSync(resolve(import.meta.dirname, "../../docs/seed.md"), "utf8");
  const named = [
    ...new Set(
      [
        ...seed.matchAll(
          /`((?:actors|bench|contracts|db|docs|drivers|mixins|outbox|sandbox|scripts|services|test|k8s|nginx)\/[\w./-]*)`/g,
        ),
      ].map((match) => match[1]!),
    ),
  ];
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((path) => !existsSync(resolve(import.meta.dirname, "../..", path)))).toEqual([]);
});
