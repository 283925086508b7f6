/**
 * The arithmetic of a limit. A sliding window holds the limit itself: what was used in the minute before counts by the part of
 * it that the last 60 s still cover. A token bucket holds bursts: it fills evenly, and each request takes one token.
 */

/** ms of the window. */
export const WINDOW = 60_000;
/** Seconds' worth of the limit that the bucket holds, and its least size. */
const BURST_SECONDS = 10;
const LEAST_BURST = 20;

export interface Limit {
  /** Requests in any 60 s. */
  readonly perMinute: number;
  /** What the bucket holds; 0 for no bucket. */
  readonly burst: number;
}

/** What is known of one subject. */
export interface Usage {
  /** Which minute `current` counts. */
  minute: number;
  current: number;
  previous: number;
  tokens: number;
  /** ms of the clock when it was last counted. */
  at: number;
}

/** A limit that also holds bursts. */
export function withBurst(perMinute: number): Limit {
  return {
    perMinute,
    burst: Math.min(perMinute, Math.max(LEAST_BURST, Math.ceil((perMinute * BURST_SECONDS * 1_000) / WINDOW))),
  };
}

export function unused(limit: Limit, now: number): Usage {
  return { minute: Math.floor(now / WINDOW), current: 0, previous: 0, tokens: limit.burst, at: now };
}

/** Brings the usage to the present: minutes pass, the bucket fills. A clock that was set back does not count. */
export function advance(usage: Usage, limit: Limit, now: number): void {
  if (now <= usage.at) return;
  const minute = Math.floor(now / WINDOW);
  if (minute !== usage.minute) {
    usage.previous = minute === usage.minute + 1 ? usage.current : 0;
    usage.current = 0;
    usage.minute = minute;
  }
  usage.tokens = Math.min(limit.burst, usage.tokens + ((now - usage.at) * limit.perMinute) / WINDOW);
  usage.at = now;
}

/** Requests of the last 60 s, as far as two counts tell. */
function usedOf({ minute, current, previous, at }: Usage): number {
  return previous * (1 - (at - minute * WINDOW) / WINDOW) + current;
}

/** Counts a request, if both allow it; one that is refused takes nothing from either. */
export function take(usage: Usage, limit: Limit): boolean {
  if (usedOf(usage) + 1 > limit.perMinute || (limit.burst > 0 && usage.tokens < 1)) return false;
  usage.current += 1;
  usage.tokens -= 1;
  return true;
}

/** ms until the window lets one more request in. */
function windowWait({ minute, current, previous, at }: Usage, { perMinute }: Limit): number {
  // Nothing is ever let in; a minute is when to look whether that is still so.
  if (perMinute === 0) return WINDOW;
  const elapsed = at - minute * WINDOW;
  const room = perMinute - 1 - current;
  if (previous * (1 - elapsed / WINDOW) <= room) return 0;
  // What fades is the minute before; when the present one is full by itself, it has to become that first.
  if (room >= 0) return WINDOW * (1 - room / previous) - elapsed;
  return WINDOW - elapsed + WINDOW * (1 - (perMinute - 1) / current);
}

/** What is left of a limit, in requests, and when it is more, in seconds. */
export interface Standing {
  readonly remaining: number;
  readonly reset: number;
  /** ms until one more request is let in. */
  readonly wait: number;
}

export function windowStanding(usage: Usage, limit: Limit): Standing {
  const wait = windowWait(usage, limit);
  const rest = (usage.minute + 1) * WINDOW - usage.at;
  return {
    remaining: Math.max(0, Math.floor(limit.perMinute - usedOf(usage))),
    reset: toSeconds(wait > 0 ? wait : rest),
    wait,
  };
}

export function burstStanding({ tokens }: Usage, { burst, perMinute }: Limit): Standing {
  const msPerToken = WINDOW / perMinute;
  const wait = tokens >= 1 ? 0 : (1 - tokens) * msPerToken;
  return {
    remaining: Math.max(0, Math.floor(tokens)),
    reset: toSeconds(wait > 0 ? wait : (burst - tokens) * msPerToken),
    wait,
  };
}

/** Whole seconds, never too few. */
export function toSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
