/**
 * Delays between retries: doubled after each failure up to a cap, and randomized, so that callers that failed together
 * do not retry together.
 */
export interface Backoff {
  /** ms before the first retry, before jitter. */
  readonly base: number;
  /** Upper bound in ms, before and after jitter. */
  readonly cap: number;
}

/** `base` doubled for each earlier failure, `cap` at most. */
function ceilingOf({ base, cap }: Backoff, failures: number): number {
  return Math.min(cap, base * 2 ** failures);
}

/**
 * ms between 0 and the ceiling. Spreads retries best: for many independent callers of one resource.
 * @param failures failures before this one: 0 for the first retry.
 */
export function fullJitter(backoff: Backoff, failures: number): number {
  return Math.round(Math.random() * ceilingOf(backoff, failures));
}

/**
 * ms between half the ceiling and the ceiling. Never immediate: for restarts and reconnects, which are costly.
 * @param failures failures before this one: 0 for the first retry.
 */
export function equalJitter(backoff: Backoff, failures: number): number {
  return Math.round(ceilingOf(backoff, failures) * (0.5 + Math.random() / 2));
}
