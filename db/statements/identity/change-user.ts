import type { UserRow } from "../../models/user.ts";
import type { Sql } from "../../database.ts";

/** How many owners who can sign in the tenant has beside this user. */
export async function countOtherOwners(sql: Sql, tenantId: string, userId: string): Promise<number> {
  const rows = await sql.all<{ owners: number }>(
    "SELECT count(*) AS owners FROM users WHERE tenant_id = $1 AND id <> $2 AND role = 'owner' AND disabled = 0",
    [tenantId, userId],
  );
  return rows[0]!.owners;
}

/** Writes the user back, when it is still of the version that was read. */
export async function saveUser(sql: Sql, user: UserRow, now: number): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE users SET name = $4, role = $5, disabled = $6, password_hash = $7, token_version = $8, version = version + 1, updated_at = $9
     WHERE tenant_id = $1 AND id = $2 AND version = $3`,
    [
      user.tenantId,
      user.id,
      user.version,
      user.name,
      user.role,
      Number(user.disabled),
      user.passwordHash,
      user.tokenVersion,
      now,
    ],
  );
  return changed === 1;
}

/** Removes the user with its logins, when it is still of the version that was read. */
export async function deleteUser(sql: Sql, user: UserRow): Promise<boolean> {
  return (
    (await sql.run("DELETE FROM users WHERE tenant_id = $1 AND id = $2 AND version = $3", [
      user.tenantId,
      user.id,
      user.version,
    ])) === 1
  );
}

/** Notes the time of a sign-in; not a change that an ETag shows. */
export async function touchUser(sql: Sql, userId: string, now: number): Promise<void> {
  await sql.run("UPDATE users SET last_login_at = $2 WHERE id = $1", [userId, now]);
}
