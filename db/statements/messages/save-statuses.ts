import type { StoredStatus } from "../../../contracts/states.ts";
import type { Sql } from "../../database.ts";

/** New values of a message's status columns; the transaction has locked the row. */
export interface StatusChange {
  readonly seq: number;
  readonly status: StoredStatus;
  readonly ack: number | null;
  /** Timeline entries to append, as JSON with a comma before each; empty for none. */
  readonly entries: string;
  readonly errorCode: string | null;
  readonly errorDetail: string | null;
  readonly nextAttemptAt: number | null;
  readonly attempts: number;
  readonly claimEpoch: number | null;
  readonly waKey: string | null;
  readonly chatLid: string | null;
  readonly updatedAt: number;
}

const ONE = `UPDATE messages SET status = $2, ack = $3,
  timeline = substr(timeline, 1, length(timeline) - 1) || $4 || ']',
  error_code = $5, error_detail = $6, next_attempt_at = $7, attempts = $8, claim_epoch = $9, wa_key = $10,
  chat_lid = $11, updated_at = $12 WHERE seq = $1`;

const MANY = `UPDATE messages m SET status = c.status, ack = c.ack,
  timeline = substr(m.timeline, 1, length(m.timeline) - 1) || c.entries || ']', error_code = c.error_code,
  error_detail = c.error_detail, next_attempt_at = c.next_attempt_at, attempts = c.attempts,
  claim_epoch = c.claim_epoch, wa_key = c.wa_key, chat_lid = c.chat_lid, updated_at = c.updated_at
  FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[],
    $9::bigint[], $10::text[], $11::text[], $12::bigint[])
  AS c(seq, status, ack, entries, error_code, error_detail, next_attempt_at, attempts, claim_epoch, wa_key, chat_lid,
    updated_at) WHERE m.seq = c.seq`;

const FIELDS = [
  "seq",
  "status",
  "ack",
  "entries",
  "errorCode",
  "errorDetail",
  "nextAttemptAt",
  "attempts",
  "claimEpoch",
  "waKey",
  "chatLid",
  "updatedAt",
] as const satisfies readonly (keyof StatusChange)[];

/** Saves the changes, at most one per message. */
export async function saveStatuses(sql: Sql, changes: readonly StatusChange[]): Promise<void> {
  if (changes.length === 0) return;
  if (sql.dialect === "postgres") {
    await sql.run(
      MANY,
      FIELDS.map((field) => changes.map((change) => change[field])),
    );
    return;
  }
  for (const change of changes) {
    await sql.run(
      ONE,
      FIELDS.map((field) => change[field]),
    );
  }
}
