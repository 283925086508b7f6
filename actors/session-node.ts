/**
 * A node that runs sessions. It claims sessions that should run and have no owner, gives each a lifecycle with an
 * actor, records what the actors report, sends their queued messages, and releases them. The desired state of every
 * session is in the database; the node compares and acts.
 */
import { join } from "node:path";
import { within } from "../concurrency/deadline.ts";
import { Semaphore } from "../concurrency/semaphore.ts";
import { wait } from "../concurrency/wait.ts";
import type { DriverUsage, NodeStatus } from "../contracts/node-status.ts";
import type { SessionReason, SessionState } from "../contracts/states.ts";
import type { SendReceipt } from "../contracts/transport.ts";
import { findMedia } from "../db/statements/messages/media.ts";
import { selectSessionsWithQueued } from "../db/statements/messages/due-messages.ts";
import {
  claimSessions,
  countOwnPlacements,
  readOwnPlacements,
  reclaimSession,
  selectPlacementsToStop,
  stopNonAutoStarting,
  type ClaimedPlacement,
  type Desired,
} from "../db/statements/sessions/placements.ts";
import type { DriverModule, DriverName } from "../drivers/driver.ts";
import { toStoredMedia } from "../media/media-store.ts";
import { SendQueues } from "../outbox/send-queue.ts";
import { ActorPool } from "./actor-pool.ts";
import { loadDriver, measureDrivers } from "./driver-factory.ts";
import { takeHostLock, type HostLock } from "./host-lock.ts";
import { Lease } from "./lease.ts";
import type { Command, Phase } from "./lifecycle/phases.ts";
import { RunningSession, type CurrentQr } from "./lifecycle/running-session.ts";
import { SessionLifecycle } from "./lifecycle/session-lifecycle.ts";
import type { LifecycleTools, StartableDriver } from "./lifecycle/tools.ts";
import type { SessionNodeOptions } from "./node-options.ts";
import type { ActorCall, ActorEvent } from "./protocol.ts";
import { LeaseLost, Recorder } from "./recording/recorder.ts";
import { UnknownShapeLog } from "./unknown-shapes.ts";

