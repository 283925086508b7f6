import type { Sql } from "../../database.ts";

export interface ScheduleRow {
  enabled: number;
  every_hours: number;
  /** JSON: how many backups of each generation are kept. */
  keep: string;
  media: number;
  verify: number;
  next_at: number;
  /** The tenant of the administrator who set the schedule; it receives the events of scheduled backups. */
  tenant_id: string;
  version: number;
}

/** The installation's schedule; undefined until one has been set. */
export async function findSchedule(sql: Sql): Promise<ScheduleRow | undefined> {
  return (await sql.all<ScheduleRow>("SELECT * FROM backup_schedule WHERE id = 1"))[0];
}

/** Writes the schedule as version `row.version`; false when the stored version is not the one before. 0 means unset. */
export async function saveSchedule(sql: Sql, row: ScheduleRow): Promise<boolean> {
  const values = [
    row.enabled,
    row.every_hours,
    row.keep,
    row.media,
    row.verify,
    row.next_at,
    row.tenant_id,
    row.version,
  ];
  const changed =
    row.version === 1
      ? await sql.run(
          `INSERT INTO backup_schedule (id, enabled, every_hours, keep, media, verify, next_at, tenant_id, version)
           VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
          values,
        )
      : await sql.run(
          `UPDATE backup_schedule
           SET enabled = $1, every_hours = $2, keep = $3, media = $4, verify = $5, next_at = $6, tenant_id = $7,
             version = $8
           WHERE id = 1 AND version = $8 - 1`,
          values,
        );
  return changed === 1;
}

/** Moves a due schedule to its next time; false when another replica has done so or the schedule was changed. */
export async function advanceSchedule(sql: Sql, seen: ScheduleRow, next: number): Promise<boolean> {
  const changed = await sql.run(
    "UPDATE backup_schedule SET next_at = $3 WHERE id = 1 AND enabled = 1 AND version = $1 AND next_at = $2",
    [seen.version, seen.next_at, next],
  );
  return changed === 1;
}
