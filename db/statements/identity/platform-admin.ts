import type { Sql } from "../../database.ts";

const FIRST_RUN_LOCK = 7_170_002;

/**
 * True when the installation has no platform administrator yet. With `lock`, which needs a transaction, the answer
 * stays true until that transaction ends.
 */
export async function lacksPlatformAdmin(sql: Sql, options: { lock: boolean }): Promise<boolean> {
  if (options.lock && sql.dialect === "postgres") await sql.all("SELECT pg_advisory_xact_lock($1)", [FIRST_RUN_LOCK]);
  return (await sql.all("SELECT 1 AS one FROM users WHERE platform_admin = 1 LIMIT 1")).length === 0;
}
