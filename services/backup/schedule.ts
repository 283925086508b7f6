/** The schedule of automatic backups. */
import type { BackupSchedule } from "../../contracts/routes/backup.ts";
import type { ScheduleRow } from "../../db/statements/backup/backup-schedule.ts";

const HOUR = 3_600_000;

/** The next scheduled time after `now`. Intervals count from 1970 (UTC), so restarts do not shift them. */
export function nextScheduledTime(everyHours: number, now: number): number {
  const period = everyHours * HOUR;
  return (Math.floor(now / period) + 1) * period;
}

/** Returned until a schedule has been set. */
const NO_SCHEDULE: BackupSchedule = {
  enabled: false,
  everyHours: 24,
  keep: { hourly: 24, daily: 7, weekly: 5, monthly: 12 },
  media: false,
  verify: true,
  nextAt: null,
};

export function viewSchedule(row: ScheduleRow | undefined): BackupSchedule {
  if (row === undefined) return NO_SCHEDULE;
  return {
    enabled: row.enabled === 1,
    everyHours: row.every_hours,
    keep: JSON.parse(row.keep) as BackupSchedule["keep"],
    media: row.media === 1,
    verify: row.verify === 1,
    nextAt: row.enabled === 1 ? new Date(row.next_at).toISOString() : null,
  };
}
