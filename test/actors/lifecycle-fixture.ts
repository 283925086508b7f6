/**
 * One session's lifecycle on a real database and with a real actor. Every statement, driver call and delay is a step of
 * a scheduler. It checks at each driver start that the session has no other driver.
 */
import { InlineHost } from "../../actors/inline-host.ts";
import type { Command, Phase } from "../../actors/lifecycle/phases.ts";
import { RunningSession } from "../../actors/lifecycle/running-session.ts";
import { SessionLifecycle } from "../../actors/lifecycle/session-lifecycle.ts";
import type { LifecycleTools } from "../../actors/lifecycle/tools.ts";
import type { ActorCall, ActorEvent, SessionEvent } from "../../actors/protocol.ts";
import { Recorder } from "../../actors/recording/recorder.ts";
import { Semaphore } from "../../concurrency/semaphore.ts";
import type { Id } from "../../contracts/ids.ts";
import { DriverError } from "../../contracts/transport.ts";
import type { Database } from "../../db/database.ts";
import { claimSessions, selectPlacementChanges, setDesired } from "../../db/statements/sessions/placements.ts";
import type { Driver, DriverSink } from "../../drivers/driver.ts";
import { lightDriver } from "../../drivers/light/light-driver.ts";
import { addSession } from "../harness/session-rows.ts";
import type { StepScheduler } from "./step-scheduler.ts";

const ME = { chatId: "15550100000@c.us", phone: "+15550100000", lid: null, name: null };

export interface Placement {
  readonly desired: string;
  readonly epoch: number;
  readonly owner: string | null;
  readonly restart_token: number;
  readonly started_token: number;
  readonly state: string;
}

export class LifecycleFixture {
  readonly scheduler: StepScheduler;
  readonly lifecycle: SessionLifecycle;
  readonly phases: Phase[] = ["claimed"];
  /** Epochs whose driver runs. */
  readonly drivers = new Set<number>();
  /** Problems that must not occur in any order of events. */
  readonly faults: string[] = [];
  readonly startSlots = new Semaphore(1);
  readonly #database: Database;
  readonly #incarnation: string;
  #host: InlineHost;
  #sink: DriverSink = async () => {};
  /** Rejects the calls in flight when the thread dies. */
  #death = Promise.withResolvers<never>();

