/** Selects the scheduled backups that are outdated. Backups are kept by generations, as in restic. */
import type { Generations } from "../../contracts/routes/backup.ts";

export interface StoredBackup {
  readonly id: string;
  readonly createdAt: number;
  readonly verifiedAt: number | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** 1970-01-01 was a Thursday; weeks start on Monday. */
const MONDAY = 3 * DAY;

/** The period of each generation that a time falls into (UTC). */
const PERIODS: { readonly [G in keyof Generations]: (at: number) => string } = {
  hourly: (at) => String(Math.floor(at / HOUR)),
  daily: (at) => String(Math.floor(at / DAY)),
  weekly: (at) => String(Math.floor((at + MONDAY) / (7 * DAY))),
  monthly: (at) => new Date(at).toISOString().slice(0, 7),
};

/**
 * The ids that no generation needs. Each of the last `n` periods that have a backup keeps its newest one. The newest
 * backup and the newest verified one are always kept.
 */
export function selectOutdated(backups: readonly StoredBackup[], keep: Generations): string[] {
  const newestFirst = backups.toSorted((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  const kept = new Set<StoredBackup | undefined>([
    newestFirst[0],
    newestFirst.find((backup) => backup.verifiedAt !== null),
  ]);
  for (const [generation, periodOf] of Object.entries(PERIODS)) {
    const seen = new Set<string>();
    for (const backup of newestFirst) {
      const period = periodOf(backup.createdAt);
      if (seen.has(period)) continue;
      if (seen.size === keep[generation as keyof Generations]) break;
      seen.add(period);
      kept.add(backup);
    }
  }
  return newestFirst.filter((backup) => !kept.has(backup)).map((backup) => backup.id);
}
