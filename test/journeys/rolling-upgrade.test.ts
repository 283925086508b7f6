/**
 * Two versions side by side: a cluster of the last released version (the newest tag, or the revision in UPGRADE_FROM) is
 * upgraded to this one, process by process, while messages flow. The old processes work on the new schema.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { EventReader, isSound, judge } from "../chaos/checker.ts";
import { Load } from "../chaos/load.ts";
import { registerTenant } from "../harness/client.ts";
import { startCluster } from "../harness/cluster.ts";
import { until } from "../harness/system.ts";
import { connected, makePhone, pairSession } from "./pairing.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const SESSIONS = ["one", "two", "three", "four"];
/** Messages a second. */
const RATE = 10;

const git = (...args: string[]) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" }).trim();

/** The revision to upgrade from; null when this checkout knows none. */
function findRevision(): string | null {
  const given = process.env["UPGRADE_FROM"];
  if (given !== undefined) return given;
  try {
    return git("describe", "--tags", "--abbrev=0");
  } catch {
    return null;
  }
}

/** Writes the files of the revision to a folder, with the packages of this checkout. */
function exportVersion(revision: string): string {
  const folder = mkdtempSync(join(tmpdir(), "wpp-version-"));
  const archive = join(folder, "version.tar");
  git("archive", "--output", archive, revision);
  const version = join(folder, "version");
  mkdirSync(version);
  execFileSync("tar", ["-xf", archive, "-C", version]);
  symlinkSync(join(ROOT, "node_modules"), join(version, "node_modules"));
  return version;
}

const revision = findRevision();
const describeUpgrade = revision === null ? describe.skip : describe;

describeUpgrade(`from ${revision ?? "a tag, which this checkout lacks"}`, () => {
  test("nothing is lost or doubled at any step of an upgrade", async () => {
    const version = exportVersion(revision!);
    const cluster = await startCluster({ apps: ["app-1", "app-2"], nodes: ["node-1", "node-2"], version });
    let load: Load | undefined;
    try {
      const api = await registerTenant(cluster.origins()[0]!, "Upgrade");
      const clients = () => cluster.origins().map((origin) => api.at(origin));
      for (const client of clients())
        await until(async () => (await client.ask("GET", "/sandbox/phones")).status === 200, 20_000);
      const to = await makePhone(api, "Ana");
      for (const name of SESSIONS) await pairSession(api, name, "light", await makePhone(api, name));
      const reader = new EventReader(clients);
      load = new Load({ clients, sessions: SESSIONS, to, rate: RATE });
      reader.start();
      load.start();
      /** The simulated network plays WhatsApp, and is not part of an upgrade; app processes come first and migrate. */
      for (const name of [...cluster.apps, ...cluster.nodes]) {
        await cluster.end(name, "SIGTERM");
        await cluster.start(name);
        for (const session of SESSIONS) await connected(api, session);
        const sent = load.accepted.length;
        await until(async () => load!.accepted.length > sent + RATE, 20_000);
      }
      await load.stop();
      const verdict = await judge(cluster, { api, load, reader, to }, SESSIONS);
      expect(verdict.accepted).toBeGreaterThan(4 * RATE);
      expect({ verdict, isSound: isSound(verdict) }).toMatchObject({ isSound: true });
    } finally {
      await load?.stop();
      await cluster.stop();
      rmSync(join(version, ".."), { recursive: true });
    }
  }, 240_000);
});
