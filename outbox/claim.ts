/** Claiming: the next message of each session, or the one that an earlier run or round has left in flight. */
import { CLAIM_DEADLINE } from "../contracts/deadlines.ts";
import type { SessionRun } from "../contracts/transport.ts";
import type { Sql } from "../db/database.ts";
import type { MessageRow } from "../db/rows/message.ts";
import { claimMessages } from "../db/statements/messages/claim-messages.ts";
import { selectInFlight } from "../db/statements/messages/due-messages.ts";

export interface ClaimingRun extends SessionRun {
  /** An earlier run or round may have left a message in flight: it has to be looked up before anything is sent. */
  mayHaveInFlight: boolean;
  /** Claims since the lowest priority last had its turn. */
  claimsSinceLowest: number;
}

/** At most one message for each session. */
export interface Work {
  readonly toSend: readonly MessageRow[];
  readonly toLookUp: readonly MessageRow[];
}

/** Number of claims after which the lowest priority that has something queued gets its turn. */
export const CLAIMS_BEFORE_LOWEST = 20;

/** Claims the next message of each session that has none in flight, and returns those in flight to be looked up. */
export async function findWork(
  sql: Sql,
  runs: readonly ClaimingRun[],
  { incarnation, now }: { incarnation: string; now: number },
): Promise<Work> {
  const uncertain = runs.filter((run) => run.mayHaveInFlight).map(({ sessionId }) => sessionId);
  const toLookUp = uncertain.length === 0 ? [] : await selectInFlight(sql, uncertain);
  const occupied = new Set<string>(toLookUp.map((row) => row.session_id));
  const free = runs.filter(({ sessionId }) => !occupied.has(sessionId));
  const toSend: MessageRow[] = [];
  for (const lowestFirst of [false, true]) {
    const sessions = free.filter((run) => run.claimsSinceLowest >= CLAIMS_BEFORE_LOWEST === lowestFirst);
    if (sessions.length === 0) continue;
    toSend.push(...(await claimMessages(sql, { sessions, incarnation, now, deadline: CLAIM_DEADLINE, lowestFirst })));
  }
  return { toSend, toLookUp };
}
