/** Asks the database for a sign of life every few seconds, so that probes cost nothing and a slow database cannot pile them up. */
import type { Logger } from "moleculer";
import type { Database } from "../../db/database.ts";
import { Poller } from "../../concurrency/poller.ts";

const INTERVAL = 2_000;
/** Without a sign for this long (ms) it counts as away. */
const AWAY_AFTER = 5_000;

export class DatabasePulse {
  readonly #poller: Poller;
  #lastSign = 0;
  #latency = 0;

  constructor(database: Database, logger: Pick<Logger, "error">) {
    this.#poller = new Poller({
      name: "database pulse",
      interval: INTERVAL,
      logger,
      work: async () => {
        const asked = performance.now();
        await database.all("SELECT 1 AS one");
        this.#latency = performance.now() - asked;
        this.#lastSign = Date.now();
        return false;
      },
    });
  }

  start(): void {
    this.#poller.start();
  }

  stop(): Promise<void> {
    return this.#poller.stop();
  }

  /** ms that the last answer took. */
  get latency(): number {
    return this.#latency;
  }

  get lastSign(): number {
    return this.#lastSign;
  }

  get isGood(): boolean {
    return Date.now() - this.#lastSign < AWAY_AFTER;
  }
}
