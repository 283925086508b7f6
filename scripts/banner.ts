/** The message that is printed when the system is up. */
import { readFileSync } from "node:fs";
import type { Config } from "../contracts/config.ts";
import type { RunningSystem } from "./system.ts";

/** The version in package.json. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;
}

/**
 * Prints the addresses of the system and, for a new installation, how to create the first owner. The set-up link itself
 * is printed to a terminal only; otherwise, such as into a log, only the name of its file.
 */
export async function printWelcome(system: RunningSystem, config: Config): Promise<void> {
  const { origin, broker } = system;
  const database = config.databaseUrl === null ? "SQLite" : "PostgreSQL";
  const lines = [
    `WPPConnect Agent System ${readVersion()} is up: ${config.services.length} services in this process, ${database}`,
  ];
  if (origin !== null) {
    lines.push(`  API       ${origin}/api/v1`, `  Docs      ${origin}/docs`, `  Health    ${origin}/health`);
    const setup = config.services.includes("auth")
      ? await broker.call<{ url: string; file: string } | null, { origin: string }>("auth.setupLink", { origin })
      : null;
    if (setup !== null) {
      lines.push(
        process.stdout.isTTY
          ? `  Set up    ${setup.url}   (a one-time link for the first owner)`
          : `  Set up    the link for the first owner is in ${setup.file}`,
      );
    }
  }
  lines.push(`  Data      ${config.dataDir}`, "  Stop      Ctrl-C");
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}
