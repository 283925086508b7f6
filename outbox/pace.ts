/** Pacing: how long a session waits between two sends, and the timers of the sessions that wait. */

/** ms between two sends: `gap`, and a random addition of at most `jitter`. */
export interface Pace {
  readonly gap: number;
  readonly jitter: number;
}

/** ms to wait after a send; 0 without pacing. */
export function nextGap({ gap, jitter }: Pace): number {
  return gap + Math.round(Math.random() * jitter);
}

/** `pace`: the gap between two sends; `lookup`: the time until a message of unknown outcome is looked up again. */
export type PauseReason = "pace" | "lookup";

/** The sessions that wait before they send or look up again, each with one timer. */
export class Pauses {
  readonly #pauses = new Map<string, { readonly reason: PauseReason; readonly timer: NodeJS.Timeout }>();

  /** Pauses the session for `ms`, in place of an earlier pause; then calls `ended`. */
  start(sessionId: string, reason: PauseReason, ms: number, ended: () => void): void {
    this.cancel(sessionId);
    const timer = setTimeout(() => {
      this.#pauses.delete(sessionId);
      ended();
    }, ms);
    this.#pauses.set(sessionId, { reason, timer });
  }

  has(sessionId: string): boolean {
    return this.#pauses.has(sessionId);
  }

  cancel(sessionId: string): void {
    clearTimeout(this.#pauses.get(sessionId)?.timer);
    this.#pauses.delete(sessionId);
  }

  cancelAll(): void {
    for (const sessionId of this.#pauses.keys()) this.cancel(sessionId);
  }

  /** How many sessions are paused, by reason. */
  counts(): Record<PauseReason, number> {
    const counts = { pace: 0, lookup: 0 };
    for (const { reason } of this.#pauses.values()) counts[reason] += 1;
    return counts;
  }
}
