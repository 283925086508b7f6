/** Reading the event log page by page. */
import { matchesPatterns, type EventEnvelope } from "../contracts/events.ts";
import { fieldProblem, Problem } from "../contracts/errors.ts";
import { EventPattern } from "../contracts/events.ts";
import type { Principal } from "../contracts/permissions.ts";
import type { Sql } from "../db/database.ts";
import { readLogBounds, readTenantEvents } from "../db/statements/events/read-events.ts";
import { fromCursor, toCursor } from "../access/cursor.ts";
import type { Secrets } from "../mixins/secrets.ts";
import { mayUseSession } from "../access/session-scope.ts";

export interface EventsRequest {
  readonly principal: Principal;
  readonly limit: number;
  readonly after: string | undefined;
  readonly types: string | undefined;
  readonly sessionId: string | null;
}

/** Rows looked at for one page, at most; a page can be empty and still have a next cursor when few events match. */
const LOOKED_AT = 2_000;

function parseTypes(types: string | undefined): string[] {
  const patterns = (types ?? "*").split(",").map((pattern) => pattern.trim());
  const wrong = patterns.find((pattern) => !EventPattern.safeParse(pattern).success);
  if (wrong !== undefined)
    throw fieldProblem("validation", "?types", `"${wrong}" is not an event type, a prefix such as message.*, or *`);
  return patterns;
}

/** Events after the cursor, oldest first. The cursor of the last page is given too, to go on from later. */
export async function readEventPage(
  sql: Sql,
  secrets: Secrets,
  request: EventsRequest,
): Promise<{ data: EventEnvelope[]; nextCursor: string | null }> {
  const patterns = parseTypes(request.types);
  const start = request.after === undefined ? 0 : Number(fromCursor(secrets, "events", request.after, "?after"));
  const { oldest, newest } = await readLogBounds(sql);
  if (start > 0 && oldest > start + 1)
    throw new Problem("cursor_expired", "events after this cursor were deleted already; begin anew without it");
  const rows = await readTenantEvents(sql, {
    tenantId: request.principal.tenantId,
    after: start,
    limit: LOOKED_AT,
    sessionId: request.sessionId,
  });
  const data: EventEnvelope[] = [];
  let position = start;
  let isCut = rows.length === LOOKED_AT;
  for (const { position: at, envelope } of rows) {
    if (data.length === request.limit) {
      isCut = true;
      break;
    }
    position = at;
    const isVisible =
      envelope.sessionId === undefined
        ? request.principal.sessions === null
        : mayUseSession(request.principal, envelope.sessionId);
    if (isVisible && matchesPatterns(envelope.type, patterns)) data.push(envelope);
  }
  // Nothing more was there: the cursor goes on to the log's end, or that of someone with few events would grow old.
  if (!isCut) position = Math.max(position, newest);
  return { data, nextCursor: position === 0 ? null : toCursor(secrets, "events", String(position)) };
}
