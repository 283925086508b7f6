/** `wpp doctor`: checks what a process needs, and says for each failure how it is mended. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, type Config } from "../../../contracts/config.ts";
import { openDatabase } from "../../../db/database.ts";
import { resolveSettings } from "../../../drivers/browser/settings.ts";
import { dependenciesOf, describe } from "../../dependencies.ts";
import { EXIT, type Command } from "../command.ts";

/** A check passes with a fact, or fails with what is wrong and the command that mends it. */
type Finding =
  { readonly ok: true; readonly what: string } | { readonly ok: false; readonly what: string; readonly mend: string };

interface Check {
  readonly name: string;
  run(config: Config): Promise<Finding | null> | Finding | null;
}

const good = (what: string): Finding => ({ ok: true, what });
const bad = (what: string, mend: string): Finding => ({ ok: false, what, mend });

const NEEDED_NODE = [24, 9] as const;
const LAUNCH_WITHIN_MS = 20_000;
const GIGABYTE = 1024 ** 3;
/** Free space below which the system refuses media, and a backup has no room. */
const NEEDED_SPACE = 1;
const MOST_CLOCK_SKEW_MS = 2_000;

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isRecent = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
  return isRecent ? good(process.version) : bad(`${process.version} is too old`, "npm ci");
}

/** Loads an empty page, as a session would. */
async function checkChromium({ chromium }: Config): Promise<Finding> {
  const found = resolveSettings({ path: chromium.path, sandbox: chromium.sandbox });
  if ("failure" in found) return bad(found.failure.help, "npm run setup");
  const { path } = found.settings;
  const profile = mkdtempSync(join(tmpdir(), "wpp-doctor-"));
  const args = ["--headless", "--disable-gpu", "--dump-dom", `--user-data-dir=${profile}`, "about:blank"];
  const child = spawn(path, chromium.sandbox ? args : ["--no-sandbox", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const chunks: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const timer = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), LAUNCH_WITHIN_MS);
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("exit", resolve),
    );
    if (code === 0) return good(`${path} starts`);
    const said = Buffer.concat(chunks).toString().trim().split("\n").at(-1) ?? "";
    const isSandbox = /sandbox/i.test(said);
    return bad(
      `${path} does not start: ${said === "" ? `exit code ${code}` : said.slice(0, 200)}`,
      isSandbox ? "sysctl -w kernel.unprivileged_userns_clone=1, or WPP_CHROMIUM_SANDBOX=off" : "npm run setup",
    );
  } finally {
    clearTimeout(timer);
    rmSync(profile, { recursive: true, force: true });
  }
}

async function checkDatabase(config: Config): Promise<Finding> {
  const { databaseUrl: url, dataDir } = config;
  if (url === null && !existsSync(dataDir)) return good(`SQLite, made in ${dataDir} at the first start`);
  try {
    const database = await openDatabase({ url, dataDir, poolSize: 2 });
    try {
      await database.all("SELECT 1 AS one", []);
      return good(url === null ? `SQLite in ${dataDir}` : "PostgreSQL answers");
    } finally {
      await database.close();
    }
  } catch (error) {
    return bad(describe(error), url === null ? `check the disk and the owner of ${dataDir}` : "check WPP_DATABASE_URL");
  }
}

/** A server that only a cluster has; null without it. */
const server = (name: string, variable: string): Check => ({
  name,
  async run(config) {
    const found = dependenciesOf(config).find((dependency) => dependency.variable === variable);
    if (found === undefined) return null;
    try {
      await found.probe();
      return good("answers");
    } catch (error) {
      return bad(describe(error), `check that it runs, and ${variable}`);
    }
  },
});

function checkDisk({ dataDir }: Config): Finding {
  const folder = existsSync(dataDir) ? dataDir : ".";
  const { bavail, bsize } = statfsSync(folder);
  const free = (bavail * bsize) / GIGABYTE;
  const what = `${free.toFixed(1)} GB are free for ${dataDir}`;
  return free >= NEEDED_SPACE ? good(what) : bad(what, `free space, or set WPP_DATA_DIR to a larger disk`);
}

function checkModes({ dataDir }: Config): Finding {
  if (!existsSync(dataDir)) return good(`${dataDir} is made at the first start`);
  for (const name of ["", "master.key"]) {
    const path = join(dataDir, name);
    if (existsSync(path) && (statSync(path).mode & 0o077) !== 0)
      return bad(`${path} can be read by others`, `chmod ${name === "" ? "700" : "600"} ${path}`);
  }
  return good(`only its owner can read ${dataDir}`);
}

function checkSecrets({ masterKey, natsUrl, dataDir }: Config): Finding {
  if (masterKey !== null) return good("WPP_MASTER_KEY is set");
  if (natsUrl !== null)
    return bad("each process would make a key of its own", "set WPP_MASTER_KEY to the same value everywhere");
  const file = join(dataDir, "master.key");
  return good(
    existsSync(file) ? `the master key is in ${file}: back it up` : "a master key is made at the first start",
  );
}

/** Against the database's clock, which decides times; SQLite has that of this machine. */
async function checkClock(config: Config): Promise<Finding | null> {
  if (config.databaseUrl === null) return null;
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, poolSize: 2 });
  try {
    const before = Date.now();
    const [row] = await database.all<{ now: number }>(
      "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now",
      [],
    );
    const skew = Math.abs(Number(row?.now ?? 0) - (before + Date.now()) / 2);
    const what = `differs from the database's by ${Math.round(skew)} ms`;
    return skew <= MOST_CLOCK_SKEW_MS ? good(what) : bad(what, "timedatectl set-ntp true");
  } finally {
    await database.close();
  }
}

function checkFfmpeg({ ffmpeg }: Config): Finding {
  if (ffmpeg === null) return good("off: media are not converted");
  const directories = ffmpeg.path === null ? (process.env["PATH"] ?? "").split(":") : [""];
  const found = directories.some((directory) => existsSync(ffmpeg.path ?? join(directory, "ffmpeg")));
  return found ? good("is there") : bad("there is no ffmpeg: voice notes cannot be converted", "npm run setup");
}

const CHECKS: readonly Check[] = [
  { name: "Node", run: checkNode },
  { name: "Chromium", run: checkChromium },
  { name: "ffmpeg", run: checkFfmpeg },
  { name: "Database", run: checkDatabase },
  server("NATS", "WPP_NATS_URL"),
  server("Redis", "WPP_REDIS_URL"),
  { name: "Clock", run: checkClock },
  { name: "Disk", run: checkDisk },
  { name: "File modes", run: checkModes },
  { name: "Secrets", run: checkSecrets },
];

export const doctorCommand: Command = {
  name: ["doctor"],
  args: [],
  summary: "Check what this machine needs to run the system, and how to mend what is missing",
  async run({ output }) {
    const config = readConfig(process.env);
    let failures = 0;
    for (const { name, run } of CHECKS) {
      const found = await Promise.resolve(run(config)).catch((error: unknown) => bad(describe(error), "see above"));
      if (found === null) continue;
      if (!found.ok) failures += 1;
      output.show({ check: name, ...found }, () => {
        const sign = found.ok ? output.style("green", "ok  ") : output.style("red", "FAIL");
        return `${sign} ${name.padEnd(11)} ${found.what}${found.ok ? "" : `\n     to mend it: ${found.mend}`}`;
      });
    }
    output.say(failures === 0 ? "Everything is there." : `${failures} of the checks failed.`);
    return failures === 0 ? EXIT.ok : EXIT.failed;
  },
};