  private constructor(database: Database, incarnation: string, session: RunningSession, scheduler: StepScheduler) {
    this.#database = database;
    this.#incarnation = incarnation;
    this.scheduler = scheduler;
    this.#host = this.#createHost();
    this.lifecycle = new SessionLifecycle(session, this.#createTools(), {
      onPhase: (_session, phase) => void this.phases.push(phase),
      onState: () => {},
    });
  }

  /** A session that was just claimed by the node `incarnation`. */
  static async create(
    database: Database,
    tenantId: Id<"tenant">,
    incarnation: string,
    scheduler: StepScheduler,
  ): Promise<LifecycleFixture> {
    const id = await addSession(database, tenantId, scheduler.name, { driver: "browser" });
    const placement = (await claimSessions(database, { incarnation, nodeId: "node", limit: 100 })).find(
      (claimed) => claimed.session_id === id,
    );
    return new LifecycleFixture(database, incarnation, new RunningSession(placement!, () => {}), scheduler);
  }

  get #session(): RunningSession {
    return this.lifecycle.session;
  }

  /** Applies a command to the session, as its node, the network or another node would. */
  async apply(command: Command): Promise<void> {
    const { sessionId } = this.#session;
    switch (command) {
      case "restart":
        await setDesired(this.#database, sessionId, "running", true);
        break;
      case "stop":
        await setDesired(this.#database, sessionId, "stopped", false);
        break;
      case "logout":
        await setDesired(this.#database, sessionId, "logout", false);
        break;
      case "delete":
        await setDesired(this.#database, sessionId, "deleted", false);
        break;
      case "recover":
        return this.#killThread();
      case "clean_up":
        // The driver reports the logout; the actor, the recorder and the lifecycle do the rest.
        return void this.#sink({ type: "state", state: "logged_out", reason: null, evidence: {} }).catch(() => {});
      case "abandon":
        // Another node claims it; this one notices when a report of its actor is refused.
        await this.#database.run(
          `UPDATE placements SET epoch = epoch + 1, owner_incarnation = 'other', owner_node = 'other'
           WHERE session_id = $1`,
          [sessionId],
        );
    }
    this.lifecycle.request(command);
  }

  /** True when no command runs or waits, and a running session is connected. */
  get isIdle(): boolean {
    const { isIdle, phase, session } = this.lifecycle;
    return isIdle && (phase !== "running" || session.state === "connected");
  }

  /** Runs all pending work to its end. */
  async settle(): Promise<void> {
    await this.scheduler.run(() => this.isIdle);
  }

  /** Compares with the desired state as the node does every second, until nothing is left to do. */
  async reconcile(): Promise<void> {
    const commands = { running: "restart", stopped: "stop", logout: "logout", deleted: "delete" } as const;
    for (let round = 0; round < 5; round += 1) {
      await this.settle();
      const due = await selectPlacementChanges(this.#database, this.#incarnation);
      const own = due.find(({ session_id }) => session_id === this.#session.sessionId);
      if (own === undefined || this.lifecycle.phase === "gone") return;
      this.lifecycle.request(commands[own.desired]);
    }
    this.faults.push("reconciliation does not end");
  }

  /** The session's rows; undefined once it is deleted. */
  async placement(): Promise<Placement | undefined> {
    const rows = await this.#database.all<Placement>(
      `SELECT p.desired, p.epoch, p.owner_incarnation AS owner, p.restart_token, p.started_token, s.state
       FROM placements p JOIN sessions s ON s.id = p.session_id WHERE p.session_id = $1`,
      [this.#session.sessionId],
    );
    return rows[0];
  }

  #createTools(): LifecycleTools {
    const { scheduler } = this;
    const raw = this.#database;
    const database: Database = {
      ...raw,
      run: (text, parameters) => scheduler.around(text.slice(0, 30), () => raw.run(text, parameters)),
      all: (text, parameters) => scheduler.around(text.slice(0, 30), () => raw.all(text, parameters)),
      transaction: (work) => scheduler.around("transaction", () => raw.transaction(work)),
    };
    const log: LifecycleTools["log"] = (level, message, details) => {
      if (level === "error") this.faults.push(`${message} ${JSON.stringify(details)}`);
    };
    const recorder = new Recorder({
      database,
      incarnation: this.#incarnation,
      dataDir: "/nonexistent",
      log,
      mayRetry: () => true,
      announce: () => {},
      onEvent: () => {},
    });
    return {
      database,
      incarnation: this.#incarnation,
      recorder,
      pool: { spawn: (spec) => this.#host.spawn(spec), call: (id, call) => this.#call(id, call) },
      loadDriver: async () => ({ preflight: async () => null, startSlots: this.startSlots }),
      driverSettings: { browser: {}, light: {} },
      nodeId: "test",
      profileDir: (sessionId) => `${scheduler.folder}/${sessionId}`,
      lackOfRoom: async () => null,
      snapshotKey: () => Buffer.alloc(32, 1).toString("base64url"),
      openProxy: async () => null,
      findSandbox: async () => null,
      wait: async (_ms, signal) => {
        await scheduler.step("wait");
        signal.throwIfAborted();
      },
      announce: () => {},
      log,
      onEvent: () => {},
    };
  }

  #call(sessionId: string, call: ActorCall): Promise<unknown> {
    return Promise.race([this.#host.call(sessionId, call), this.#death.promise]);
  }

  #createHost(): InlineHost {
    const events = {
      onRestart: async () => null,
      log: () => {},
      onActorEvent: (_id: string, epoch: number, event: ActorEvent) =>
        this.lifecycle.report(epoch, event as SessionEvent),
    };
    const { promise: death } = this.#death;
    return new InlineHost(events, async () => ({
      keptScreenshot: async () => null,
      capabilities: lightDriver.capabilities,
      create: (_options, sink) => this.#createDriver(sink, death),
    }));
  }

  /** A driver whose steps reject once its thread is dead. */
  #createDriver(sink: DriverSink, death: Promise<never>): Driver {
    const { scheduler, drivers } = this;
    const { epoch } = this.#session;
    let isDead = false;
    death.catch(() => {
      isDead = true;
    });
    const step = async (label: string) => {
      await Promise.race([scheduler.step(label), death]);
      // The thread may have died in the same turn.
      await Promise.resolve();
      if (isDead) await death;
    };
    return {
      operations: {},
      start: async () => {
        await step("driver starts");
        if (drivers.size > 0) this.faults.push(`driver of epoch ${epoch} while that of ${[...drivers].join()} runs`);
        drivers.add(epoch);
        this.#sink = sink;
        await step("driver up");
        await sink({ type: "state", state: "connected", reason: null, evidence: {}, me: ME });
      },
      stop: async () => {
        await step("driver down");
        drivers.delete(epoch);
      },
      logout: () => step("device removed"),
      send: async () => {
        throw new DriverError("not_sent", "this driver sends nothing");
      },
      find: async () => null,
    };
  }

  /** Ends the thread's actors, and rejects their calls. */
  #killThread(): void {
    const { reject } = this.#death;
    this.#death.promise.catch(() => {});
    this.#death = Promise.withResolvers();
    this.#death.promise.catch(() => {});
    this.drivers.clear();
    this.#sink = async () => {};
    this.#host = this.#createHost();
    reject(new DriverError("unknown", "the thread died"));
    this.lifecycle.request("recover");
  }
}
