/** Reads the event log page by page. */
import { fromCursor, toCursor } from "../../access/cursor.ts";
import { mayUseSession } from "../../access/session-scope.ts";
import { fieldProblem, Problem } from "../../contracts/errors.ts";
import { EventPattern, matchesPatterns, type EventEnvelope } from "../../contracts/events.ts";
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

/** Most rows read for one page. A page may be empty and still have a next cursor when few events match. */
const MAX_SCANNED = 2_000;

function parseTypes(types: string | undefined): string[] {
  const patterns = (types ?? "*").split(",").map((pattern) => pattern.trim());
  const wrong = patterns.find((pattern) => !EventPattern.safeParse(pattern).success);
  if (wrong !== undefined)
    throw fieldProblem("validation", "?types", `"${wrong}" is not an event type, a prefix such as message.*, or *`);
  return patterns;
}

function isVisible({ sessionId }: EventEnvelope, principal: Principal): boolean {
  return sessionId === undefined ? principal.sessions === null : mayUseSession(principal, sessionId);
}

/**
 * Events after the cursor, oldest first. The last page has a cursor too, to continue from later. Throws the problems
 * `validation`, `cursor_invalid`, and `cursor_expired` when events after the cursor have been deleted.
 */
export async function readEventPage(
  sql: Sql,
  secrets: Secrets,
  request: EventsRequest,
): Promise<{ data: EventEnvelope[]; nextCursor: string | null }> {
  const { principal, sessionId } = request;
  const patterns = parseTypes(request.types);
  const start = request.after === undefined ? 0 : Number(fromCursor(secrets, "events", request.after, "?after"));
  const { oldest, newest } = await readLogBounds(sql);
  if (start > 0 && oldest > start + 1)
    throw new Problem("cursor_expired", "events after this cursor have been deleted; start again without it");
  const rows = await readTenantEvents(sql, {
    tenantId: principal.tenantId,
    after: start,
    limit: MAX_SCANNED,
    sessionId,
  });
  const data: EventEnvelope[] = [];
  let position = start;
  let hasMore = rows.length === MAX_SCANNED;
  for (const { position: at, envelope } of rows) {
    if (data.length === request.limit) {
      hasMore = true;
      break;
    }
    position = at;
    if (isVisible(envelope, principal) && matchesPatterns(envelope.type, patterns)) data.push(envelope);
  }
  // On the last page the cursor moves to the end of the log. Otherwise the cursor of a tenant with few events would
  // expire.
  if (!hasMore) position = Math.max(position, newest);
  return { data, nextCursor: position === 0 ? null : toCursor(secrets, "events", String(position)) };
}
