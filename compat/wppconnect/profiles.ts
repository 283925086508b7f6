/**
 * Chromium profiles and settings as wppconnect-server keeps them: `<profiles>/<session>` and `<tokens>/<session>.data.json`.
 * They are copied in either direction, and never changed where they are.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { z } from "zod";

const Proxy = z.object({ url: z.string(), username: z.string().nullish(), password: z.string().nullish() });
/** What that server writes beside a session's token; everything else in it belongs to an older way of linking. */
const TokenFile = z.object({
  config: z
    .preprocess(
      (given) => (typeof given === "string" ? (JSON.parse(given) as unknown) : given),
      z.looseObject({
        webhook: z.string().nullish().catch(null),
        deviceName: z.string().nullish().catch(null),
        proxy: Proxy.nullish().catch(null),
      }),
    )
    .nullish()
    .catch(null),
});

export interface FoundProfile {
  /** The session as that server names it. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly webhook: string | null;
  readonly deviceName: string | null;
  readonly proxy: z.infer<typeof Proxy> | null;
  /** Why it cannot be taken over; null when it can. */
  readonly obstacle: string | null;
}

/** Directories of a profile that Chromium makes again, and that are most of its size. */
const CACHES = new Set([
  "Cache",
  "Code Cache",
  "GPUCache",
  "DawnCache",
  "DawnGraphiteCache",
  "DawnWebGPUCache",
  "GrShaderCache",
  "GraphiteDawnCache",
  "ShaderCache",
  "component_crx_cache",
  "Crash Reports",
  "Crashpad",
  "BrowserMetrics",
]);
/** Of the browser that has a profile open; in a copy they would name one that has not. */
const OF_OWNER = /^(?:Singleton\w+|lockfile|DevToolsActivePort)$/;

const DATABASES = "Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb";

function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

function settingsOf(tokens: string | null, name: string): z.infer<typeof TokenFile>["config"] {
  const file = tokens === null ? null : join(tokens, `${name}.data.json`);
  if (file === null || !existsSync(file)) return null;
  return TokenFile.parse(JSON.parse(readFileSync(file, "utf8"))).config;
}

/** Why a browser may still be on the profile; null when none is. */
function ownerOf(path: string): string | null {
  let target: string;
  try {
    // `<host>-<pid>`, as Chromium writes it.
    target = readlinkSync(join(path, "SingletonLock"));
  } catch {
    return null;
  }
  const [, host, pid] = /^(.*)-(\d+)$/.exec(target) ?? [];
  if (host !== undefined && host !== hostname())
    return `it is open on another machine (${host}); stop that server, or delete its SingletonLock`;
  return pid !== undefined && existsSync(`/proc/${pid}`)
    ? `a browser (pid ${pid}) is on it: stop the old server first`
    : null;
}

/** The profiles of a folder, with the settings of the sessions. */
export function findProfiles(profiles: string, tokens: string | null): FoundProfile[] {
  return readdirSync(profiles, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(profiles, entry.name, "Default")))
    .map(({ name }) => {
      const path = join(profiles, name);
      const settings = settingsOf(tokens, name);
      const wasLinked = existsSync(join(path, DATABASES));
      return {
        name,
        path,
        bytes: sizeOf(path),
        webhook: settings?.webhook ?? null,
        deviceName: settings?.deviceName ?? null,
        proxy: settings?.proxy ?? null,
        obstacle: wasLinked ? ownerOf(path) : "it has never opened WhatsApp Web",
      };
    });
}

/** Copies a profile without its caches; a half-made copy never has the final name. */
export async function copyProfile(from: string, to: string): Promise<void> {
  const draft = `${to}.copying`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await cp(from, draft, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !CACHES.has(basename(path)) && !OF_OWNER.test(basename(path)),
  });
  await rename(draft, to);
}
