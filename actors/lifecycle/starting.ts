/** Starts a session's actor on this node: at the first claim, at a restart, and after its thread died. */
import { mkdir } from "node:fs/promises";
import { systemNow } from "../../concurrency/clock.ts";
import { equalJitter } from "../../concurrency/backoff.ts";
import type { Semaphore } from "../../concurrency/semaphore.ts";
import type { SessionReason } from "../../contracts/states.ts";
import { takeOverInFlight } from "../../db/statements/messages/due-messages.ts";
import { readStoredHistory } from "../../db/statements/sessions/stored-history.ts";
import { markRunning, reclaimSession, releaseSession } from "../../db/statements/sessions/placements.ts";
import type { DriverOptions, Evidence } from "../../drivers/driver.ts";
import { LeaseLost } from "../recording/recorder.ts";
import { isInterruption } from "./interruption.ts";
import type { RunningSession } from "./running-session.ts";
import { takeStartSlot } from "./start-slot.ts";
import { ownershipOf, type LifecycleTools } from "./tools.ts";

/** ms before a session whose thread died is restarted. */
const RESTART = { base: 250, cap: 30_000 };
/** ms before a session that could not be started here is retried, by this node or another. */
const RETRY_AFTER = 3_000;

/** `given_up`: it cannot run here now, and was released. `lost`: another node owns it. */
export type StartOutcome = "started" | "given_up" | "lost";

export class SessionStarting {
  readonly #session: RunningSession;
  readonly #tools: LifecycleTools;
  readonly #setPhase: (phase: "waiting" | "starting") => void;

  constructor(session: RunningSession, tools: LifecycleTools, setPhase: (phase: "waiting" | "starting") => void) {
    this.#session = session;
    this.#tools = tools;
    this.#setPhase = setPhase;
  }

  /** Starts the session's actor. Rejects with the signal's reason when interrupted; there is no actor then. */
  async start(signal: AbortSignal): Promise<StartOutcome> {
    this.#setPhase("starting");
    try {
      return await this.#start(signal);
    } catch (error) {
      if (isInterruption(error) || error instanceof LeaseLost) throw error;
      this.#tools.log("error", "session not started", { sessionId: this.#session.sessionId, error: String(error) });
      return this.#giveUp(signal, "driver_error", { error: String(error) });
    }
  }

