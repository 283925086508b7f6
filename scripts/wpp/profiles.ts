/** Profiles of `wpp login`: where the system is, and the key for it, in a file that only its owner can read. */
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import { WppClient } from "../../clients/typescript/src/index.ts";
import { codeOf } from "../../contracts/errors.ts";
import { CommandError } from "./command.ts";

const Profile = z.object({ url: z.string(), key: z.string() });
const File = z.object({ current: z.string().nullable(), profiles: z.record(z.string(), Profile) });
export type Profiles = z.infer<typeof File>;

export function profilesFile(environment: Readonly<Record<string, string | undefined>>): string {
  const folder = environment["XDG_CONFIG_HOME"] ?? join(environment["HOME"] ?? homedir(), ".config");
  return join(folder, "wpp", "profiles.json");
}

/** The profiles of the file; none when there is no file. Throws CommandError when others can read it. */
export function readProfiles(file: string): Profiles {
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0)
      throw new CommandError(`${file} can be read by others, and has keys: run chmod 600 ${file}`);
    return File.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return { current: null, profiles: {} };
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${file} is damaged: delete it, and run wpp login again`);
  }
}

export function writeProfiles(file: string, profiles: Profiles): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(profiles, null, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

/** The address of a system on this machine, as `npm start` opens it. */
export function defaultUrl(environment: Readonly<Record<string, string | undefined>>): string {
  return environment["WPP_URL"] ?? `http://127.0.0.1:${environment["WPP_PORT"] ?? "3000"}`;
}

/** The client of the profile, or of WPP_URL with WPP_TOKEN. */
export function connect(
  environment: Readonly<Record<string, string | undefined>>,
  wanted: string | undefined,
): WppClient {
  const token = environment["WPP_TOKEN"];
  if (wanted === undefined && token !== undefined) return clientOf(defaultUrl(environment), token);
  const { current, profiles } = readProfiles(profilesFile(environment));
  const name = wanted ?? current;
  const found = name === null ? undefined : profiles[name];
  if (found !== undefined) return clientOf(found.url, found.key);
  const known = Object.keys(profiles);
  if (wanted !== undefined)
    throw new CommandError(
      `there is no profile ${wanted}; there ${known.length === 0 ? "is none" : `are ${known.join(", ")}`}`,
    );
  throw new CommandError("no system is known: run wpp login, or set WPP_URL and WPP_TOKEN");
}

/** An API key, or an access token. */
export function clientOf(url: string, credential: string): WppClient {
  const baseUrl = url.replace(/\/api\/v1\/?$/, "");
  return new WppClient({
    baseUrl,
    ...(credential.startsWith("wpp_") ? { apiKey: credential } : { accessToken: credential }),
  });
}
