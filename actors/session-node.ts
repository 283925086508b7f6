/**
 * A node that runs sessions. It claims sessions that should run and have no owner, gives each a lifecycle with an
 * actor, records what the actors report, sends their queued messages, and releases them. The desired state of every
 * session is in the database; the node compares and acts.
 */
import { join } from "node:path";
import { wait } from "../concurrency/wait.ts";
import type { DriverUsage, NodeStatus } from "../contracts/node-status.ts";
import type { SessionState } from "../contracts/states.ts";
import { findMedia } from "../db/statements/messages/media.ts";
import { selectSessionsWithQueued } from "../db/statements/messages/due-messages.ts";
import {
  selectPlacementChanges,
  type ClaimedPlacement,
  type Desired,
  type PlacementChange,
} from "../db/statements/sessions/placements.ts";
import { toStoredMedia } from "../media/media-store.ts";
import { SendQueues } from "../outbox/send-queue.ts";
import { ActorPool } from "./actor-pool.ts";
import { claim } from "./claims.ts";
import { createDriverLoader, findLackOfRoom, measureDrivers } from "./driver-factory.ts";
import { DrainProgress } from "./drain-progress.ts";
import { chooseHandOvers } from "./hand-over.ts";
import { takeHostLock, type HostLock } from "./host-lock.ts";
import { Lease } from "./lease.ts";
import type { Command, Phase } from "./lifecycle/phases.ts";
import { awaitQr, type QrOutcome } from "./lifecycle/current-qr.ts";
import { RunningSession } from "./lifecycle/running-session.ts";
import { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";
import { takeRestartSlot } from "./lifecycle/start-slot.ts";
import type { LifecycleTools } from "./lifecycle/tools.ts";
import { followFailovers } from "./failover.ts";
import { countStates, loadOf } from "./node-load.ts";
import type { SessionNodeOptions } from "./node-options.ts";
import { killNode, stopNode, type NodeParts } from "./node-stop.ts";
import { reclaimOrphans } from "./orphans.ts";
import type { ActorCall, ActorEvent } from "./protocol.ts";
import { LeaseLost, Recorder } from "./recording/recorder.ts";
import { UnknownShapeLog } from "./unknown-shapes.ts";

/**
 * The command that brings a placed session to its desired state. `running`, for a session that runs, means that a
 * restart was requested.
 */
const COMMANDS: Readonly<Record<Desired, Command>> = {
  running: "restart",
  stopped: "stop",
  logout: "logout",
  deleted: "delete",
};

export class SessionNode {
  readonly #options: SessionNodeOptions;
  readonly #sessions = new Map<string, SessionLifecycle>();
  readonly #lock: HostLock;
  readonly #lease: Lease;
  readonly #recorder: Recorder;
  readonly #pool: ActorPool;
  readonly #sendQueues: SendQueues;
  readonly #tools: LifecycleTools;
  readonly #unknownShapes: UnknownShapeLog;
  readonly #drain: DrainProgress;
  #stopping = false;
  #unwatch: () => void = () => undefined;

  constructor(options: SessionNodeOptions) {
    const { database, dataDir, log, announce, onEvent, facts } = options;
    this.#options = options;
    this.#unknownShapes = new UnknownShapeLog(log, onEvent);
    this.#drain = new DrainProgress(options);
    this.#lock = takeHostLock(dataDir, options.directoryName);
    this.#lease = new Lease({
      database,
      facts,
      hostId: this.#lock.hostId,
      times: options.lease,
      log,
      onEvent,
      load: () => loadOf(this.#sessions.values()),
      onRenewed: (trustedFor) => this.#pool.renewed(trustedFor),
      onLost: options.onFenced,
    });
    const { incarnation } = this.#lease;
    const mayRetry = () => this.#lease.holds && !this.#stopping;
    this.#recorder = new Recorder({ database, incarnation, dataDir, log, announce, mayRetry, onEvent });
    this.#pool = new ActorPool(
      {
        log,
        onActorEvent: (sessionId, epoch, event) => this.#onActorEvent(sessionId, epoch, event),
        onRestart: (sessionId) => takeRestartSlot(this.#sessions.get(sessionId)?.session, this.#tools),
        onLost: (sessionIds) => sessionIds.forEach((id) => this.#sessions.get(id)?.request("recover")),
      },
      options,
    );
    this.#sendQueues = new SendQueues({
      sessions: this.#pool,
      commit: (round) => this.#recorder.commit(round),
      onAttempt: (attempt) => onEvent({ type: "attempt", ...attempt }),
      onRestored: (count) => onEvent({ type: "restored", count }),
      incarnation,
      log,
      findMedia: async (tenantId, mediaId) => {
        const row = await findMedia(database, tenantId, mediaId);
        return row === undefined ? undefined : toStoredMedia(dataDir, row);
      },
    });
    this.#tools = {
      database,
      incarnation,
      pool: this.#pool,
      recorder: this.#recorder,
      loadDriver: createDriverLoader(),
      driverSettings: options.driverSettings,
      nodeId: facts.nodeId,
      profileDir: (sessionId) => join(dataDir, "profiles", sessionId),
      findSandbox: options.findSandbox,
      openProxy: options.openProxy,
      snapshotKey: options.snapshotKey,
      lackOfRoom: (driver) =>
        findLackOfRoom(driver, { budget: facts.capacity, profilesDir: join(dataDir, "profiles") }),
      wait,
      announce,
      log,
      onEvent,
    };
  }

  /** Takes the lease. */
  async start(): Promise<void> {
    await this.#lease.start();
    this.#unwatch = followFailovers({ ...this.#parts, ...this.#options, incarnation: this.#lease.incarnation });
  }

  /**
   * Compares the desired states with the sessions on this node, and acts; true when more sessions wait to be claimed.
   */
  async step(): Promise<boolean> {
    if (this.#stopping || !this.#lease.holds) return false;
    const { database, facts, onEvent } = this.#options;
    const { incarnation } = this.#lease;
    const changes = await selectPlacementChanges(database, incarnation);
    for (const { session_id, desired, move_to } of changes)
      if (move_to === null || desired !== "running") this.#sessions.get(session_id)?.request(COMMANDS[desired]);
    this.#handOver(changes);
    await this.#drain.note(this.#lease.isDraining ? this.#sessions.size : null);
    const me = { ...facts, ...loadOf(this.#sessions.values()), incarnation, reportedLoad: this.#lease.reportedLoad };
    const claimed = this.#lease.isDraining ? [] : await claim(database, me);
    for (const placement of claimed) {
      if (placement.desired === "running") onEvent({ type: "claimed", isTakeover: placement.starts > 1 });
      this.#add(placement);
    }
    // An actor that is still ending here must be gone before there is another.
    const isHere = (sessionId: string) => this.#sessions.has(sessionId) || this.#pool.has(sessionId);
    for (const orphan of await reclaimOrphans(database, incarnation, this.#sessions.size, isHere)) this.#add(orphan);
    await this.#openSendQueues();
    // The others decide by what this node reports.
    if (claimed.length > 0) await this.#lease.renew();
    return claimed.length > 0;
  }

  #handOver(changes: readonly PlacementChange[]): void {
    const choices = chooseHandOvers({
      sessions: this.#sessions,
      changes,
      isDraining: this.#lease.isDraining,
      isSending: (sessionId) => this.#sendQueues.isSending(sessionId),
    });
    for (const { lifecycle, to, why } of choices) {
      lifecycle.session.handOver = { to, why };
      lifecycle.request("move");
      void lifecycle.idle().then(() => this.#options.onReleased());
    }
  }

  /** Learns at once what an operator has just requested. */
  async refresh(): Promise<void> {
    await this.#lease.renew();
  }

  /** Wakes the send queues of these sessions: messages were queued for them. */
  nudge(sessionIds: readonly string[]): void {
    this.#sendQueues.nudge(sessionIds);
  }

  /** True when the session runs here under this epoch. */
  runs(sessionId: string, epoch: number): boolean {
    return this.#lease.holds && this.#sessions.get(sessionId)?.session.epoch === epoch;
  }

  /** Calls a session's actor; rejects with a DriverError. */
  call(sessionId: string, call: ActorCall): Promise<unknown> {
    return this.#pool.call(sessionId, call);
  }

  /** Waits up to `ms` for a session's QR code; returns the code, or the state that explains why there is none. */
  qr(sessionId: string, ms: number): Promise<QrOutcome> {
    return awaitQr(this.#sessions.get(sessionId), ms);
  }

  /** The sessions that run here. */
  get sessions(): Iterable<SessionLifecycle> {
    return this.#sessions.values();
  }

  /** The resources that the drivers of its sessions use; null where they cannot be measured. */
  driverUsage(): Promise<DriverUsage | null> {
    return measureDrivers(join(this.#options.dataDir, "profiles"));
  }

  /** The node's status, for the health service and metrics. */
  async status(): Promise<NodeStatus> {
    return {
      sessions: countStates(this.sessions),
      threadHeaps: await this.#pool.heaps(),
      leaseRemaining: this.#lease.remaining,
      queuePauses: this.#sendQueues.pauses(),
    };
  }

  /** Releases every session, all of which stay linked, and ends the lease. Bounded in time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#unwatch();
    await stopNode(this.#parts);
    this.#lock.release();
  }

  /**
   * Ends everything that runs here, at once and without the database, after the lease was lost. Rejects when something
   * may still run: then the process must end.
   */
  async kill(): Promise<void> {
    this.#stopping = true;
    this.#unwatch();
    await killNode(this.#parts);
    this.#lock.release();
  }

  get #parts(): NodeParts {
    const { dataDir, log } = this.#options;
    return {
      sessions: this.#sessions,
      lease: this.#lease,
      sendQueues: this.#sendQueues,
      pool: this.#pool,
      recorder: this.#recorder,
      dataDir,
      log,
    };
  }

  #add(placement: ClaimedPlacement): void {
    const session = new RunningSession(placement, this.#options.onEvent);
    const lifecycle = new SessionLifecycle(session, this.#tools, {
      onPhase: (_session, phase, before) => this.#onPhase(lifecycle, phase, before),
      onState: (_session, state) => this.#onState(session, state),
    });
    this.#sessions.set(session.sessionId, lifecycle);
    const { desired } = placement;
    if (desired === "running" || desired === "logout") lifecycle.request("start");
    // A logout needs the session connected, so it is queued behind the start.
    if (desired !== "running") lifecycle.request(COMMANDS[desired]);
  }

  #onPhase(lifecycle: SessionLifecycle, phase: Phase, before: Phase): void {
    const { sessionId, epoch } = lifecycle.session;
    this.#options.log("debug", "session phase changed", { sessionId, epoch, phase, before });
    if (phase !== "running") this.#sendQueues.close(sessionId);
    if (phase === "gone" && this.#sessions.get(sessionId) === lifecycle) this.#sessions.delete(sessionId);
  }

  /** Hints can be lost, so the node also polls for queued messages. */
  async #openSendQueues(): Promise<void> {
    const sessionIds = await selectSessionsWithQueued(this.#options.database, this.#lease.incarnation);
    for (const sessionId of sessionIds) {
      const lifecycle = this.#sessions.get(sessionId);
      if (lifecycle?.phase !== "running" || lifecycle.session.state !== "connected") continue;
      if (!this.#sendQueues.isOpen(sessionId)) this.#sendQueues.open(lifecycle.session.sending());
    }
    this.#sendQueues.nudge(sessionIds);
  }

  async #onActorEvent(sessionId: string, epoch: number, event: ActorEvent): Promise<void> {
    if (event.type === "unknown_shape") return this.#unknownShapes.record(sessionId, event);
    const lifecycle = this.#sessions.get(sessionId);
    if (lifecycle === undefined) {
      this.#options.onEvent({ type: "refused", eventType: event.type });
      throw new LeaseLost("the session no longer runs here");
    }
    await lifecycle.report(epoch, event);
    const rejected = event.type === "call" ? lifecycle.session.rejectionOf(event) : null;
    if (rejected !== null) this.#options.onRejectedCall(rejected);
  }

  #onState(session: RunningSession, state: SessionState): void {
    if (state === "connected") this.#sendQueues.open(session.sending());
    else if (state !== "degraded") this.#sendQueues.close(session.sessionId);
  }
}
