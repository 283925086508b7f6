import type { Role } from "../../../contracts/permissions.ts";
import type { Sql } from "../../database.ts";

export interface CheckedLogin {
  tenant_id: string;
  role: Role;
  platform_admin: number;
  token_version: number;
  disabled: number;
  tenant_status: string;
  revoked_at: number | null;
  expires_at: number;
}

/** The current state of an access token's user, login and tenant; undefined when one of them no longer exists. */
export async function findLoginForCheck(sql: Sql, userId: string, loginId: string): Promise<CheckedLogin | undefined> {
  const rows = await sql.all<CheckedLogin>(
    `SELECT u.tenant_id, u.role, u.platform_admin, u.token_version, u.disabled, t.status AS tenant_status,
       l.revoked_at, l.expires_at
     FROM users u JOIN tenants t ON t.id = u.tenant_id JOIN logins l ON l.user_id = u.id WHERE u.id = $1 AND l.id = $2`,
    [userId, loginId],
  );
  return rows[0];
}

/** A key, or one of the keys that it descends from, with the user who made it. */
export interface CheckedKey {
  id: string;
  tenant_id: string;
  secret_hash: string;
  scopes: string;
  sessions: string | null;
  ip_allow: string | null;
  expires_at: number | null;
  revoked_at: number | null;
  /** The user or the key that made it; null for a key from before that was recorded. */
  created_by: string | null;
  /** Of the user who made it; null when a key did, or when the user no longer exists. */
  role: Role | null;
  platform_admin: number | null;
  disabled: number | null;
  tenant_status: string;
}

/** Most generations of keys above one; `services/auth` lets no key be made beyond them. */
export const MAX_GENERATIONS = 5;

/** The key, then the key that made it, and so on; empty when there is no such key. */
export async function findKeyLineage(
  sql: Sql,
  key: { readonly publicId: string } | { readonly id: string },
): Promise<CheckedKey[]> {
  const [column, value] = "publicId" in key ? ["public_id", key.publicId] : ["id", key.id];
  return sql.all<CheckedKey>(
    `WITH RECURSIVE lineage AS (
       SELECT k.*, 0 AS generation FROM api_keys k WHERE k.${column} = $1
       UNION ALL
       SELECT p.*, l.generation + 1 FROM api_keys p JOIN lineage l ON p.id = l.created_by AND p.tenant_id = l.tenant_id
       WHERE l.generation < ${MAX_GENERATIONS})
     SELECT l.id, l.tenant_id, l.secret_hash, l.scopes, l.sessions, l.ip_allow, l.expires_at, l.revoked_at, l.created_by,
       u.role, u.platform_admin, u.disabled, t.status AS tenant_status
     FROM lineage l JOIN tenants t ON t.id = l.tenant_id
       LEFT JOIN users u ON u.id = l.created_by AND u.tenant_id = l.tenant_id
     ORDER BY l.generation`,
    [value],
  );
}

/** Revokes the keys that this user or key has made, the keys that those have made, and so on. Returns their ids. */
export async function revokeKeysMadeBy(sql: Sql, tenantId: string, makerId: string, now: number): Promise<string[]> {
  const rows = await sql.all<{ id: string }>(
    `WITH RECURSIVE made AS (
       SELECT id FROM api_keys WHERE tenant_id = $1 AND created_by = $2
       UNION
       SELECT k.id FROM api_keys k JOIN made m ON k.created_by = m.id WHERE k.tenant_id = $1)
     UPDATE api_keys SET revoked_at = $3 WHERE revoked_at IS NULL AND id IN (SELECT id FROM made) RETURNING id`,
    [tenantId, makerId, now],
  );
  return rows.map(({ id }) => id);
}

export interface CheckedUser {
  role: Role;
  platform_admin: number;
  disabled: number;
}

/** The user's current role and status; undefined when the tenant has no such user. */
export async function findUserForCheck(sql: Sql, tenantId: string, userId: string): Promise<CheckedUser | undefined> {
  const rows = await sql.all<CheckedUser>(
    "SELECT role, platform_admin, disabled FROM users WHERE tenant_id = $1 AND id = $2",
    [tenantId, userId],
  );
  return rows[0];
}

/** Records that the key was used, at most once a minute. */
export async function touchKey(sql: Sql, keyId: string, now: number): Promise<void> {
  await sql.run("UPDATE api_keys SET last_used_at = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $3)", [
    keyId,
    now,
    now - 60_000,
  ]);
}

/** Maps references, each the id or name of one of the tenant's sessions, to session ids. Unknown ones are left out. */
export async function findSessionIds(
  sql: Sql,
  tenantId: string,
  references: readonly string[],
): Promise<Map<string, string>> {
  const among = (column: string) =>
    sql.dialect === "postgres" ? `${column} = ANY($2::text[])` : `${column} IN (SELECT value FROM json_each($2))`;
  const rows = await sql.all<{ id: string; name: string }>(
    `SELECT id, name FROM sessions WHERE tenant_id = $1 AND (${among("id")} OR ${among("name")})`,
    [tenantId, sql.dialect === "postgres" ? references : JSON.stringify(references)],
  );
  const byName = new Map(rows.flatMap(({ id, name }) => [[name, id] as const, [id, id] as const]));
  return new Map(
    references.flatMap((reference) => (byName.has(reference) ? [[reference, byName.get(reference)!] as const] : [])),
  );
}
