/**
 * Sessions that are placed on this node but do not run here: after a claim whose answer was lost, or a failed start that
 * could not be undone because the database was down. No other node takes them while this one is alive.
 */
import type { Sql } from "../db/database.ts";
import {
  countOwnPlacements,
  readOwnPlacements,
  reclaimSession,
  type ClaimedPlacement,
} from "../db/statements/sessions/placements.ts";

/** Claims them again under new epochs; `isHere` tells which sessions run here, or are still ending. */
export async function reclaimOrphans(
  sql: Sql,
  incarnation: string,
  running: number,
  isHere: (sessionId: string) => boolean,
): Promise<ClaimedPlacement[]> {
  if ((await countOwnPlacements(sql, incarnation)) <= running) return [];
  const reclaimed: ClaimedPlacement[] = [];
  for (const placement of await readOwnPlacements(sql, incarnation)) {
    const { session_id: sessionId, epoch: known } = placement;
    if (isHere(sessionId)) continue;
    const epoch = await reclaimSession(sql, { sessionId, epoch: known, incarnation });
    if (epoch !== null) reclaimed.push({ ...placement, epoch });
  }
  return reclaimed;
}
