/** Catching up: what a client missed since its cursor, in order, before what is live. */
import { Problem } from "../../../contracts/errors.ts";
import type { Database } from "../../../db/database.ts";
import { readLogBounds, readTenantEvents, type LoggedEvent } from "../../../db/statements/events/read-events.ts";
import type { Connection, PlacedEvent } from "./connection.ts";

/** More than this is not replayed: the client reads the state anew, and events by `GET /events`. */
const MOST = 5_000;
const PAGE = 500;

export interface ReplayTools {
  readonly database: Database;
  readonly place: (event: LoggedEvent) => PlacedEvent;
}

/** How far it came, and how many events it looked through. */
export type Replayed = { outcome: "caught-up"; position: number; seen: number } | { outcome: "too-old"; seen: number };

/** Sends what came after `after`, up to the log's end as it is met. */
export async function replay(tools: ReplayTools, connection: Connection, after: number): Promise<Replayed> {
  const { oldest } = await readLogBounds(tools.database);
  if (after > 0 && oldest > after + 1) return { outcome: "too-old", seen: 0 };
  let [position, sent] = [after, 0];
  while (sent < MOST) {
    if (!connection.socket.connected) throw new Problem("unavailable", "the socket closed during its replay");
    const page = await readTenantEvents(tools.database, {
      tenantId: connection.tenantId,
      after: position,
      limit: PAGE,
      sessionId: null,
    });
    for (const event of page) connection.send(tools.place(event));
    position = page.at(-1)?.position ?? position;
    sent += page.length;
    if (page.length < PAGE) return { outcome: "caught-up", position, seen: sent };
  }
  return { outcome: "too-old", seen: sent };
}
