/**
 * Bounds each session's queue, by an estimate of its length: clients are pushed back long before it grows without
 * limit.
 */
import { Problem } from "../contracts/errors.ts";
import type { Sql } from "../db/database.ts";
import { Estimates } from "../db/estimates.ts";
import { countQueued } from "../db/statements/messages/list-messages.ts";

/** Messages per session. */
const CAP = 50_000;
/** ms for which a count is believed. */
const MAX_AGE = 5_000;

export class QueueDepths {
  readonly #depths = new Estimates(MAX_AGE);

  /** Reserves room for `more` messages, or throws the problem `queue_full`. */
  async requireRoom(sql: Sql, sessionId: string, more: number): Promise<void> {
    const { accepted, used } = await this.#depths.reserve(sessionId, more, CAP, () =>
      countQueued(sql, sessionId, CAP + 1),
    );
    if (!accepted)
      throw new Problem("queue_full", `a session's queue holds ${CAP} messages, and ${used} are waiting`, {
        retryAfter: 30,
      });
  }
}