  /** Starts it again under a new epoch, so that late writes of the run before are refused. */
  async restart(signal: AbortSignal): Promise<StartOutcome> {
    return (await this.#reclaim()) ? this.start(signal) : "lost";
  }

  /** The same after its thread died, with a longer delay each time. */
  async recover(signal: AbortSignal): Promise<StartOutcome> {
    const session = this.#session;
    const delay = equalJitter(RESTART, session.countThreadDeath());
    const evidence = { retryInMs: delay };
    const lost = { type: "state", state: "reconnecting", reason: "thread_died", evidence } as const;
    // Before anything is awaited: from now on it is not connected, although its row still has the old state.
    session.apply(lost);
    if (!(await this.#reclaim())) return "lost";
    await this.#tools.recorder.record(session, lost);
    await this.#tools.wait(delay, signal);
    return this.start(signal);
  }

  async #start(signal: AbortSignal): Promise<StartOutcome> {
    const { database, findSandbox, loadDriver, driverSettings, profileDir, onEvent } = this.#tools;
    const { sessionId, epoch, network, driver } = this.#session;
    await takeOverInFlight(database, sessionId, epoch, systemNow());
    signal.throwIfAborted();
    const sandbox = network === "sandbox" ? await findSandbox() : null;
    signal.throwIfAborted();
    if (network === "sandbox" && sandbox === null)
      return this.#giveUp(signal, "sandbox_unreachable", { sandbox: "not running" });
    const proxy = await this.#prepareProxy(signal);
    if (proxy instanceof Error) return this.#giveUp(signal, "proxy_failed", { proxy: proxy.message });
    const { preflight, startSlots } = await loadDriver(driver);
    const failure = await preflight(driverSettings[driver]);
    signal.throwIfAborted();
    if (failure !== null) return this.#giveUp(signal, failure.reason, { help: failure.help }, "stopped");
    const lack = await this.#tools.lackOfRoom(driver);
    signal.throwIfAborted();
    if (lack !== null) return this.#giveUp(signal, "no_memory", lack);
    await mkdir(profileDir(sessionId), { recursive: true, mode: 0o700 });
    const stored = await readStoredHistory(database, sessionId);
    signal.throwIfAborted();
    await this.#takeStartSlot(startSlots, signal);
    const isOurs = await markRunning(database, ownershipOf(this.#session, this.#tools));
    signal.throwIfAborted();
    onEvent({ type: "start", result: isOurs ? "started" : "lost" });
    if (!isOurs) return "lost";
    this.#spawn({ sandbox, proxy, stored });
    return "started";
  }

  /** The session's proxy, which was tried; an error that says what is wrong with it. */
  async #prepareProxy(signal: AbortSignal): Promise<DriverOptions["proxy"] | Error> {
    const { sessionId, tenantId, settings, proxyPassword } = this.#session;
    if (settings.proxy === undefined || settings.proxy === null) return null;
    const { url, username } = settings.proxy;
    const tried = await this.#tools
      .openProxy({ sessionId, tenantId, url, username, sealedPassword: proxyPassword })
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
    signal.throwIfAborted();
    return tried;
  }

  /** Raises the epoch; false when this node no longer owns the session. */
  async #reclaim(): Promise<boolean> {
    const epoch = await reclaimSession(this.#tools.database, ownershipOf(this.#session, this.#tools));
    if (epoch !== null) this.#session.epoch = epoch;
    return epoch !== null;
  }

  /** A start may take seconds of a core; too many at a time would starve the sessions that run. */
  async #takeStartSlot(startSlots: Semaphore, signal: AbortSignal): Promise<void> {
    const { recorder } = this.#tools;
    if (startSlots.isFull) {
      this.#setPhase("waiting");
      const evidence = { waitingFor: "start_slot" };
      await recorder.record(this.#session, { type: "state", state: "starting", reason: "requested", evidence });
    }
    await takeStartSlot(this.#session, startSlots, signal);
    this.#setPhase("starting");
  }

  #spawn(prepared: Pick<DriverOptions, "sandbox" | "proxy" | "stored">): void {
    const { pool, profileDir, driverSettings, nodeId, snapshotKey } = this.#tools;
    const { sessionId, epoch, driver, settings } = this.#session;
    const options = {
      sessionId,
      profileDir: profileDir(sessionId),
      ...prepared,
      snapshotKey: snapshotKey(sessionId),
      deviceName: settings.deviceName,
      pairingPhone: null,
      rejectMedia: settings.rejectMedia,
      // Settings from before these existed lack them.
      language: settings.language ?? null,
      settings: driverSettings[driver],
      holder: `node ${nodeId}, epoch ${epoch}, since ${new Date(systemNow()).toISOString()}`,
    };
    pool.spawn({ sessionId, epoch, driver, options });
  }

  /**
   * Reports why the session cannot run here, and releases it. `desired` becomes its desired state unless another one
   * was requested meanwhile: `running` to retry, `stopped` when a person has to act first.
   */
  async #giveUp(
    signal: AbortSignal,
    reason: SessionReason,
    evidence: Evidence,
    desired: "running" | "stopped" = "running",
  ): Promise<StartOutcome> {
    const { database, recorder, onEvent } = this.#tools;
    onEvent({ type: "start", result: "given_up" });
    const state = desired === "stopped" ? "failed" : "reconnecting";
    await recorder.record(this.#session, { type: "state", state, reason, evidence });
    signal.throwIfAborted();
    await releaseSession(database, ownershipOf(this.#session, this.#tools), {
      from: "running",
      to: desired,
      notBefore: systemNow() + RETRY_AFTER,
    });
    return "given_up";
  }
}
