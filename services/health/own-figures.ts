/** Figures of this process: what it uses, and what its session node says of itself. Nothing here asks the database. */
import { readdir, readFile, statfs } from "node:fs/promises";
import type { ServiceBroker } from "moleculer";
import type { DriverUsage, NodeStatus } from "../../contracts/node-status.ts";
import { SESSION_STATES } from "../../contracts/states.ts";
import type { Database } from "../../db/database.ts";
import { poolUseOf } from "../../db/pool-use.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { gauge, gauges, recount } from "../../metrics/metrics.ts";
import type { Sample } from "./memory-monitor.ts";

export interface Own {
  readonly database: Database;
  readonly sample: Sample;
  readonly isDatabaseUp: boolean;
  /** Null when this process runs no sessions. */
  readonly node: NodeStatus | null;
  /** Likewise, and where nobody can look at processes. */
  readonly browsers: DriverUsage | null;
}

const PACKAGE = new URL("../../package.json", import.meta.url);

/** Says once what runs here. */
export async function setBuildInfo(broker: ServiceBroker): Promise<void> {
  const { version } = JSON.parse(await readFile(PACKAGE, "utf8")) as { version: string };
  gauge(broker, "build_info", { version, commit: configOf(broker).commit ?? "unknown" }, 1);
}

export async function setOwnFigures(
  broker: ServiceBroker,
  { database, sample, isDatabaseUp, node, browsers }: Own,
): Promise<void> {
  setProcess(broker, sample);
  gauge(broker, "db_up", {}, isDatabaseUp ? 1 : 0);
  const pool = poolUseOf(database);
  if (pool !== null) {
    gauge(broker, "db_pool_used", {}, pool.used);
    gauge(broker, "db_pool_waiting", {}, pool.waiting);
  }
  const descriptors = await readdir("/proc/self/fd").catch(() => null);
  if (descriptors !== null) gauge(broker, "process_open_fds", {}, descriptors.length);
  await setDisks(broker);
  if (node !== null) setNode(broker, node);
  setBrowsers(broker, browsers);
}

function setProcess(broker: ServiceBroker, { rss, heapUsed, heapLimit, external, delayP50, delayP99 }: Sample): void {
  const { user, system } = process.cpuUsage();
  recount(broker, "process_cpu_seconds_total", {}, (user + system) / 1e6);
  gauge(broker, "process_resident_memory_bytes", {}, rss);
  gauge(broker, "process_start_time_seconds", {}, performance.timeOrigin / 1_000);
  gauge(broker, "nodejs_heap_size_used_bytes", {}, heapUsed);
  gauge(broker, "nodejs_heap_size_limit_bytes", {}, heapLimit);
  gauge(broker, "nodejs_external_memory_bytes", {}, external);
  gauge(broker, "nodejs_eventloop_lag_seconds", { quantile: "0.5" }, delayP50 / 1_000);
  gauge(broker, "nodejs_eventloop_lag_seconds", { quantile: "0.99" }, delayP99 / 1_000);
}

async function setDisks(broker: ServiceBroker): Promise<void> {
  const { dataDir, backupDir, services } = configOf(broker);
  const volumes = { data: dataDir, ...(services.includes("backup") ? { backups: backupDir } : {}) };
  for (const [volume, path] of Object.entries(volumes)) {
    // The folder of backups is made with the first of them.
    const disk = await statfs(path).catch(() => null);
    if (disk === null) continue;
    gauge(broker, "disk_free_bytes", { volume }, disk.bavail * disk.bsize);
    gauge(broker, "disk_size_bytes", { volume }, disk.blocks * disk.bsize);
  }
}

function setNode(broker: ServiceBroker, { sessions, threadHeaps, leaseRemaining, lanePauses }: NodeStatus): void {
  for (const state of SESSION_STATES) gauge(broker, "wa_session_state", { state }, sessions[state] ?? 0);
  for (const [reason, lanes] of Object.entries(lanePauses)) gauge(broker, "wa_lanes_paused", { reason }, lanes);
  gauge(broker, "wa_node_lease_remaining_seconds", {}, leaseRemaining / 1_000);
  gauges(
    broker,
    "wa_thread_heap_bytes",
    threadHeaps.map((bytes, thread) => [{ thread: String(thread) }, bytes]),
  );
}

function setBrowsers(broker: ServiceBroker, usage: DriverUsage | null): void {
  if (usage === null) return;
  gauge(broker, "chromium_processes", {}, usage.processes);
  gauge(broker, "chromium_orphans", {}, usage.orphans);
  gauge(broker, "zombie_processes", {}, usage.zombies);
  const sizes = usage.sessionBytes.toSorted((a, b) => a - b);
  const quantiles = sizes.length === 0 ? [] : [0.5, 0.9, 1];
  gauges(
    broker,
    "chromium_rss_bytes",
    quantiles.map((quantile) => [{ quantile: String(quantile) }, sizes[Math.ceil(quantile * sizes.length) - 1]!]),
  );
}
