/**
 * Writes to the database every few seconds, so that health probes need no query of their own and cannot pile up. A
 * database that can only be read, because its disk is full or it is a standby, is of no use here.
 */
import type { Logger } from "moleculer";
import { noteProbe } from "../../db/statements/identity/installation.ts";
import type { Database } from "../../db/database.ts";
import { Poller } from "../../concurrency/poller.ts";

/** ms. */
const INTERVAL = 2_000;
/** ms without an answer after which the database counts as down. */
const DOWN_AFTER = 5_000;

export class DatabaseProbe {
  readonly #poller: Poller;
  #answeredAt = 0;
  #latency = 0;

  constructor(database: Database, logger: Pick<Logger, "error">) {
    this.#poller = new Poller({
      name: "database probe",
      interval: INTERVAL,
      logger,
      work: async () => {
        const begin = performance.now();
        await noteProbe(database, Date.now());
        this.#latency = performance.now() - begin;
        this.#answeredAt = Date.now();
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

  /** Unix ms of the last answer; 0 before the first. */
  get answeredAt(): number {
    return this.#answeredAt;
  }

  get isUp(): boolean {
    return Date.now() - this.#answeredAt < DOWN_AFTER;
  }
}
