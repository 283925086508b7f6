/**
 * Watches the cluster from any process: ends nodes that are dead, and updates the state of
 * sessions that no node runs.
 * All of it may run in many processes at the same time.
 */
import { Poller } from "../concurrency/poller.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import { deleteDeadNodes } from "../db/statements/sessions/nodes.ts";
import { hasHostEnded } from "./host-lock.ts";
import { endDead, endExpired, recordUnowned, type LeftNode } from "./membership.ts";

/** ms between two looks. */
const INTERVAL = 500;
/** ms for which the row of a dead node is kept, for those who ask what happened. */
const KEEP_DEAD = 86_400_000;
/** ms between two clean-ups. */
const CLEAN_UP = 60_000;

export interface ClusterWatchOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** ms between two renewals of a lease. */
  readonly renew: number;
  readonly log: ActorLog;
  /** Nodes have left, and their sessions are free. */
  readonly onLeft: (nodes: readonly LeftNode[]) => void;
}

export class ClusterWatch {
  readonly #options: ClusterWatchOptions;
  readonly #poller: Poller;
  #cleanedUpAt = Number.NEGATIVE_INFINITY;

  constructor(options: ClusterWatchOptions) {
    this.#options = options;
    const logger = {
      error: (message: string, details: Record<string, unknown>) => options.log("warn", message, details),
    };
    this.#poller = new Poller({ name: "cluster watch", interval: INTERVAL, logger, work: () => this.#look() });
  }

  start(): void {
    this.#poller.start();
  }

  stop(): Promise<void> {
    return this.#poller.stop();
  }

  /** One look; true when more is to be done at once. */
  async #look(): Promise<boolean> {
    const { database, dataDir, renew, log, onLeft } = this.#options;
    const expired = await endExpired(database);
    const dead = await endDead(database, renew * 1.2, (hostId) => hasHostEnded(dataDir, hostId));
    const left = [...expired, ...dead];
    for (const node of left) log("warn", "a session node has died", { ...node });
    if (left.length > 0) onLeft(left);
    const more = await recordUnowned(database);
    if (performance.now() - this.#cleanedUpAt > CLEAN_UP) {
      this.#cleanedUpAt = performance.now();
      await deleteDeadNodes(database, KEEP_DEAD);
    }
    return more;
  }
}
