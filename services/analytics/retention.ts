/** Deletes counts whose retention period has passed. */
import { systemNow } from "../../concurrency/clock.ts";
import { BUCKET_SIZES, BUCKETS, type BucketSize } from "../../contracts/analytics.ts";
import type { Database } from "../../db/database.ts";
import { removeOldRollups } from "../../db/statements/analytics/analytics-rollups.ts";

/** Rows deleted in one statement. */
const BATCH = 2_000;

/** Kept a little longer than promised, so that a report whose period starts at the limit finds all of its counts. */
function oldestKept(size: BucketSize, now: number): number {
  return now - BUCKETS[size].kept - (size === "minute" ? BUCKETS.hour.length : BUCKETS.day.length);
}

/** Deletes a batch of each size of bucket; true when more are left. */
export async function removeOldCounts(database: Database): Promise<boolean> {
  const now = systemNow();
  let hasMore = false;
  for (const size of BUCKET_SIZES) {
    const removed = await removeOldRollups(database, size, oldestKept(size, now), BATCH);
    hasMore ||= removed === BATCH;
  }
  return hasMore;
}
