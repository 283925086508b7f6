/** Limits the length of each session's queue, which is estimated, so that it cannot grow without bound. */
import { Problem } from "../contracts/errors.ts";
import type { Sql } from "../db/database.ts";
import { Estimates } from "../db/estimates.ts";
import { countQueued } from "../db/statements/messages/list-messages.ts";

/** Messages per session. */
const CAP = 50_000;
/** ms for which a count is used before it is queried again. */
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
