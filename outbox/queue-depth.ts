/** How long each session's queue is, looked up now and then: enough to push back long before a queue is without bounds. */
import { Problem } from "../contracts/errors.ts";
import type { Sql } from "../db/database.ts";
import { countQueued } from "../db/statements/messages/list-messages.ts";

const CAP = 50_000;
/** ms for which a count is believed; what was accepted meanwhile is added to it. */
const FRESH = 5_000;
const SESSIONS_REMEMBERED = 10_000;

export class QueueDepths {
  readonly #depths = new Map<string, { count: number; at: number }>();

  /** Makes sure that `more` fit, or throws the problem `queue_full`. */
  async requireRoom(sql: Sql, sessionId: string, more: number): Promise<void> {
    const known = this.#depths.get(sessionId);
    const depth =
      known !== undefined && Date.now() - known.at < FRESH
        ? known
        : { count: await countQueued(sql, sessionId, CAP + 1), at: Date.now() };
    if (depth.count + more > CAP)
      throw new Problem("queue_full", `a session's queue holds ${CAP} messages, and ${depth.count} wait already`, {
        retryAfter: 30,
      });
    depth.count += more;
    this.#depths.delete(sessionId);
    this.#depths.set(sessionId, depth);
    if (this.#depths.size > SESSIONS_REMEMBERED) this.#depths.delete(this.#depths.keys().next().value!);
  }
}
