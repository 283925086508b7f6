/**
 * A node that runs sessions: it takes those that want to run and that nobody runs, gives each an actor, writes what they
 * report, sends what is queued for them, and lets them go again. What ought to be is in the database; this makes it so.
 */
import { join } from "node:path";
import { selectSessionsWithQueued } from "../db/statements/messages/due-messages.ts";
import { findMedia } from "../db/statements/messages/media.ts";
import {
  claimSessions,
  countOwnPlacements,
  readOwnPlacements,
  selectPlacementsToStop,
  reclaimSession,
  stopNonAutoStarting,
  type ClaimedPlacement,
} from "../db/statements/sessions/placements.ts";
import type { DriverUsage, NodeStatus } from "../contracts/node-status.ts";
import type { SessionReason } from "../contracts/states.ts";
import { toStoredMedia } from "../media/media-store.ts";
import { ActorPool } from "./actor-pool.ts";
import { measureDrivers } from "./driver-factory.ts";
import { takeHostLock, type HostLock } from "./host-lock.ts";
import { LaneRunner } from "../outbox/send-queue.ts";
import { Lease } from "./lease.ts";
import type { ActorCall, ActorEvent } from "./protocol.ts";
import { LeaseLost, Recorder } from "./recording/recorder.ts";
import { RunningSession, type CurrentQr } from "./running-session.ts";
import { SessionEndings } from "./session-endings.ts";
import type { SessionNodeOptions } from "./session-parts.ts";
import { SessionStarts } from "./session-starts.ts";
import { UnknownShapeLog } from "./unknown-shapes.ts";

const CLAIMS_PER_STEP = 200;

export class SessionNode {
  readonly #options: SessionNodeOptions;
  readonly #sessions = new Map<string, RunningSession>();
  readonly #lock: HostLock;
  readonly #lease: Lease;
  readonly #recorder: Recorder;
  readonly #pool: ActorPool;
  readonly #runner: LaneRunner;
  readonly #starts: SessionStarts;
  readonly #endings: SessionEndings;
  readonly #unknownShapes: UnknownShapeLog;
  #stopping = false;

