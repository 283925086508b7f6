import type { Sql } from "../../database.ts";

export interface LoginRow {
  id: string;
  tenant_id: string;
  user_id: string;
  current_hash: string;
  previous_hash: string | null;
  /** Encrypted: the token for which the previous one was exchanged. */
  successor: string | null;
  rotated_at: number;
  user_agent: string | null;
  ip: string | null;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
}

type NewLogin = Pick<
  LoginRow,
  "id" | "tenant_id" | "user_id" | "current_hash" | "user_agent" | "ip" | "created_at" | "expires_at"
>;

/** Inserts a login with its first refresh token. */
export async function insertLogin(sql: Sql, login: NewLogin): Promise<void> {
  await sql.run(
    `INSERT INTO logins (id, tenant_id, user_id, current_hash, rotated_at, user_agent, ip, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $7, $5, $6, $7, $8)`,
    [
      login.id,
      login.tenant_id,
      login.user_id,
      login.current_hash,
      login.user_agent,
      login.ip,
      login.created_at,
      login.expires_at,
    ],
  );
  await sql.run("INSERT INTO refresh_tokens (hash, login_id, created_at) VALUES ($1, $2, $3)", [
    login.current_hash,
    login.id,
    login.created_at,
  ]);
}

/** The login that issued this refresh token, current or not; locked until the transaction ends. */
export async function findLoginByToken(sql: Sql, hash: string): Promise<LoginRow | undefined> {
  const rows = await sql.all<LoginRow>(
    `SELECT l.* FROM refresh_tokens r JOIN logins l ON l.id = r.login_id
     WHERE r.hash = $1 ${sql.dialect === "postgres" ? "FOR UPDATE OF l" : ""}`,
    [hash],
  );
  return rows[0];
}

/** Replaces the login's current token. */
export async function rotateLogin(
  sql: Sql,
  rotation: { id: string; from: string; to: string; successor: string; now: number },
): Promise<void> {
  await sql.run(
    `UPDATE logins SET previous_hash = current_hash, current_hash = $3, successor = $4, rotated_at = $5
     WHERE id = $1 AND current_hash = $2`,
    [rotation.id, rotation.from, rotation.to, rotation.successor, rotation.now],
  );
  await sql.run("INSERT INTO refresh_tokens (hash, login_id, created_at) VALUES ($1, $2, $3)", [
    rotation.to,
    rotation.id,
    rotation.now,
  ]);
}

/** The valid logins of the user, newest first. */
export async function listLogins(sql: Sql, tenantId: string, userId: string, now: number): Promise<LoginRow[]> {
  return sql.all<LoginRow>(
    `SELECT * FROM logins WHERE tenant_id = $1 AND user_id = $2 AND revoked_at IS NULL AND expires_at > $3
     ORDER BY id DESC LIMIT 200`,
    [tenantId, userId, now],
  );
}

/** Addresses from which the user has signed in lately, as long as logins are kept; the latest ones. */
export async function findLoginAddresses(sql: Sql, userId: string): Promise<string[]> {
  const rows = await sql.all<{ ip: string }>(
    "SELECT ip FROM logins WHERE user_id = $1 AND ip IS NOT NULL GROUP BY ip ORDER BY max(created_at) DESC LIMIT 50",
    [userId],
  );
  return rows.map(({ ip }) => ip);
}

export interface LoginSelection {
  readonly tenantId: string;
  readonly userId: string;
  /** Only this one. */
  readonly loginId?: string;
  /** All but this one. */
  readonly except?: string | undefined;
}

/** Revokes logins of a user; returns the number of those that were not revoked yet. */
export async function revokeLogins(sql: Sql, which: LoginSelection, reason: string, now: number): Promise<number> {
  return sql.run(
    `UPDATE logins SET revoked_at = $5, revoked_reason = $6, successor = NULL
     WHERE tenant_id = $1 AND user_id = $2 AND (CAST($3 AS TEXT) IS NULL OR id = $3)
       AND (CAST($4 AS TEXT) IS NULL OR id <> $4) AND revoked_at IS NULL`,
    [which.tenantId, which.userId, which.loginId ?? null, which.except ?? null, now, reason],
  );
}

/** Deletes at most `limit` logins that ended before `before`, with their tokens' hashes; returns their number. */
export async function removeOldLogins(sql: Sql, before: number, limit: number): Promise<number> {
  return sql.run(
    "DELETE FROM logins WHERE id IN (SELECT id FROM logins WHERE expires_at < $1 OR revoked_at < $1 LIMIT $2)",
    [before, limit],
  );
}
