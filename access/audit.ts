/** Writes the audit trail. The actor of an entry is the caller of the action. */
import type { Context } from "moleculer";
import type { Sql } from "../db/database.ts";
import { appendAudit } from "../db/statements/identity/append-audit.ts";
import type { CallMeta } from "./call.ts";

export interface AuditEntryDraft {
  /** The caller's tenant when absent. */
  readonly tenantId?: string;
  readonly action: string;
  readonly target: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** The actor when the call is not authenticated yet (sign-in). */
  readonly userId?: string;
}

/** Appends one entry for this call, within the transaction if `sql` is one. */
export async function recordAudit(sql: Sql, ctx: Context<unknown, CallMeta>, entry: AuditEntryDraft): Promise<void> {
  const { principal, clientIp, requestId } = ctx.meta;
  const userId = entry.userId ?? principal?.userId ?? null;
  const apiKeyId = principal?.apiKeyId ?? null;
  await appendAudit(sql, {
    tenantId: entry.tenantId ?? principal?.tenantId ?? "",
    actor: {
      type: userId !== null ? "user" : apiKeyId !== null ? "api_key" : "system",
      id: userId ?? apiKeyId,
      ip: clientIp ?? null,
    },
    action: entry.action,
    target: entry.target,
    detail: entry.detail ?? {},
    requestId: requestId ?? null,
  });
}
