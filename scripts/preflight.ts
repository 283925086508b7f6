/** Checks what a start needs before anything is started, so that an obstacle is one sentence with its setting. */
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { access, constants, mkdir, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { takeHostLock } from "../actors/host-lock.ts";
import { within } from "../concurrency/deadline.ts";
import { ConfigError, type Config } from "../contracts/config.ts";
import { codeOf } from "../contracts/errors.ts";
import { waitForDependencies } from "./dependencies.ts";
import { FILE_CODES } from "./start-errors.ts";

const LOOKUP_WITHIN_MS = 5_000;

/** Throws for what cannot work; waits for the database, NATS and Redis if they are not up yet. */
export async function checkPrerequisites(config: Config): Promise<void> {
  const { dataDir, services, port, host, metrics, chromium, ffmpeg, sandboxHost, backupDir } = config;
  await makeWritable("WPP_DATA_DIR", dataDir);
  if (services.includes("backup")) await makeWritable("WPP_BACKUP_DIR", backupDir);
  if (services.includes("session-node")) {
    if (chromium.path !== null) await requireProgram("WPP_CHROMIUM", chromium.path);
    // Taken again by the session node: until then nothing may be written that belongs to the process that has it.
    takeHostLock(dataDir, config.nodeId ?? "main").release();
  }
  const converter = services.includes("message") ? ffmpeg?.path : null;
  if (typeof converter === "string") await requireProgram("WPP_FFMPEG", converter);
  if (services.includes("api-gateway")) await requireFreePort("WPP_PORT", "WPP_HOST", port, host);
  if (metrics !== null) await requireFreePort("WPP_METRICS_PORT", "WPP_METRICS_HOST", metrics.port, metrics.host);
  if (services.includes("sandbox")) await requireFreePort("WPP_SANDBOX_HOST", "WPP_SANDBOX_HOST", 0, sandboxHost);
  await waitForDependencies(config);
}

async function makeWritable(variable: string, directory: string): Promise<void> {
  try {
    await makeDirectory(directory);
    await access(directory, constants.W_OK);
  } catch (error) {
    const cause = FILE_CODES[codeOf(error) ?? ""];
    throw cause === undefined ? error : new ConfigError(`${directory}: ${cause.replaceAll("WPP_DATA_DIR", variable)}`);
  }
}

/** One level at a time: the recursive form of `mkdir` never ends where the file system refuses every folder. */
async function makeDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch((error: unknown) => {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  });
  if (found?.isDirectory()) return;
  if (found !== undefined) throw Object.assign(new Error("a file"), { code: "EEXIST", path: directory });
  if (dirname(directory) !== directory) await makeDirectory(dirname(directory));
  await mkdir(directory, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== "EEXIST") throw error;
  });
}

async function requireProgram(variable: string, path: string): Promise<void> {
  await access(path, constants.X_OK).catch((error: unknown) => {
    const cause = codeOf(error) === "ENOENT" ? "there is no such file" : "this user may not run it";
    throw new ConfigError(`${variable}: ${path}: ${cause}; set it to the path of a program, or remove it`);
  });
}

async function requireFreePort(portVariable: string, hostVariable: string, port: number, host: string): Promise<void> {
  await requireHost(hostVariable, host);
  const probe = createServer();
  try {
    probe.listen(port, host);
    await once(probe, "listening");
  } catch (error) {
    const causes: Readonly<Record<string, string>> = {
      EADDRINUSE: `${portVariable}: another program is listening on ${host}:${port}; stop it, or choose another port`,
      EACCES: `${portVariable}: this user may not listen on ${host}:${port}; choose a port above 1023`,
      EADDRNOTAVAIL: `${hostVariable}: this machine has no address ${host}; 127.0.0.1 and 0.0.0.0 always work`,
    };
    const cause = causes[codeOf(error) ?? ""];
    throw cause === undefined ? error : new ConfigError(cause);
  } finally {
    if (probe.listening) {
      probe.close();
      await once(probe, "close");
    }
  }
}

/** Before listening, so that the mistake is not taken for one of the port. */
async function requireHost(variable: string, host: string): Promise<void> {
  const late = () => Object.assign(new Error("no answer"), { code: "ETIMEDOUT" });
  await within(lookup(host), LOOKUP_WITHIN_MS, late).catch(() => {
    throw new ConfigError(`${variable}: the address ${host} does not exist; 127.0.0.1 and 0.0.0.0 always work`);
  });
}
