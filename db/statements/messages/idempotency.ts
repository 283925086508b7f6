import type { Sql } from "../../database.ts";

/** An answer kept for repeats: HTTP status and JSON body. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

export interface KeyClaim {
  readonly tenantId: string;
  /** Credential, method and route. */
  readonly scope: string;
  readonly key: string;
  readonly fingerprint: string;
  readonly answer: StoredAnswer;
  readonly expiresAt: number;
  readonly now: number;
}

/** Takes the key with its answer, in the transaction that makes the answer true; or gives what an earlier request left there. */
export async function claimIdempotencyKey(
  sql: Sql,
  claim: KeyClaim,
): Promise<{ fingerprint: string; answer: StoredAnswer } | null> {
  const taken = await sql.all<{ key: string }>(
    `INSERT INTO idempotency_keys (tenant_id, scope, key, fingerprint, status, body, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (tenant_id, scope, key) DO UPDATE SET fingerprint = excluded.fingerprint, status = excluded.status, body = excluded.body, expires_at = excluded.expires_at
     WHERE idempotency_keys.expires_at < $8 RETURNING key`,
    [
      claim.tenantId,
      claim.scope,
      claim.key,
      claim.fingerprint,
      claim.answer.status,
      claim.answer.body,
      claim.expiresAt,
      claim.now,
    ],
  );
  if (taken.length > 0) return null;
  const rows = await sql.all<{ fingerprint: string; status: number; body: string }>(
    "SELECT fingerprint, status, body FROM idempotency_keys WHERE tenant_id = $1 AND scope = $2 AND key = $3",
    [claim.tenantId, claim.scope, claim.key],
  );
  const row = rows[0]!;
  return { fingerprint: row.fingerprint, answer: { status: row.status, body: row.body } };
}

/** The answer that is kept under the key; undefined when there is none, or its time is over. */
export async function findStoredAnswer(
  sql: Sql,
  { tenantId, scope, key, now }: Pick<KeyClaim, "tenantId" | "scope" | "key" | "now">,
): Promise<{ fingerprint: string; body: string } | undefined> {
  const rows = await sql.all<{ fingerprint: string; body: string }>(
    "SELECT fingerprint, body FROM idempotency_keys WHERE tenant_id = $1 AND scope = $2 AND key = $3 AND expires_at >= $4",
    [tenantId, scope, key, now],
  );
  return rows[0];
}

/** Gives a key back that was taken in this transaction, because its request was refused after all. */
export async function dropIdempotencyKey(
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

/** Forgets keys whose time is over; returns how many. */
export async function deleteExpiredKeys(sql: Sql, now: number): Promise<number> {
  return sql.run("DELETE FROM idempotency_keys WHERE expires_at < $1", [now]);
}
