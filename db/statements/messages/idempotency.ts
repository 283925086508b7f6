import type { Sql } from "../../database.ts";

/** The response that a repeated request gets again: HTTP status and JSON body. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

export interface NewIdempotencyKey {
  readonly tenantId: string;
  /** Credential, method and route. */
  readonly scope: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly answer: StoredAnswer;
  readonly expiresAt: number;
  readonly now: number;
}

/** Stores the key with its response and returns null, or returns what an earlier request has stored under the key. */
export async function storeIdempotencyKey(
  sql: Sql,
  entry: NewIdempotencyKey,
): Promise<{ fingerprint: string; answer: StoredAnswer } | null> {
  const stored = await sql.all<{ key: string }>(
    `INSERT INTO idempotency_keys (tenant_id, scope, key, fingerprint, status, body, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (tenant_id, scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status,
       body = excluded.body, expires_at = excluded.expires_at
     WHERE idempotency_keys.expires_at < $8 RETURNING key`,
    [
      entry.tenantId,
      entry.scope,
      entry.key,
      entry.fingerprint,
      entry.answer.status,
      entry.answer.body,
      entry.expiresAt,
      entry.now,
    ],
  );
  if (stored.length > 0) return null;
  const rows = await sql.all<{ fingerprint: string; status: number; body: string }>(
    "SELECT fingerprint, status, body FROM idempotency_keys WHERE tenant_id = $1 AND scope = $2 AND key = $3",
    [entry.tenantId, entry.scope, entry.key],
  );
  const row = rows[0]!;
  return { fingerprint: row.fingerprint, answer: { status: row.status, body: row.body } };
}

/** The response stored under the key; undefined when there is none, or it has expired. */
export async function findStoredAnswer(
  sql: Sql,
  { tenantId, scope, key, now }: Pick<NewIdempotencyKey, "tenantId" | "scope" | "key" | "now">,
): Promise<{ fingerprint: string; body: string } | undefined> {
  const rows = await sql.all<{ fingerprint: string; body: string }>(
    `SELECT fingerprint, body FROM idempotency_keys
     WHERE tenant_id = $1 AND scope = $2 AND key = $3 AND expires_at >= $4`,
    [tenantId, scope, key, now],
  );
  return rows[0];
}

/** Deletes a key that this transaction has stored, because its request is refused. */
export async function deleteIdempotencyKey(
  sql: Sql,
  tenantId: string,
  { scope, key }: { scope: string; key: string },
): Promise<void> {
  await sql.run("DELETE FROM idempotency_keys WHERE tenant_id = $1 AND scope = $2 AND key = $3", [
    tenantId,
    scope,
    key,
  ]);
}

/** Deletes expired keys and returns how many. */
export async function deleteExpiredKeys(sql: Sql, now: number): Promise<number> {
  return sql.run("DELETE FROM idempotency_keys WHERE expires_at < $1", [now]);
}