  constructor(options: SessionNodeOptions) {
    const { database, dataDir, log, announce } = options;
    this.#options = options;
    this.#unknownShapes = new UnknownShapeLog(log, options.tell);
    this.#lock = takeHostLock(dataDir, options.placeName);
    this.#lease = new Lease({
      database,
      nodeId: options.nodeId,
      hostId: this.#lock.hostId,
      log,
      tell: options.tell,
      onLost: options.onFenced,
    });
    const { incarnation } = this.#lease;
    this.#recorder = new Recorder({
      database,
      incarnation,
      dataDir,
      log,
      announce,
      isWanted: () => this.#lease.holds && !this.#stopping,
      tell: options.tell,
    });
    this.#pool = new ActorPool(
      {
        log,
        onActorEvent: (sessionId, epoch, fact) => this.#onActorEvent(sessionId, epoch, fact),
        onLost: (sessionIds) => this.#onLost(sessionIds),
      },
      options,
    );
    this.#runner = new LaneRunner({
      commit: (round) => this.#recorder.commit(round),
      incarnation,
      log,
      tell: options.tell,
      call: (sessionId, call) => this.#pool.call(sessionId, call),
      record: (source, fact) => this.#recorder.record(source, fact),
      findMedia: async (tenantId, mediaId) => {
        const row = await findMedia(database, tenantId, mediaId);
        return row === undefined ? undefined : toStoredMedia(dataDir, row);
      },
    });
    const parts = {
      ...options,
      incarnation,
      pool: this.#pool,
      recorder: this.#recorder,
      profileDir: (sessionId: string) => join(dataDir, "profiles", sessionId),
    };
    this.#starts = new SessionStarts(parts);
    this.#endings = new SessionEndings({
      ...parts,
      runner: this.#runner,
      starts: this.#starts,
      forget: (session) => this.#forget(session),
    });
  }

  /** Takes the lease. */
  async start(): Promise<void> {
    await this.#lease.start();
    await stopNonAutoStarting(this.#options.database);
  }

  /** One round of making things as they ought to be; true when there was more than one round takes. */
  async step(): Promise<boolean> {
    if (this.#stopping || !this.#lease.holds) return false;
    const { database, nodeId, maxSessions } = this.#options;
    const { incarnation } = this.#lease;
    for (const { session_id, desired } of await selectPlacementsToStop(database, incarnation)) {
      const session = this.#sessions.get(session_id);
      if (session !== undefined) this.#endings.end(session, desired);
    }
    const limit = Math.min(CLAIMS_PER_STEP, maxSessions - this.#sessions.size);
    const claimed = limit > 0 ? await claimSessions(database, { incarnation, nodeId, limit }) : [];
    for (const placement of claimed) {
      if (placement.desired === "running") this.#options.tell({ type: "taken", again: placement.starts > 1 });
      this.#take(placement);
    }
    await this.#adoptOrphanedPlacements();
    await this.#feedLanes();
    return claimed.length === limit && limit > 0;
  }

  /** Something was queued for these sessions. */
  nudge(sessionIds: readonly string[]): void {
    this.#runner.nudge(sessionIds);
  }

  /** True when the session runs here under this epoch. */
  runs(sessionId: string, epoch: number): boolean {
    return this.#lease.holds && this.#sessions.get(sessionId)?.epoch === epoch;
  }

  /** Asks a session's actor; fails with a DriverError. */
  call(sessionId: string, call: ActorCall): Promise<unknown> {
    return this.#pool.call(sessionId, call);
  }

  /** The QR code to scan, waiting for one up to `ms`; or the state that explains why there is none. */
  async qr(
    sessionId: string,
    ms: number,
  ): Promise<{ qr: CurrentQr } | { state: RunningSession["state"]; reason: SessionReason }> {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return { state: "stopped", reason: "requested" };
    const seen = await session.watch(() => {
      if (session.qr !== undefined && session.qr.expiresAt > Date.now()) return session.qr;
      return session.state === "connected" || session.state === "failed" || session.ending ? null : undefined;
    }, ms);
    return seen === undefined || seen === null ? { state: session.state, reason: session.reason } : { qr: seen };
  }

  /** How many sessions run here, by state. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { state } of this.#sessions.values()) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }

  /** What the drivers of its sessions cost; null where that cannot be measured. */
  driverUsage(): Promise<DriverUsage | null> {
    return measureDrivers(join(this.#options.dataDir, "profiles"));
  }

  /** What it says of itself. */
  async facts(): Promise<NodeStatus> {
    return {
      sessions: this.counts(),
      threadHeaps: await this.#pool.heaps(),
      leaseRemaining: this.#lease.remaining,
      lanePauses: this.#runner.pauses(),
    };
  }

  /** Lets every session go, with its pairing kept, and gives the lease back. Bounded in time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#lease.drain();
    await this.#runner.stop(3_000);
    await this.#endings.releaseAll([...this.#sessions.values()]);
    await this.#pool.close();
    await this.#recorder.drain();
    await this.#lease.stop();
    this.#lock.release();
  }

  #take(placement: ClaimedPlacement): void {
    const session = new RunningSession(placement, this.#options.tell);
    this.#sessions.set(session.sessionId, session);
    if (placement.desired === "deleted" || placement.desired === "stopped")
      return this.#endings.end(session, placement.desired);
    void this.#starts.start(session).then((started) => {
      if (!started) this.#forget(session);
      else if (placement.desired === "logout") this.#endings.end(session, "logout");
    });
  }

  /**
   * Takes up anew what is placed here and does not run here: a claim whose answer was lost, or a start that failed when the
   * database was away and could not even be taken back. Nobody else may take these, because this process is alive.
   */
  async #adoptOrphanedPlacements(): Promise<void> {
    const { database } = this.#options;
    const { incarnation } = this.#lease;
    if ((await countOwnPlacements(database, incarnation)) <= this.#sessions.size) return;
    for (const placement of await readOwnPlacements(database, incarnation)) {
      const { session_id: sessionId, epoch: known } = placement;
      // What still ends here is let go, or left for the next look.
      if (this.#sessions.has(sessionId) || this.#pool.holds(sessionId)) continue;
      const epoch = await reclaimSession(database, { sessionId, epoch: known, incarnation });
      if (epoch !== null) this.#take({ ...placement, epoch });
    }
  }

  #forget(session: RunningSession): void {
    session.leaveGate?.();
    this.#runner.close(session.sessionId);
    if (this.#sessions.get(session.sessionId) === session) this.#sessions.delete(session.sessionId);
  }

  /** Hints can be lost: what is queued for connected sessions is looked for besides. */
  async #feedLanes(): Promise<void> {
    const hungry = await selectSessionsWithQueued(this.#options.database, this.#lease.incarnation);
    for (const sessionId of hungry) {
      const session = this.#sessions.get(sessionId);
      if (session?.state === "connected" && !session.ending && !this.#runner.isOpen(sessionId))
        this.#runner.open(session.lane());
    }
    this.#runner.nudge(hungry);
  }

  async #onActorEvent(sessionId: string, epoch: number, fact: ActorEvent): Promise<void> {
    if (fact.type === "unknown_shape") return this.#unknownShapes.record(sessionId, fact);
    const session = this.#sessions.get(sessionId);
    if (session === undefined || session.epoch !== epoch) {
      this.#options.tell({ type: "refused", report: fact.type });
      throw new LeaseLost("the session does not run here any more");
    }
    try {
      await this.#recorder.record({ sessionId: session.sessionId, tenantId: session.tenantId, epoch }, fact);
    } catch (error) {
      if (error instanceof LeaseLost) {
        this.#options.tell({ type: "refused", report: fact.type });
        this.#endings.abandon(session);
      }
      throw error;
    }
    session.learn(fact);
    if (fact.type !== "state") return;
    if (fact.state === "connected") this.#runner.open(session.lane());
    else if (fact.state !== "degraded") this.#runner.close(sessionId);
    if (fact.state === "logged_out" && !session.ending) this.#endings.afterLogout(session);
  }

  #onLost(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) {
      const session = this.#sessions.get(sessionId);
      if (session === undefined) continue;
      this.#runner.close(sessionId);
      this.#starts.restartAfterThreadDeath(session).then(
        (restarted) => {
          if (!restarted) this.#forget(session);
        },
        (error: unknown) => {
          this.#options.log("error", "session not restarted after its thread's death", {
            sessionId,
            error: String(error),
          });
          this.#forget(session);
        },
      );
    }
  }
}
