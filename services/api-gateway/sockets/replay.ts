/** Sends a client the events that it missed since its cursor, in order, before live events. */
import { readableTypes } from "../../../access/event-scope.ts";
import { Problem } from "../../../contracts/errors.ts";
import type { Database } from "../../../db/database.ts";
import { readLogBounds, readTenantEvents, type LoggedEvent } from "../../../db/statements/events/read-events.ts";
import type { Connection, PositionedEvent } from "./connection.ts";

/** Most pages replayed; a client that missed more reads the current state, or the events with `GET /events`. */
const MAX_PAGES = 10;
const PAGE = 500;

export interface ReplayTools {
  readonly database: Database;
  readonly withCursor: (event: LoggedEvent) => PositionedEvent;
}

/** The last position that was replayed, and how many events were read. */
export type Replayed =
  | { readonly outcome: "caught-up"; readonly position: number; readonly seen: number }
  | { readonly outcome: "too-old"; readonly seen: number };

/**
 * Sends the events after the position `after`, up to the end of the log. Throws `unavailable` when the socket closes.
 */
export async function replay(tools: ReplayTools, connection: Connection, after: number): Promise<Replayed> {
  const { oldest } = await readLogBounds(tools.database);
  if (after > 0 && oldest > after + 1) return { outcome: "too-old", seen: 0 };
  let [position, seen] = [after, 0];
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    if (!connection.outlet.isOpen) throw new Problem("unavailable", "the socket closed during its replay");
    const page = await readTenantEvents(tools.database, {
      tenantId: connection.tenantId,
      after: position,
      limit: PAGE,
      types: readableTypes(connection.resolved.principal, connection.rule.types),
      sessions: connection.resolved.principal.sessions,
    });
    for (const event of page.events) connection.send(tools.withCursor(event));
    // A replay is faster than any network; the next page waits until the client has taken most of this one.
    await connection.outlet.drained();
    position = page.position;
    seen += page.events.length;
    if (page.isEnd) return { outcome: "caught-up", position, seen };
  }
  return { outcome: "too-old", seen };
}
