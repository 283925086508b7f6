/** Reports how many sessions a draining node still has, until it has none. */
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import { reportDraining } from "./membership.ts";

/** ms between two reports. */
const INTERVAL = 1_000;

export interface DrainProgressOptions {
  readonly database: Database;
  readonly facts: { readonly nodeId: string };
  readonly log: ActorLog;
  /** Called after an event was committed. */
  readonly announce: () => void;
}

export class DrainProgress {
  readonly #options: DrainProgressOptions;
  #reported: number | null = null;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(options: DrainProgressOptions) {
    this.#options = options;
  }

  /** Called again and again, with the sessions that the node has; null while it does not drain. */
  async note(sessions: number | null): Promise<void> {
    const isNews = sessions !== this.#reported && sessions !== null;
    if (sessions === null) this.#reported = null;
    if (!isNews || performance.now() - this.#reportedAt < INTERVAL) return;
    const { database, facts, log, announce } = this.#options;
    this.#reportedAt = performance.now();
    try {
      await reportDraining(database, facts.nodeId, sessions);
      this.#reported = sessions;
      announce();
    } catch (error) {
      log("warn", "the progress of a drain was not recorded", { error: String(error) });
    }
  }
}
