/**
 * Which sessions a call may use: those of the caller's tenant and, for an API key limited to some sessions, those only.
 * All others do not exist for the caller.
 */
import { parseRecipient, parseRecipients } from "../contracts/address.ts";
import { Problem } from "../contracts/errors.ts";
import type { Principal } from "../contracts/permissions.ts";
import type { SessionSettings } from "../contracts/session-settings.ts";
import type { TenantSettings } from "../contracts/routes/tenant.ts";
import type { Sql } from "../db/database.ts";
import { findSession, type SessionRow } from "../db/statements/sessions/sessions.ts";
import { principalOf, type CallMeta } from "./call.ts";

/** False when the caller's API key is limited to other sessions. */
export function mayUseSession(principal: Pick<Principal, "sessions">, sessionId: string): boolean {
  return principal.sessions === null || principal.sessions.includes(sessionId);
}

type Lookup = Promise<Readonly<SessionRow> | undefined>;

const lookups = new WeakMap<Sql, Map<string, Lookup>>();

/** Calls for the same session in one turn of the event loop share one query, which starts after the last of them. */
function findShared(sql: Sql, tenantId: string, idOrName: string): Lookup {
  const waiting = lookups.get(sql) ?? new Map<string, Lookup>();
  lookups.set(sql, waiting);
  const key = `${tenantId} ${idOrName}`;
  const known = waiting.get(key);
  if (known !== undefined) return known;
  const lookup = new Promise((resolve) => setImmediate(resolve)).then(() => {
    waiting.delete(key);
    return findSession(sql, tenantId, idOrName);
  });
  waiting.set(key, lookup);
  return lookup;
}

/** The session with this id or name; throws the problem `not_found`. */
export async function requireSession(sql: Sql, principal: Principal, idOrName: string): Promise<Readonly<SessionRow>> {
  const session = await findShared(sql, principal.tenantId, idOrName);
  if (session === undefined || !mayUseSession(principal, session.id))
    throw new Problem("not_found", `there is no session "${idOrName}"`);
  return session;
}

/** The country for local phone numbers: the session's own, or its tenant's. */
export function countryOf(session: Pick<SessionRow, "settings" | "tenant_settings">): string | null {
  const own = (JSON.parse(session.settings) as SessionSettings).country;
  return own ?? (JSON.parse(session.tenant_settings) as Partial<TenantSettings>).country ?? null;
}

/** The session in a call's path, with its way of reading recipients. */
export interface LocatedSession {
  readonly sessionId: string;
  /** The country of local numbers; null when they are not accepted. */
  readonly country: string | null;
  /** The chat id for a recipient as the client wrote it; throws the problem `invalid_phone` at `pointer`. */
  chatId(text: string, pointer: string): string;
  /** The chat ids of the list at `pointer`; throws the problem `invalid_phone` with an error for each bad item. */
  chatIds(texts: readonly string[], pointer: string): string[];
}

/** Loads the session in the call's path. */
export async function locateSession(
  sql: Sql,
  ctx: { meta: CallMeta; params: { params: { session: string } } },
): Promise<LocatedSession> {
  const row = await requireSession(sql, principalOf(ctx), ctx.params.params.session);
  const country = countryOf(row);
  return {
    sessionId: row.id,
    country,
    chatId: (text, pointer) => parseRecipient(text, country, pointer),
    chatIds: (texts, pointer) => parseRecipients(texts, country, (index) => `${pointer}/${index}`),
  };
}
