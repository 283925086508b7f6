/** The start script on a Node that is too old: it uses the project's own, or says which one it needs. */
import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanUp, makeDataDir } from "../harness/process.ts";

const SCRIPT = readFileSync(join(import.meta.dirname, "../../scripts/start.js"), "utf8");

let project: string;
beforeEach(() => {
  project = makeDataDir();
  mkdirSync(join(project, "scripts"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{"type":"module"}');
  // No Node is recent enough for this one.
  writeFileSync(join(project, "scripts/start.js"), SCRIPT.replace("[24, 9]", "[999, 0]"));
});
afterEach(() => cleanUp(project));

function start(): Promise<{ code: number; output: string }> {
  const script = join(project, "scripts/start.js");
  return new Promise((resolve) =>
    execFile(process.execPath, [script, "argument"], { timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    ),
  );
}

test("without a Node of its own it says which one it needs and how to get it", async () => {
  const { code, output } = await start();
  expect(code).toBe(78);
  expect(output).toMatch(/needs Node 999\.0 or later\.\nRun `npm ci` in the project's folder/);
});

test("with a Node of its own it runs on that one, and ends as it ends", async () => {
  const own = join(project, "node_modules/.bin/node");
  mkdirSync(join(project, "node_modules/.bin"), { recursive: true });
  writeFileSync(own, '#!/bin/sh\necho "own: $2"\nexit 7\n');
  chmodSync(own, 0o755);
  expect(await start()).toEqual({ code: 7, output: "own: argument\n" });
});
