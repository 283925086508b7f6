/** Periodic work: scheduled backups, operations of dead processes, and the removal of outdated backups. */
import { rm } from "node:fs/promises";
import { isProblem } from "../../contracts/errors.ts";
import type { Generations } from "../../contracts/routes/backup.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { findSchedule, advanceSchedule, type ScheduleRow } from "../../db/statements/backup/backup-schedule.ts";
import { findLost, listOutdated, listScheduled, removeBackup } from "../../db/statements/backup/backups.ts";
import { fileOf } from "./backup-files.ts";
import type { JobQueue } from "./job-queue.ts";
import { selectOutdated } from "./retention.ts";
import { nextScheduledTime } from "./schedule.ts";
import type { BackupRunner } from "./backup-runner.ts";

/** Failed backups are kept this long, in ms. */
const KEEP_FAILURES = 30 * 86_400_000;

/** Another replica has started the scheduled backup, or the schedule has changed. */
class AlreadyStarted extends Error {}

export interface MaintenanceOptions {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly runner: BackupRunner;
  readonly folder: string;
  readonly owner: string;
}

/** Deletes the backup and its file; false while an operation on it is running. */
export async function deleteBackup(database: Database, folder: string, id: string): Promise<boolean> {
  if (!(await removeBackup(database, id))) return false;
  await rm(fileOf(folder, id), { force: true });
  return true;
}

async function failLost({ database, queue, runner, owner }: MaintenanceOptions): Promise<void> {
  for (const row of await findLost(database, owner)) {
    const failed = { id: row.id, owner: row.owner, activity: row.activity, tenantId: row.tenant_id };
    if (await queue.fail(failed, "the process that ran the operation has ended")) await runner.cleanUp(row.id);
  }
}

async function startScheduled({ runner }: MaintenanceOptions, schedule: ScheduleRow, now: number): Promise<void> {
  const next = nextScheduledTime(schedule.every_hours, now);
  const wanted = {
    kind: "installation",
    origin: "schedule",
    media: schedule.media === 1,
    verify: schedule.verify === 1,
  } as const;
  try {
    await runner.create({ ...wanted, tenantId: schedule.tenant_id as Id<"tenant"> }, async (sql) => {
      if (!(await advanceSchedule(sql, schedule, next))) throw new AlreadyStarted();
    });
  } catch (error) {
    // While another operation is running, the scheduled backup stays due.
    if (!(error instanceof AlreadyStarted) && !isProblem(error)) throw error;
  }
}

async function removeOutdated(
  { database, folder }: MaintenanceOptions,
  keep: Generations | undefined,
  now: number,
): Promise<void> {
  const outdated = (await listOutdated(database, now, now - KEEP_FAILURES)).map((row) => row.id);
  if (keep !== undefined) {
    const scheduled = await listScheduled(database);
    outdated.push(
      ...selectOutdated(
        scheduled.map((row) => ({ id: row.id, createdAt: row.created_at, verifiedAt: row.verified_at })),
        keep,
      ),
    );
  }
  for (const id of outdated) await deleteBackup(database, folder, id);
}

/** Runs one round: marks lost operations as failed, starts a scheduled backup that is due, deletes outdated backups. */
export async function maintain(options: MaintenanceOptions, now: number): Promise<void> {
  await failLost(options);
  const schedule = await findSchedule(options.database);
  if (schedule?.enabled === 1 && schedule.next_at <= now) await startScheduled(options, schedule, now);
  const keep = schedule?.enabled === 1 ? (JSON.parse(schedule.keep) as Generations) : undefined;
  await removeOutdated(options, keep, now);
}
