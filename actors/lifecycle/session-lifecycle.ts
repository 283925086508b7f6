/**
 * The lifecycle of one session on the node that owns it: a phase, and commands that run one at a time. A change of the
 * desired state, the death of its thread and the loss of the lease all call `request`; nothing else starts or ends its
 * actor. phases.ts has the tables; starting.ts and ending.ts do the work.
 */
import { systemNow } from "../../concurrency/clock.ts";
import { isInterruption, Interrupted } from "./interruption.ts";
import type { SessionState } from "../../contracts/states.ts";
import type { SessionEvent } from "../protocol.ts";
import { LeaseLost } from "../recording/recorder.ts";
import type { RunningSession } from "./running-session.ts";
import { SessionEnding } from "./ending.ts";
import { DECISIONS, NEXT_PHASES, RANK, type Command, type Phase } from "./phases.ts";
import { SessionStarting, type StartOutcome } from "./starting.ts";
import type { LifecycleTools } from "./tools.ts";

export interface LifecycleListener {
  /** Called after each change of the phase. It must not throw. */
  onPhase(session: RunningSession, phase: Phase, before: Phase): void;
  /** Called after a state that the running session's actor reported was stored. It must not throw. */
  onState(session: RunningSession, state: SessionState): void;
}

export class SessionLifecycle {
  readonly session: RunningSession;
  readonly #tools: LifecycleTools;
  readonly #listener: LifecycleListener;
  readonly #starting: SessionStarting;
  readonly #ending: SessionEnding;
  #phase: Phase = "claimed";
  /** Aborts the command that runs; undefined while none does. */
  #active: AbortController | undefined;
  #pending: Command | undefined;
  #finished: Promise<void> = Promise.resolve();

  constructor(session: RunningSession, tools: LifecycleTools, listener: LifecycleListener) {
    this.session = session;
    this.#tools = tools;
    this.#listener = listener;
    this.#starting = new SessionStarting(session, tools, (phase) => this.#moveTo(phase));
    this.#ending = new SessionEnding(session, tools);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** True once the session is being ended here, or is no longer here. */
  get isEnding(): boolean {
    return this.#phase === "stopping" || this.#phase === "gone";
  }

  /**
   * Runs the command, or queues or drops it according to phases.ts. Never throws; failures are logged and reported as
   * states.
   */
  request(command: Command): void {
    if (this.#phase === "gone") return;
    if (this.#active === undefined) return this.#begin(command);
    // A start that has set the phase `running` is in its last step: the command follows it.
    const decision = this.#phase === "running" ? "queue" : DECISIONS[this.#phase][command];
    if (decision === "ignore") return;
    if (this.#pending === undefined || RANK[command] >= RANK[this.#pending]) this.#pending = command;
    if (decision === "interrupt") this.#active.abort(new Interrupted(command));
  }

  /** Records what the session's actor reports; rejects with LeaseLost when that actor must stop. */
  async report(epoch: number, event: SessionEvent): Promise<void> {
    const { session } = this;
    const { recorder, onEvent } = this.#tools;
    const isCurrent = () => session.epoch === epoch && this.#phase !== "gone";
    const unwritten = event.type === "state" ? { event, since: systemNow() } : undefined;
    try {
      if (!isCurrent()) throw new LeaseLost("the session no longer runs here");
      session.unwritten = unwritten ?? session.unwritten;
      await recorder.record({ sessionId: session.sessionId, tenantId: session.tenantId, epoch }, event);
    } catch (error) {
      if (error instanceof LeaseLost) {
        onEvent({ type: "refused", eventType: event.type });
        // A refused report of the run before proves nothing about this one: this node itself raised the epoch.
        if (isCurrent()) this.request("abandon");
      }
      throw error;
    } finally {
      if (session.unwritten === unwritten) session.unwritten = undefined;
    }
    // In other phases there is no actor: the report is one of the run before, stored just before that ended.
    if (isCurrent() && (this.#phase === "running" || this.#phase === "stopping")) this.#apply(event);
  }

  #apply(event: SessionEvent): void {
    this.session.apply(event);
    if (event.type !== "state") return;
    if (this.#phase === "running") this.#listener.onState(this.session, event.state);
    if (event.state === "logged_out") this.request("clean_up");
  }

  /** True when no command runs or waits. */
  get isIdle(): boolean {
    return this.#active === undefined;
  }

  /** Resolves once no command runs or waits. */
  async idle(): Promise<void> {
    while (this.#active !== undefined) await this.#finished;
  }

  #begin(command: Command): void {
    const active = new AbortController();
    this.#active = active;
    this.#finished = this.#run(command, active.signal).finally(() => {
      this.#active = undefined;
      const next = this.#pending;
      this.#pending = undefined;
      if (next !== undefined && this.#phase !== "gone") this.#begin(next);
    });
  }

  async #run(command: Command, signal: AbortSignal): Promise<void> {
    try {
      await this.#carryOut(command, signal);
    } catch (error) {
      if (isInterruption(error)) return;
      if (error instanceof LeaseLost) return this.#abandon();
      this.#fail(command, error);
    }
  }

  async #carryOut(command: Command, signal: AbortSignal): Promise<void> {
    switch (command) {
      case "start":
        return this.#conclude(await this.#starting.start(signal));
      case "recover":
        this.#moveTo("waiting");
        return this.#conclude(await this.#starting.recover(signal));
      case "restart":
        this.#moveTo("stopping");
        await this.#ending.stopActor(this.session.restartReason);
        this.session.restartReason = "requested";
        return this.#conclude(await this.#starting.restart(signal));
      case "abandon":
        return this.#abandon();
      default:
        this.#moveTo("stopping");
        await this.#ending.end(command);
        this.#moveTo("gone");
    }
  }

  #conclude(outcome: StartOutcome): void {
    this.#moveTo(outcome === "started" ? "running" : "gone");
  }

  /** Another node owns the session: its actor here is ended immediately, and nothing more is written. */
  #abandon(): void {
    this.#moveTo("gone");
    void this.#ending.stopActor("lease_lost");
  }

  /**
   * After a failed start or recovery the session is still placed on this node, which adopts it again as orphaned. After
   * a failed end it stays in `stopping`, and the node's next comparison with the desired state requests the end again.
   */
  #fail(command: Command, error: unknown): void {
    const { sessionId } = this.session;
    this.#tools.log("error", "session command failed", {
      sessionId,
      command,
      phase: this.#phase,
      error: String(error),
    });
    if (this.#phase !== "stopping") this.#moveTo("gone");
  }

  /** The only place that changes the phase. */
  #moveTo(phase: Phase): void {
    const before = this.#phase;
    if (phase === before) return;
    if (!NEXT_PHASES[before].includes(phase)) throw new Error(`a session that is ${before} cannot become ${phase}`);
    this.#phase = phase;
    if (phase !== "starting" && phase !== "running") this.session.releaseStartSlot();
    this.session.notify();
    this.#listener.onPhase(this.session, phase, before);
  }
}
