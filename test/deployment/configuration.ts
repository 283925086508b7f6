/** What the tests of the deployment files share: generated secrets, and the configuration that a process reads. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, type Config } from "../../contracts/config.ts";
import { ROOT } from "./programs.ts";

export const OVERLAYS = ["trial", "production"];
/** Paths that are only for operators. */
export const OPERATOR_PATHS = ["/livez", "/readyz", "/startupz", "/metrics"];
/** An image with a version. */
export const PINNED = /^[\w./-]+:\d+\.\d+[\w.-]*$/;

export const { version, dependencies, optionalDependencies } = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
) as {
  version: string;
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};

/** A temporary folder of this test file; `removeTemporary` deletes it. */
export const temporary = mkdtempSync(join(tmpdir(), "wpp-deployment-"));
export const secrets = join(temporary, "secrets");

export function generateSecrets(): void {
  execFileSync("sh", [join(ROOT, "scripts/compose-secrets.sh"), secrets], { stdio: "pipe" });
}

export function removeTemporary(): void {
  rmSync(temporary, { recursive: true, force: true });
}

/** The configuration that a process reads from this environment, with the generated secrets. */
export function configure(environment: Readonly<Record<string, string>>): Config {
  const own = Object.entries(environment).filter(([name]) => name.startsWith("WPP_") || name === "NODE_ENV");
  return readConfig(
    Object.fromEntries(own.map(([name, value]) => [name, value.replace(/^\/run\/secrets\/(wpp\/)?/, `${secrets}/`)])),
  );
}

export function expectClusterMember(config: Config): void {
  expect([config.databaseUrl, config.natsUrl, config.redisUrl, config.masterKey]).not.toContain(null);
  expect(config.nodeId).not.toBeNull();
  expect(config.dataDir).toBe("/data");
  expect(config.services.length).toBeGreaterThan(0);
}
