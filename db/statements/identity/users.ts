import type { Sql } from "../../database.ts";

/** The number of the tenant's owners who can sign in, not counting this user. */
export async function countOtherOwners(sql: Sql, tenantId: string, userId: string): Promise<number> {
  const rows = await sql.all<{ owners: number }>(
    "SELECT count(*) AS owners FROM users WHERE tenant_id = $1 AND id <> $2 AND role = 'owner' AND disabled = 0",
    [tenantId, userId],
  );
  return rows[0]!.owners;
}

/** Records the time of a login. The version stays, because this changes nothing that an ETag covers. */
export async function recordLastLogin(sql: Sql, userId: string, now: number): Promise<void> {
  await sql.run("UPDATE users SET last_login_at = $2 WHERE id = $1", [userId, now]);
}
