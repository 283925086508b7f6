/** How long a session node's lease lasts, and when its process stops to trust it. All in ms. */
export interface LeaseTimes {
  /** How long the lease is valid after a renewal, by the database's clock. Then other nodes take the sessions. */
  readonly ttl: number;
  /** Between two renewals. */
  readonly renew: number;
  /** Deadline of one renewal, so that a dead connection does not use up the time of the next ones. */
  readonly answer: number;
  /** How long the process trusts a renewal. Then it ends its browsers. */
  readonly fence: number;
}

/** ms after the fence within which the page's own switch fires and a killed browser has ended. */
const END_OF_BROWSERS = 3_500;
/** The share of the lease that is used: clocks may run up to 15 % too fast or too slow. */
const DRIFT = 0.85;

/** The times that follow from three settings in ms; `mistakes` say what does not fit together. */
export function leaseTimesOf(ttl: number, renew: number, fence: number): { times: LeaseTimes; mistakes: string[] } {
  const mistakes: string[] = [];
  const latest = Math.floor(DRIFT * ttl - END_OF_BROWSERS);
  if (fence > latest)
    mistakes.push(
      `WPP_LEASE_FENCE is ${fence / 1_000} but must be at most ${Math.max(0, latest / 1_000)} with a WPP_LEASE_TTL of ` +
        `${ttl / 1_000}: a browser needs ${END_OF_BROWSERS / 1_000} s to end, and clocks may drift by 15 %`,
    );
  if (renew * 2 > fence)
    mistakes.push(
      `WPP_LEASE_RENEW is ${renew / 1_000} but must be at most half of WPP_LEASE_FENCE (${fence / 1_000}): ` +
        "a single lost renewal must not cost a node its sessions",
    );
  return { times: { ttl, renew, answer: Math.min(4_000, renew), fence }, mistakes };
}
