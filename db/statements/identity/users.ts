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

/** Sets a user's password, and lets access tokens from before end; null when there is no user with this e-mail. */
export async function replacePassword(
  sql: Sql,
  email: string,
  hash: string,
  now: number,
): Promise<{ readonly id: string; readonly tenantId: string } | null> {
  const [row] = await sql.all<{ id: string; tenant_id: string }>(
    `UPDATE users SET password_hash = $2, token_version = token_version + 1, version = version + 1, updated_at = $3
     WHERE email = $1 RETURNING id, tenant_id`,
    [email, hash, now],
  );
  return row === undefined ? null : { id: row.id, tenantId: row.tenant_id };
}
