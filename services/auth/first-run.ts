/**
 * The one-time link of a new installation. As long as there is no platform administrator, each start makes a token that lets
 * its holder register one. It is authenticated rather than stored, so that any replica of the service can take it; the first
 * use makes it useless, since there is an administrator then.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../contracts/config.ts";
import type { Secrets } from "../../mixins/secrets.ts";

const LIFE = 7 * 86_400_000;

/** A token that is good until the first administrator exists, or for seven days. */
export function createSetupToken(secrets: Secrets, now: number): string {
  const body = `${randomBytes(16).toString("base64url")}.${now + LIFE}`;
  return `${body}.${secrets.mac("setup-token", body)}`;
}

/** True for a token made here that has not run out; says nothing about whether there is an administrator. */
export function isSetupToken(secrets: Secrets, token: string, now: number): boolean {
  const [nonce = "", until = "", mac = ""] = token.split(".");
  return secrets.isMac("setup-token", `${nonce}.${until}`, mac) && Number(until) > now;
}

/** The address of the welcome page; the token is in the fragment, which browsers do not send and servers do not log. */
export function setupUrl(origin: string, token: string): string {
  return `${origin}/welcome#${token}`;
}

/** Where this process can be reached by a browser on the same machine, as far as its configuration says. */
export function localOrigin(config: Config): string {
  const everywhere = config.host === "0.0.0.0" || config.host === "::";
  const host = everywhere ? "localhost" : config.host.includes(":") ? `[${config.host}]` : config.host;
  return `http://${host}:${config.port}`;
}

function linkFile(config: Config): string {
  return join(config.dataDir, "first-run.txt");
}

/** Leaves the link where only the owner of the data directory reads it. */
export function writeLink(config: Config, url: string): string {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  // Written beside and moved in place: processes that share the directory may do this at the same time.
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
