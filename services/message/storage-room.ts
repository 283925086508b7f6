/**
 * Keeps the uploads of clients within the storage of their plan, by an estimate. Received media is always stored, and
 * counts as well.
 */
import { systemNow } from "../../concurrency/clock.ts";
import { Problem } from "../../contracts/errors.ts";
import type { Id } from "../../contracts/ids.ts";
import { crossedThreshold } from "../../contracts/plans.ts";
import type { Database } from "../../db/database.ts";
import { Estimates } from "../../db/estimates.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import { sumMedia } from "../../db/statements/messages/media.ts";

const MEGABYTE = 1_048_576;
/** ms until a sum is read again. */
const MAX_AGE = 30_000;

export class StorageRoom {
  readonly #sums = new Estimates(MAX_AGE);
  readonly #announce: () => void;

  /** @param announce called after an event was appended. */
  constructor(announce: () => void) {
    this.#announce = announce;
  }

  /**
   * Reserves room for `more` bytes. Throws the problem `quota_exceeded` when there is not enough. Appends
   * `quota.threshold` when this process sees the sum reach 80 or 100 % of the limit, also through media that other
   * processes stored; several processes may each report it.
   */
  async require(database: Database, tenantId: Id<"tenant">, limitMb: number | null, more: number): Promise<void> {
    if (limitMb === null) return;
    const limit = limitMb * MEGABYTE;
    const { accepted, used, before } = await this.#sums.reserve(tenantId, more, limit, () =>
      sumMedia(database, tenantId),
    );
    const after = accepted ? used + more : used;
    const percent = crossedThreshold(before, after, limit);
    if (percent !== null) {
      const data = { quota: "storageMb" as const, limit: limitMb, used: Math.round(after / MEGABYTE), percent };
      await database.transaction((sql) =>
        appendEvents(sql, [{ type: "quota.threshold", tenantId, sessionId: null, data }], systemNow()),
      );
      this.#announce();
    }
    if (!accepted)
      throw new Problem("quota_exceeded", `the plan allows ${limitMb} MB of media`, {
        facts: { quota: "storageMb", limit: limitMb, used: Math.round(used / MEGABYTE) },
      });
  }
}