const CLAIMS_PER_STEP = 200;
/** ms within which all sessions must close when the node stops; those that do not end with the process. */
const STOP_TIME = 6_000;

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
  #stopping = false;

  constructor(options: SessionNodeOptions) {
    const { database, dataDir, log, announce, onEvent } = options;
    this.#options = options;
    this.#unknownShapes = new UnknownShapeLog(log, onEvent);
    this.#lock = takeHostLock(dataDir, options.directoryName);
    const { hostId } = this.#lock;
    this.#lease = new Lease({ database, nodeId: options.nodeId, hostId, log, onEvent, onLost: options.onFenced });
    const { incarnation } = this.#lease;
    const mayRetry = () => this.#lease.holds && !this.#stopping;
    this.#recorder = new Recorder({ database, incarnation, dataDir, log, announce, mayRetry, onEvent });
    this.#pool = new ActorPool(
      {
        log,
        onActorEvent: (sessionId, epoch, event) => this.#onActorEvent(sessionId, epoch, event),
        onLost: (sessionIds) => this.#onThreadDeath(sessionIds),
      },
      options,
    );
    this.#sendQueues = new SendQueues({
      sessions: {
        send: (sessionId, message) => this.#pool.call(sessionId, { kind: "send", message }) as Promise<SendReceipt>,
        find: (sessionId, message) =>
          this.#pool.call(sessionId, { kind: "find", message }) as Promise<SendReceipt | null>,
      },
      commit: (round) => this.#recorder.commit(round),
      onAttempt: (attempt) => onEvent({ type: "attempt", ...attempt }),
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
      profileDir: (sessionId) => join(dataDir, "profiles", sessionId),
      findSandbox: options.findSandbox,
      wait,
      announce,
      log,
      onEvent,
    };
  }

  /** Takes the lease, and stops the sessions of dead nodes that must not start automatically. */
  async start(): Promise<void> {
    await this.#lease.start();
    await stopNonAutoStarting(this.#options.database);
  }

  /**
   * Compares the desired states with the sessions on this node, and acts; true when more sessions wait to be claimed.
   */
  async step(): Promise<boolean> {
    if (this.#stopping || !this.#lease.holds) return false;
    const { database, nodeId, maxSessions, onEvent } = this.#options;
    const { incarnation } = this.#lease;
    for (const { session_id, desired } of await selectPlacementsToStop(database, incarnation))
      this.#sessions.get(session_id)?.request(COMMANDS[desired]);
    const limit = Math.min(CLAIMS_PER_STEP, maxSessions - this.#sessions.size);
    const claimed = limit > 0 ? await claimSessions(database, { incarnation, nodeId, limit }) : [];
    for (const placement of claimed) {
      if (placement.desired === "running") onEvent({ type: "claimed", isTakeover: placement.starts > 1 });
      this.#add(placement);
    }
    await this.#adoptOrphanedPlacements();
    await this.#openSendQueues();
    return claimed.length === limit && limit > 0;
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

  /** Waits up to `ms` for a QR code; returns the code, or the state that explains why there is none. */
  async qr(
    sessionId: string,
    ms: number,
  ): Promise<{ qr: CurrentQr } | { state: RunningSession["state"]; reason: SessionReason }> {
    const lifecycle = this.#sessions.get(sessionId);
    if (lifecycle === undefined) return { state: "stopped", reason: "requested" };
    const { session } = lifecycle;
    const qr = await session.watch(() => {
      if (session.qr !== undefined && session.qr.expiresAt > Date.now()) return session.qr;
      return session.state === "connected" || session.state === "failed" || lifecycle.isEnding ? null : undefined;
    }, ms);
    return qr === undefined || qr === null ? { state: session.state, reason: session.reason } : { qr };
  }

  /** How many sessions run here, by state. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { session } of this.#sessions.values()) counts[session.state] = (counts[session.state] ?? 0) + 1;
    return counts;
  }

  /** The resources that the drivers of its sessions use; null where they cannot be measured. */
  driverUsage(): Promise<DriverUsage | null> {
    return measureDrivers(join(this.#options.dataDir, "profiles"));
  }

  /** The node's status, for the health service and metrics. */
  async status(): Promise<NodeStatus> {
    return {
      sessions: this.counts(),
      threadHeaps: await this.#pool.heaps(),
      leaseRemaining: this.#lease.remaining,
      queuePauses: this.#sendQueues.pauses(),
    };
  }

  /** Releases every session, all of which stay linked, and ends the lease. Bounded in time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#lease.drain();
    await this.#sendQueues.stop(3_000);
    await this.#releaseAll();
    await this.#pool.close();
    await this.#recorder.drain();
    await this.#lease.stop();
    this.#lock.release();
  }

  async #releaseAll(): Promise<void> {
    const lifecycles = [...this.#sessions.values()];
    for (const lifecycle of lifecycles) lifecycle.request("release");
    const all = Promise.all(lifecycles.map((lifecycle) => lifecycle.idle()));
    await within(all, STOP_TIME, () => new Error("some sessions did not close in time")).catch((error: unknown) =>
      this.#options.log("warn", "sessions not closed when the node stops", { error: String(error) }),
    );
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

  /**
   * Adopts sessions that are placed on this node but do not run here: after a claim whose answer was lost, or a failed
   * start that could not be undone because the database was down. No other node takes them while this one is alive.
   */
  async #adoptOrphanedPlacements(): Promise<void> {
    const { database } = this.#options;
    const { incarnation } = this.#lease;
    if ((await countOwnPlacements(database, incarnation)) <= this.#sessions.size) return;
    for (const placement of await readOwnPlacements(database, incarnation)) {
      const { session_id: sessionId, epoch: known } = placement;
      // An actor that is still ending here must be gone before there is another.
      if (this.#sessions.has(sessionId) || this.#pool.has(sessionId)) continue;
      const epoch = await reclaimSession(database, { sessionId, epoch: known, incarnation });
      if (epoch !== null) this.#add({ ...placement, epoch });
    }
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
  }

  #onState(session: RunningSession, state: SessionState): void {
    if (state === "connected") this.#sendQueues.open(session.sending());
    else if (state !== "degraded") this.#sendQueues.close(session.sessionId);
  }

  #onThreadDeath(sessionIds: readonly string[]): void {
    for (const sessionId of sessionIds) this.#sessions.get(sessionId)?.request("recover");
  }
}

/** Loads each driver once, with the permits that limit its parallel starts. */
function createDriverLoader(): LifecycleTools["loadDriver"] {
  const loading = new Map<DriverName, Promise<StartableDriver>>();
  return (name) => {
    const known = loading.get(name) ?? loadDriver(name).then((module) => toStartable(module));
    loading.set(name, known);
    return known;
  };
}

function toStartable(module: DriverModule): StartableDriver {
  return { preflight: (settings) => module.preflight(settings), startSlots: new Semaphore(module.maxParallelStarts) };
}
