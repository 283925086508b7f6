/**
 * Watches the cluster from any process: ends nodes that are dead, updates the state of sessions that no node runs, and
 * settles a failover of the database. All of it may run in many processes at the same time.
 */
import { Poller } from "../concurrency/poller.ts";
import type { LeaseTimes } from "../contracts/lease-times.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import { deleteDeadNodes } from "../db/statements/sessions/nodes.ts";
import { settleFailover } from "./failover.ts";
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
  readonly lease: Pick<LeaseTimes, "renew" | "ttl">;
  readonly log: ActorLog;
  /** Nodes have left, and their sessions are free. */
  readonly onLeft: (nodes: readonly LeftNode[]) => void;
}

export class ClusterWatch {
  readonly #options: ClusterWatchOptions;
  readonly #poller: Poller;
  #unwatch: () => void = () => undefined;
  /** The database's server is the one that was seen last. */
  #isSettled = false;
  #cleanedUpAt = Number.NEGATIVE_INFINITY;

  constructor(options: ClusterWatchOptions) {
    this.#options = options;
    const logger = {
      error: (message: string, details: Record<string, unknown>) => options.log("warn", message, details),
    };
    this.#poller = new Poller({ name: "cluster watch", interval: INTERVAL, logger, work: () => this.#look() });
  }

  start(): void {
    this.#unwatch = this.#options.database.onFailover(() => (this.#isSettled = false));
    this.#poller.start();
  }

  stop(): Promise<void> {
    this.#unwatch();
    return this.#poller.stop();
  }

  async #settle(): Promise<void> {
    const { database, lease, log } = this.#options;
    if (await settleFailover(database, lease.ttl))
      log("warn", "the database's standby was promoted; epochs are raised", {});
    this.#isSettled = true;
  }

  /** One look; true when more is to be done at once. */
  async #look(): Promise<boolean> {
    const { database, dataDir, lease, log, onLeft } = this.#options;
    if (!this.#isSettled) await this.#settle();
    const expired = await endExpired(database);
    const dead = await endDead(database, lease.renew * 1.2, (hostId) => hasHostEnded(dataDir, hostId));
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
