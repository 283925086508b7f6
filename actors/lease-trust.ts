/**
 * How long a node trusts its lease: from before the last renewal that succeeded was sent, on its own monotonic clock. The
 * simulation in test/simulation/ uses the same rules.
 */
import type { LeaseTimes } from "../contracts/lease-times.ts";

export class LeaseTrust {
  readonly #fence: number;
  #until = 0;

  constructor({ fence }: Pick<LeaseTimes, "fence">) {
    this.#fence = fence;
  }

  /** A renewal that was sent at this time (ms on the monotonic clock) has succeeded. */
  renewed(sentAt: number): void {
    this.#until = sentAt + this.#fence;
  }

  /** ms until everything must end; 0 when that time has come. */
  remaining(now: number): number {
    return Math.max(0, this.#until - now);
  }
}
