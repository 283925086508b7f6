/** Figures of the whole system, read from the database by the processes that run the service that they are about. */
import type { ServiceBroker } from "moleculer";
import type { ServiceName } from "../../contracts/config.ts";
import { PRIORITIES, priorityName, type Priority } from "../../contracts/message-kinds.ts";
import type { Database, Sql } from "../../db/database.ts";
import { readPlacementGauges } from "../../db/statements/sessions/placement-gauges.ts";
import {
  readBackupGauges,
  readDeliveryGauges,
  readHorizonAge,
  readQueueGauges,
} from "../../db/statements/analytics/system-gauges.ts";
import { gauge, gauges, recount } from "../../metrics/metrics.ts";

export async function setSystemFigures(broker: ServiceBroker, database: Database): Promise<void> {
  const here = (service: ServiceName) => broker.getLocalService(service) !== undefined;
  if (database.dialect === "postgres") gauge(broker, "db_xmin_horizon_age_seconds", {}, await readHorizonAge(database));
  if (here("message")) await setQueue(broker, database);
  if (here("webhook")) await setDeliveries(broker, database);
  if (here("session")) await setPlacements(broker, database);
  if (here("backup")) await setBackups(broker, database);
}

function secondsSince(at: number): number {
  return Math.max(0, Date.now() - at) / 1_000;
}

async function setQueue(broker: ServiceBroker, sql: Sql): Promise<void> {
  const { depths, oldest } = await readQueueGauges(sql);
  const known = Object.keys(PRIORITIES) as Priority[];
  const queued = new Map(
    depths
      .filter(({ status }) => status === "queued")
      .map(({ priority, count }) => [priorityName(priority ?? 0), count]),
  );
  const ages = new Map(oldest.map(({ priority, at }) => [priorityName(priority), secondsSince(at)]));
  for (const priority of known) {
    gauge(broker, "wa_queue_depth", { status: "queued", priority }, queued.get(priority) ?? 0);
    gauge(broker, "wa_queue_oldest_age_seconds", { priority }, ages.get(priority) ?? 0);
  }
  for (const { status, count } of depths)
    if (status !== "queued") gauge(broker, "wa_queue_depth", { status, priority: "any" }, count);
}

async function setDeliveries(broker: ServiceBroker, sql: Sql): Promise<void> {
  const { backlog, oldest } = await readDeliveryGauges(sql);
  gauge(broker, "webhook_backlog", {}, backlog);
  gauge(broker, "webhook_oldest_pending_seconds", {}, oldest === null ? 0 : secondsSince(oldest));
}

async function setPlacements(broker: ServiceBroker, sql: Sql): Promise<void> {
  const { phases, unowned, fenced } = await readPlacementGauges(sql);
  const counts = new Map(phases.map(({ phase, count }) => [phase, count]));
  for (const phase of ["idle", "starting", "running"]) gauge(broker, "wa_sessions", { phase }, counts.get(phase) ?? 0);
  gauge(broker, "wa_sessions_unowned", {}, unowned);
  const ends = new Map(fenced.map(({ reason, count }) => [reason, count]));
  for (const reason of ["expired", "host-lock"])
    recount(broker, "wa_node_fenced_total", { reason }, ends.get(reason) ?? 0);
}

/** Without a backup there is no time of one: an absent series is for `absent()` to find. */
async function setBackups(broker: ServiceBroker, sql: Sql): Promise<void> {
  const { finished, verified } = await readBackupGauges(sql);
  gauges(broker, "backup_last_success_timestamp_seconds", finished === null ? [] : [[{}, finished / 1_000]]);
  gauges(broker, "backup_last_verified_timestamp_seconds", verified === null ? [] : [[{}, verified / 1_000]]);
}
