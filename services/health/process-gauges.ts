/** Gauges of this process: memory, processor, event loop, disks and its connections to the database. */
import { readdir, readFile, statfs } from "node:fs/promises";
import { getHeapStatistics } from "node:v8";
import type { ServiceBroker } from "moleculer";
import type { Database } from "../../db/database.ts";
import { poolUseOf } from "../../db/pool-use.ts";
import { readHorizonAge } from "../../db/statements/analytics/system-gauges.ts";
import { configOf } from "../../mixins/database.mixin.ts";
import { gauge, setTotals } from "../../metrics/metrics.ts";
import type { DatabaseProbe } from "./database-probe.ts";
import type { MemoryMonitor, Sample } from "./memory-monitor.ts";

const PACKAGE = new URL("../../package.json", import.meta.url);

/** Sets the gauge with the running version; needed once. */
export async function setBuildInfo(broker: ServiceBroker): Promise<void> {
  const { version } = JSON.parse(await readFile(PACKAGE, "utf8")) as { version: string };
  gauge(broker, "build_info", { version, commit: configOf(broker).commit ?? "unknown" }, 1);
}

export interface ProcessParts {
  readonly broker: ServiceBroker;
  readonly database: Database;
  readonly monitor: MemoryMonitor;
  readonly probe: DatabaseProbe;
}

/** Sets all of them; the only one that queries the database comes last. */
export async function setProcessGauges({ broker, database, monitor, probe }: ProcessParts): Promise<void> {
  setResources(broker);
  if (monitor.latest !== undefined) setEventLoopLag(broker, monitor.latest);
  gauge(broker, "db_up", {}, probe.isUp ? 1 : 0);
  const pool = poolUseOf(database);
  if (pool !== null) {
    gauge(broker, "db_pool_used", {}, pool.used);
    gauge(broker, "db_pool_waiting", {}, pool.waiting);
  }
  const descriptors = await readdir("/proc/self/fd").catch(() => null);
  if (descriptors !== null) gauge(broker, "process_open_fds", {}, descriptors.length);
  await setDisks(broker);
  if (database.dialect === "postgres") gauge(broker, "db_xmin_horizon_age_seconds", {}, await readHorizonAge(database));
}

function setResources(broker: ServiceBroker): void {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  setTotals(broker, "process_cpu_seconds_total", [[{}, (user + system) / 1e6]]);
  gauge(broker, "process_resident_memory_bytes", {}, rss);
  gauge(broker, "process_start_time_seconds", {}, performance.timeOrigin / 1_000);
  gauge(broker, "nodejs_heap_size_used_bytes", {}, heapUsed);
  gauge(broker, "nodejs_heap_size_limit_bytes", {}, getHeapStatistics().heap_size_limit);
  gauge(broker, "nodejs_external_memory_bytes", {}, external);
}

function setEventLoopLag(broker: ServiceBroker, { delayP50, delayP99 }: Sample): void {
  gauge(broker, "nodejs_eventloop_lag_seconds", { quantile: "0.5" }, delayP50 / 1_000);
  gauge(broker, "nodejs_eventloop_lag_seconds", { quantile: "0.99" }, delayP99 / 1_000);
}

async function setDisks(broker: ServiceBroker): Promise<void> {
  const { dataDir, backupDir, services } = configOf(broker);
  const volumes = { data: dataDir, ...(services.includes("backup") ? { backups: backupDir } : {}) };
  for (const [volume, path] of Object.entries(volumes)) {
    // The first backup creates its folder.
    const disk = await statfs(path).catch(() => null);
    if (disk === null) continue;
    gauge(broker, "disk_free_bytes", { volume }, disk.bavail * disk.bsize);
    gauge(broker, "disk_size_bytes", { volume }, disk.blocks * disk.bsize);
  }
}
