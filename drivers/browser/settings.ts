/** The driver's settings, and the search for Chromium. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { z } from "zod";
import type { DriverSettings, PreflightFailure } from "../driver.ts";
import { explainMismatch } from "../../contracts/validation-messages.ts";

/** Where distributions and Chrome's own installer put it; headless-shell first, because it needs the least memory. */
const WELL_KNOWN_PATHS = [
  "/usr/lib/chromium/chromium-headless-shell",
  "/usr/lib/chromium/chromium",
  "/usr/lib/chromium-browser/chromium-browser",
  "/opt/google/chrome/chrome",
];

const Settings = z.object({
  /** Chromium's executable; null looks for one. */
  path: z.string().nullable().default(null),
  /** False runs Chromium without its own sandbox, as root must. */
  sandbox: z.boolean().default(true),
  /** The version of WhatsApp Web to load on the real network; null takes the current one. */
  webVersion: z.string().nullable().default(null),
});

export interface BrowserSettings {
  readonly path: string;
  readonly sandbox: boolean;
  readonly webVersion: string | null;
}

/** The settings with the executable that was found, or the reason why the driver cannot run. */
export function resolveSettings(
  settings: DriverSettings,
): { readonly settings: BrowserSettings } | { readonly failure: PreflightFailure } {
  const parsed = Settings.safeParse(settings);
  if (!parsed.success) return { failure: { reason: "driver_error", help: explainMismatch(Settings, settings) } };
  // Only macOS has none; there, all processes see each other.
  if (process.platform === "linux" && !isCommand("flock"))
    return {
      failure: { reason: "driver_error", help: "the command flock is missing: install the package util-linux" },
    };
  const { path, ...rest } = parsed.data;
  for (const candidate of path === null ? WELL_KNOWN_PATHS : [path])
    if (isExecutable(candidate)) return { settings: { ...rest, path: candidate } };
  const found = path === null ? "no Chromium was found" : `there is no Chromium at ${path}`;
  return {
    failure: { reason: "browser_missing", help: `${found}: install it (npm run setup) or set WPP_CHROMIUM` },
  };
}

function isCommand(name: string): boolean {
  const directories = (process.env["PATH"] ?? "").split(delimiter);
  return directories.some((directory) => isExecutable(join(directory, name)));
}

/** Synchronous: one system call, and it keeps starts in the order of their requests. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
