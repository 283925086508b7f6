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

export interface CheckedKey {
  id: string;
  tenant_id: string;
  secret_hash: string;
  scopes: string;
  sessions: string | null;
  ip_allow: string | null;
  expires_at: number | null;
  revoked_at: number | null;
  tenant_status: string;
}

/** The API key with this public id, and its tenant's status. */
export async function findKeyForCheck(sql: Sql, publicId: string): Promise<CheckedKey | undefined> {
  const rows = await sql.all<CheckedKey>(
    `SELECT k.id, k.tenant_id, k.secret_hash, k.scopes, k.sessions, k.ip_allow, k.expires_at, k.revoked_at,
       t.status AS tenant_status
     FROM api_keys k JOIN tenants t ON t.id = k.tenant_id WHERE k.public_id = $1`,
    [publicId],
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
