import type { Sql } from "../../database.ts";

/**
 * Deletes events older than `before` (ms), at most so many, and never one that a durable reader has still to see. Returns how
 * many were deleted.
 */
export async function deleteOldEvents(sql: Sql, before: number, limit: number): Promise<number> {
  return sql.run(
    `DELETE FROM events WHERE seq IN (
       SELECT seq FROM events WHERE at < $1 AND seq <= (SELECT coalesce(min(position), 0) FROM cursors) ORDER BY seq LIMIT $2)`,
    [before, limit],
  );
}
