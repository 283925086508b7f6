import { existsSync } from "node:fs";
import { userDataDirOf } from "../drivers/browser/chromium.ts";
import { createBrowserDriver } from "../drivers/browser/browser-driver.ts";
import { findProcesses } from "../drivers/browser/processes.ts";
import { runDriverConformance } from "./conformance/driver-conformance.ts";

const path = [process.env["WPP_CHROMIUM"], "/usr/lib/chromium/chromium-headless-shell", "/usr/lib/chromium/chromium"].find((candidate) => candidate !== undefined && existsSync(candidate)) ?? "";

runDriverConformance({
  name: "browser",
  createDriver: createBrowserDriver,
  chromium: { path, noSandbox: process.getuid?.() === 0, webVersion: null },
  gaps: {},
  crash: async (_driver, { options }) => {
    for (const pid of await findProcesses(userDataDirOf(options))) process.kill(pid, "SIGKILL");
  },
});
