/** Which session a call may touch: one of the caller's tenant and, for an API key that is limited to some, one of those. Anything else does not exist for it. */
import { Problem } from "../contracts/errors.ts";
import type { Principal } from "../contracts/permissions.ts";
import type { Sql } from "../db/database.ts";
import { findSession, type SessionRow } from "../db/statements/sessions.ts";

/** True when the caller's key is not limited to other sessions. */
export function mayUseSession(principal: Principal, sessionId: string): boolean {
  return principal.sessions === null || principal.sessions.includes(sessionId);
}

/** The session by id or name, or the problem `not_found`. */
export async function requireSession(sql: Sql, principal: Principal, idOrName: string): Promise<SessionRow> {
  const session = await findSession(sql, principal.tenantId, idOrName);
  if (session === undefined || !mayUseSession(principal, session.id)) throw new Problem("not_found", `there is no session "${idOrName}"`);
  return session;
}
