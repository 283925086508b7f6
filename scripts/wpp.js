#!/usr/bin/env node
// The command line, on any Node that can run JavaScript: with the project's own one if this one is too old.
// Plain JavaScript, because a Node that is too old cannot even read the TypeScript files that would say so.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const NEEDED = [24, 9];
const [major, minor] = process.versions.node.split(".").map(Number);
const isRecent = major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
const own = fileURLToPath(new URL("../node_modules/.bin/node", import.meta.url));

if (isRecent) {
  await import("./wpp/main.ts");
} else if (existsSync(own)) {
  const child = spawn(own, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 128)));
} else {
  process.stderr.write(
    `This is Node ${process.versions.node}; wpp needs Node ${NEEDED.join(".")} or later.\n` +
      "Run `npm ci` in the project's folder, which brings its own Node for Linux, or install a later Node.\n",
  );
  process.exit(78);
}
