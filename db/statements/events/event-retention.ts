import type { Sql } from "../../database.ts";

/**
 * Deletes at most `limit` events older than `before` (Unix ms) and returns how many. An event that a durable reader has
 * not read yet stays.
 */
export async function deleteOldEvents(sql: Sql, before: number, limit: number): Promise<number> {
  return sql.run(
    `DELETE FROM events WHERE seq IN (
       SELECT seq FROM events
       WHERE at < $1 AND seq <= (SELECT coalesce(min(position), 0) FROM cursors)
       ORDER BY seq LIMIT $2)`,
    [before, limit],
  );
}
