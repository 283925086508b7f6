/**
 * The arithmetic of a limit. A sliding window enforces the limit per minute: the previous minute counts by the share of
 * it that lies within the last 60 s. A token bucket bounds bursts: it fills evenly, and each request takes one token.
 */

/** ms of the window. */
export const WINDOW = 60_000;
/** The bucket holds this many seconds' worth of the limit, at least LEAST_BURST requests. */
const BURST_SECONDS = 10;
const LEAST_BURST = 20;

export interface Limit {
  /** Requests in any 60 s. */
  readonly perMinute: number;
  /** Size of the bucket; 0 for none. */
  readonly burst: number;
}

/** The state of one key. */
export interface Usage {
  /** The minute that `current` counts. */
  minute: number;
  current: number;
  previous: number;
  tokens: number;
  /** Unix ms of the last update. */
  at: number;
}

/** A limit with a bound on bursts. */
export function withBurst(perMinute: number): Limit {
  return {
    perMinute,
    burst: Math.min(perMinute, Math.max(LEAST_BURST, Math.ceil((perMinute * BURST_SECONDS * 1_000) / WINDOW))),
  };
}

export function newUsage(limit: Limit, now: number): Usage {
  return { minute: Math.floor(now / WINDOW), current: 0, previous: 0, tokens: limit.burst, at: now };
}

/** Advances the usage to now: minutes roll over, the bucket fills. A clock that was set back changes nothing. */
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

/** Requests in the last 60 s, estimated from two minute counts. */
function usedOf({ minute, current, previous, at }: Usage): number {
  return previous * (1 - (at - minute * WINDOW) / WINDOW) + current;
}

/** Counts a request if window and bucket allow it; a refused one takes nothing from either. */
export function take(usage: Usage, limit: Limit): boolean {
  if (usedOf(usage) + 1 > limit.perMinute || (limit.burst > 0 && usage.tokens < 1)) return false;
  usage.current += 1;
  usage.tokens -= 1;
  return true;
}

/** ms until the window allows one more request. */
function windowWait({ minute, current, previous, at }: Usage, { perMinute }: Limit): number {
  // Nothing is ever allowed; the client may check again in a minute.
  if (perMinute === 0) return WINDOW;
  const elapsed = at - minute * WINDOW;
  const room = perMinute - 1 - current;
  if (previous * (1 - elapsed / WINDOW) <= room) return 0;
  // The previous minute fades out; if the current one alone is full, it has to become the previous one first.
  if (room >= 0) return WINDOW * (1 - room / previous) - elapsed;
  return WINDOW - elapsed + WINDOW * (1 - (perMinute - 1) / current);
}

/** The state of one policy of a limit. */
export interface LimitStatus {
  /** Requests left. */
  readonly remaining: number;
  /** Seconds until there are more. */
  readonly reset: number;
  /** ms until one more request is allowed. */
  readonly wait: number;
}

export function windowStatus(usage: Usage, limit: Limit): LimitStatus {
  const wait = windowWait(usage, limit);
  const rest = (usage.minute + 1) * WINDOW - usage.at;
  return {
    remaining: Math.max(0, Math.floor(limit.perMinute - usedOf(usage))),
    reset: toSeconds(wait > 0 ? wait : rest),
    wait,
  };
}

export function burstStatus({ tokens }: Usage, { burst, perMinute }: Limit): LimitStatus {
  const msPerToken = WINDOW / perMinute;
  const wait = tokens >= 1 ? 0 : (1 - tokens) * msPerToken;
  return {
    remaining: Math.max(0, Math.floor(tokens)),
    reset: toSeconds(wait > 0 ? wait : (burst - tokens) * msPerToken),
    wait,
  };
}

/** Rounded up to whole seconds, at least one. */
export function toSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
