/** How much media each tenant has stored, looked up now and then: what clients send is held to the plan; what strangers send is kept all the same. */
import { Problem } from "../../contracts/errors.ts";
import type { Sql } from "../../db/database.ts";
import { sumMedia } from "../../db/statements/messages/media.ts";

const MEGABYTE = 1_048_576;
/** ms for which a sum is believed; what was stored meanwhile is added to it. */
const FRESH = 30_000;
const TENANTS_REMEMBERED = 10_000;

export class StorageRoom {
  readonly #sums = new Map<string, { bytes: number; at: number }>();

  /** Makes sure that `more` bytes fit, or throws the problem `quota_exceeded`. */
  async require(sql: Sql, tenantId: string, limitMb: number | null, more: number): Promise<void> {
    if (limitMb === null) return;
    const known = this.#sums.get(tenantId);
    const sum =
      known !== undefined && Date.now() - known.at < FRESH
        ? known
        : { bytes: await sumMedia(sql, tenantId), at: Date.now() };
    if (sum.bytes + more > limitMb * MEGABYTE) {
      const used = Math.round(sum.bytes / MEGABYTE);
      throw new Problem("quota_exceeded", `the plan allows ${limitMb} MB of media`, {
        facts: { quota: "storageMb", limit: limitMb, used },
      });
    }
    sum.bytes += more;
    this.#sums.delete(tenantId);
    this.#sums.set(tenantId, sum);
    if (this.#sums.size > TENANTS_REMEMBERED) this.#sums.delete(this.#sums.keys().next().value!);
  }
}
