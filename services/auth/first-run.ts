/**
 * The one-time link of a new installation. While there is no platform administrator, each start creates a token that
 * allows one to be registered. The token is not stored but carries a MAC, so any replica of the service accepts it.
 * It is invalid after its first use, because there is an administrator from then on.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../contracts/config.ts";
import type { Secrets } from "../../mixins/secrets.ts";

/** ms. */
const LIFETIME = 7 * 86_400_000;

/** A token that is valid until the first administrator exists, for seven days at most. */
export function createSetupToken(secrets: Secrets, now: number): string {
  const body = `${randomBytes(16).toString("base64url")}.${now + LIFETIME}`;
  return `${body}.${secrets.mac("setup-token", body)}`;
}

/** Whether the token is genuine, and whether it has expired. Does not check whether there is an administrator. */
export function verdictOnToken(secrets: Secrets, token: string, now: number): "valid" | "expired" | "unknown" {
  const [nonce = "", until = "", mac = ""] = token.split(".");
  if (!secrets.isMac("setup-token", `${nonce}.${until}`, mac)) return "unknown";
  return Number(until) > now ? "valid" : "expired";
}

/** The URL of the welcome page. Browsers do not send the fragment that holds the token, so no server logs it. */
export function setupUrl(origin: string, token: string): string {
  return `${origin}/welcome#${token}`;
}

/** The origin at which a browser on the same machine reaches this process, according to its configuration. */
export function localOrigin(config: Config): string {
  const everywhere = config.host === "0.0.0.0" || config.host === "::";
  const host = everywhere ? "localhost" : config.host.includes(":") ? `[${config.host}]` : config.host;
  return `http://${host}:${config.port}`;
}

function linkFile(config: Config): string {
  return join(config.dataDir, "first-run.txt");
}

/** Writes the link to a file that only the owner of the data directory can read, and returns its path. */
export function writeLink(config: Config, url: string): string {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  // Renamed into place: processes that share the directory may write it at the same time.
  const draft = `${linkFile(config)}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `Open this address once to become the owner of this installation:\n${url}\n`, {
    mode: 0o600,
    flag: "wx",
  });
  renameSync(draft, linkFile(config));
  return linkFile(config);
}

export function removeLink(config: Config): void {
  rmSync(linkFile(config), { force: true });
}
