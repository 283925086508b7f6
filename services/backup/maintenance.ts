/** What happens by itself: the schedule's turns, the end of what dead processes did, and the removal of what has had its time. */
import { rm } from "node:fs/promises";
import { isProblem } from "../../contracts/errors.ts";
import type { Generations } from "../../contracts/routes/backup.ts";
import type { Id } from "../../contracts/ids.ts";
import type { Database } from "../../db/database.ts";
import { findSchedule, takeTurn, type ScheduleRow } from "../../db/statements/backup/backup-schedule.ts";
import { findLost, listOutdated, listScheduled, removeBackup } from "../../db/statements/backup/backups.ts";
import { fileOf } from "./disk.ts";
import type { Jobs } from "./jobs.ts";
import { selectOutdated } from "./retention.ts";
import { nextTurn } from "./schedule.ts";
import type { BackupWork } from "./work.ts";

/** How long failed backups can be looked at. */
const KEEP_FAILURES = 30 * 86_400_000;

/** Somebody else took the turn, or it is not due any more. */
class TurnTaken extends Error {}

export interface UpkeepOptions {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly work: BackupWork;
  readonly folder: string;
  readonly owner: string;
}

/** Deletes the backup with its file, unless something is being done with it. */
export async function discard(database: Database, folder: string, id: string): Promise<boolean> {
  if (!(await removeBackup(database, id))) return false;
  await rm(fileOf(folder, id), { force: true });
  return true;
}

async function endLost({ database, jobs, work, owner }: UpkeepOptions): Promise<void> {
  for (const row of await findLost(database, owner)) {
    const failed = { id: row.id, owner: row.owner, activity: row.activity, tenantId: row.tenant_id };
    if (await jobs.fail(failed, "the process that did it has ended")) await work.cleanUp(row.id);
  }
}

async function takeDueTurn({ work }: UpkeepOptions, schedule: ScheduleRow, now: number): Promise<void> {
  const next = nextTurn(schedule.every_hours, now);
  const wanted = {
    kind: "installation",
    origin: "schedule",
    media: schedule.media === 1,
    verify: schedule.verify === 1,
  } as const;
  try {
    await work.create({ ...wanted, tenantId: schedule.tenant_id as Id<"tenant"> }, async (sql) => {
      if (!(await takeTurn(sql, schedule, next))) throw new TurnTaken();
    });
  } catch (error) {
    // While something else is being done with backups the turn stays due.
    if (!(error instanceof TurnTaken) && !isProblem(error)) throw error;
  }
}

async function removeOld(
  { database, folder }: UpkeepOptions,
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
  for (const id of outdated) await discard(database, folder, id);
}

/** One round. */
export async function keepUp(options: UpkeepOptions, now: number): Promise<void> {
  await endLost(options);
  const schedule = await findSchedule(options.database);
  if (schedule?.enabled === 1 && schedule.next_at <= now) await takeDueTurn(options, schedule, now);
  const keep = schedule?.enabled === 1 ? (JSON.parse(schedule.keep) as Generations) : undefined;
  await removeOld(options, keep, now);
}
