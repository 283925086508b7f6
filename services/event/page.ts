/** Reads the event log page by page. */
import { eventCursor, fromTenantCursor, toEnvelope } from "../../access/cursor.ts";
import { parseTypes, readableTypes, requireReadable } from "../../access/event-scope.ts";
import { Problem } from "../../contracts/errors.ts";
import type { EventEnvelope } from "../../contracts/events.ts";
import type { Principal } from "../../contracts/permissions.ts";
import type { Sql } from "../../db/database.ts";
import { readLogBounds, readTenantEvents } from "../../db/statements/events/read-events.ts";
import type { Secrets } from "../../mixins/secrets.ts";

export interface EventsRequest {
  readonly principal: Principal;
  readonly limit: number;
  /** The cursor to continue from; undefined for the oldest events that are kept. */
  readonly after: string | undefined;
  /** Event patterns, separated by commas; undefined for all types. */
  readonly types: string | undefined;
  /** null for all sessions and the tenant's own events. */
  readonly sessionId: string | null;
}

/**
 * Events after the cursor that the caller may read, oldest first. The last page has a cursor too, to continue from
 * later. Throws the problems `validation`, `forbidden`, `cursor_invalid`, and `cursor_expired` when events after the
 * cursor have been deleted.
 */
export async function readEventPage(
  sql: Sql,
  secrets: Secrets,
  request: EventsRequest,
): Promise<{ data: EventEnvelope[]; nextCursor: string | null }> {
  const { principal, sessionId } = request;
  const patterns = parseTypes(request.types ?? "*");
  requireReadable(principal, patterns, () => "?types");
  const start =
    request.after === undefined ? 0 : fromTenantCursor(secrets, "events", principal.tenantId, request.after, "?after");
  const { oldest, newest } = await readLogBounds(sql);
  if (start > 0 && oldest > start + 1)
    throw new Problem("cursor_expired", "events after this cursor have been deleted; start again without it");
  const page = await readTenantEvents(sql, {
    tenantId: principal.tenantId,
    after: start,
    limit: request.limit,
    types: readableTypes(principal, patterns),
    sessions: sessionId === null ? principal.sessions : [sessionId],
  });
  // On the last page the cursor moves to the end of the log. Otherwise the cursor of a tenant with few events would
  // expire.
  const position = page.isEnd ? Math.max(page.position, newest) : page.position;
  return {
    data: page.events.map((event) => toEnvelope(secrets, event)),
    nextCursor: position === 0 ? null : eventCursor(secrets, principal.tenantId, position),
  };
}
