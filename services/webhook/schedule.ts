/** The retry schedule of deliveries. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** ms between attempts: ten attempts within a little more than three days, as is common for webhooks. */
export const RETRY_DELAYS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

const JITTER = 0.1;
/** ms. */
const MAX_RETRY_AFTER = HOUR;

/** ms until the next attempt, after `attempts` of them; null after the last. The receiver may request up to an hour. */
export function delayAfter(delays: readonly number[], attempts: number, retryAfter: number | null): number | null {
  const delay = delays[attempts - 1];
  if (delay === undefined) return null;
  const jittered = delay * (1 - JITTER + 2 * JITTER * Math.random());
  return Math.round(Math.max(jittered, Math.min(retryAfter ?? 0, MAX_RETRY_AFTER)));
}

/** Reads a Retry-After header, seconds or a date, as ms from now. */
export function readRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
