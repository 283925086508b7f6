/** The README's first steps are run as written. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { blockAfter } from "../harness/readme.ts";
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
});
