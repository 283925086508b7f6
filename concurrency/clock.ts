/**
 * The system's one clock, for everything that is stored or compared with what is stored: on a cluster it is the database
 * server's, whatever the clocks of the nodes say, and without one this machine's.
 */
import { performance } from "node:perf_hooks";

/** ms by which a correction may turn the clock back; a smaller one makes it wait. */
const STEP = 5_000;

/** Unix ms at the zero of this process's monotonic clock; undefined while no server is followed. */
let zero: number | undefined;
let last = 0;

/** Unix ms. Does not run backwards, except for large corrections of the server's own clock. */
export function systemNow(): number {
  if (zero === undefined) return Date.now();
  const time = Math.round(zero + performance.now());
  last = time < last && last - time < STEP ? last : time;
  return last;
}

/** Follows a server that showed this time (Unix ms) at a moment of this process's monotonic clock. */
export function followClock(serverTime: number, at: number): void {
  zero = serverTime - at;
}
