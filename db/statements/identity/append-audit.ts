import { systemNow } from "../../../concurrency/clock.ts";
import { createId } from "../../../contracts/ids.ts";
import type { Sql } from "../../database.ts";

export interface AuditDraft {
  readonly tenantId: string;
  readonly actor: {
    readonly type: "user" | "api_key" | "system";
    readonly id: string | null;
    readonly ip: string | null;
  };
  /** `<thing>.<past tense>`, such as `user.created`. */
  readonly action: string;
  /** The id of the changed object. */
  readonly target: string | null;
  /** Must not contain secrets. */
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
}

/** Writes one entry of the audit trail; entries are never changed. */
export async function appendAudit(sql: Sql, draft: AuditDraft): Promise<void> {
  const id = `aud_${createId("event").slice(4)}`;
  await sql.run(
    `INSERT INTO audit (id, tenant_id, actor, action, target, detail, request_id, at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      id,
      draft.tenantId,
      JSON.stringify(draft.actor),
      draft.action,
      draft.target,
      JSON.stringify(draft.detail),
      draft.requestId,
      systemNow(),
    ],
  );
}

export interface AuditRow {
  id: string;
  actor: string;
  action: string;
  target: string | null;
  detail: string;
  request_id: string | null;
  at: number;
}

/** Entries of the tenant, newest first, before the given one. */
export async function readAudit(
  sql: Sql,
  filter: { tenantId: string; action: string | null; before: string | null; limit: number },
): Promise<AuditRow[]> {
  return sql.all<AuditRow>(
    `SELECT id, actor, action, target, detail, request_id, at FROM audit
     WHERE tenant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR action = $2) AND (CAST($3 AS TEXT) IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [filter.tenantId, filter.action, filter.before, filter.limit],
  );
}
