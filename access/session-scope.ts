/** Which session a call may touch: one of the caller's tenant and, for an API key that is limited to some, one of those. Anything else does not exist for it. */
import { parseRecipient } from "../contracts/address.ts";
import { Problem } from "../contracts/errors.ts";
import type { Principal } from "../contracts/permissions.ts";
import type { SessionSettings } from "../contracts/routes/session.ts";
import type { TenantSettings } from "../contracts/routes/tenant.ts";
import type { Sql } from "../db/database.ts";
import { findSession, type SessionRow } from "../db/statements/sessions/sessions.ts";
import { principalOf, type CallMeta } from "./call.ts";

/** True when the caller's key is not limited to other sessions. */
export function mayUseSession(principal: Principal, sessionId: string): boolean {
  return principal.sessions === null || principal.sessions.includes(sessionId);
}

type Finding = Promise<Readonly<SessionRow> | undefined>;

const findings = new WeakMap<Sql, Map<string, Finding>>();

/** Calls of one turn of the event loop that name the same session share one look at it, which begins after the last of them has asked. */
function findTogether(sql: Sql, tenantId: string, idOrName: string): Finding {
  const waiting = findings.get(sql) ?? new Map<string, Finding>();
  findings.set(sql, waiting);
  const key = `${tenantId} ${idOrName}`;
  const known = waiting.get(key);
  if (known !== undefined) return known;
  const finding = new Promise((resolve) => setImmediate(resolve)).then(() => {
    waiting.delete(key);
    return findSession(sql, tenantId, idOrName);
  });
  waiting.set(key, finding);
  return finding;
}

/** The session by id or name, or the problem `not_found`. */
export async function requireSession(sql: Sql, principal: Principal, idOrName: string): Promise<Readonly<SessionRow>> {
  const session = await findTogether(sql, principal.tenantId, idOrName);
  if (session === undefined || !mayUseSession(principal, session.id))
    throw new Problem("not_found", `there is no session "${idOrName}"`);
  return session;
}

/** The country that completes the session's local phone numbers: its own, or its tenant's. */
export function countryOf(session: Pick<SessionRow, "settings" | "tenant_settings">): string | null {
  const own = (JSON.parse(session.settings) as SessionSettings).country;
  return own ?? (JSON.parse(session.tenant_settings) as Partial<TenantSettings>).country ?? null;
}

/** A session as a call names it in its path, and how recipients are read in it. */
export interface LocatedSession {
  readonly sessionId: string;
  /** The chat id of what a client wrote; the problem `invalid_phone` at `pointer`. */
  chatId(text: string, pointer: string): string;
}

/** The session that the path names. */
export async function locateSession(
  sql: Sql,
  ctx: { meta: CallMeta; params: { params: { session: string } } },
): Promise<LocatedSession> {
  const row = await requireSession(sql, principalOf(ctx), ctx.params.params.session);
  const country = countryOf(row);
  return { sessionId: row.id, chatId: (text, pointer) => parseRecipient(text, country, pointer) };
}
