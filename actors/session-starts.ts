/** Starting a session's actor on this node: at the first claim, after its thread has died, and when a restart was asked for. */
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { takeOverInFlight } from "../db/statements/messages/due-messages.ts";
import { markRunning, reclaimSession, releaseSession, type Ownership } from "../db/statements/sessions/placements.ts";
import type { SandboxEndpoint } from "../drivers/driver.ts";
import type { SessionReason } from "../contracts/states.ts";
import type { RunningSession } from "./running-session.ts";
import type { SessionParts } from "./session-parts.ts";
import { Semaphore } from "../concurrency/semaphore.ts";

/** Browsers that start at the same time, at most, and ms after which a start no longer holds its place. */
const BROWSER_STARTS = 3;
const GATE_TIME = 60_000;
/** ms before a session that could not be started here is tried again, by this node or another. */
const TRY_AGAIN = 3_000;
const WELL_KNOWN_CHROMIUM = [
  "/usr/lib/chromium/chromium-headless-shell",
  "/usr/lib/chromium/chromium",
  "/usr/lib/chromium-browser/chromium-browser",
  "/opt/google/chrome/chrome",
];

/** One try to start a session. */
interface Attempt {
  readonly session: RunningSession;
  /** As it was when the try began; the session's own epoch moves on. */
  readonly own: Ownership;
  /** False once something else has begun with the session: that has it in hand, and it must not get a second actor. */
  readonly isWanted: () => boolean;
}

export class SessionStarts {
  readonly #parts: SessionParts;
  readonly #gate = new Semaphore(BROWSER_STARTS);

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Gives the session an actor, unless something else begins with it meanwhile; false when it could not be, and was let go. */
  async start(session: RunningSession): Promise<boolean> {
    const own = this.ownership(session);
    const attempt = { session, own, isWanted: () => !session.ending && session.epoch === own.epoch };
    session.startsUnderWay += 1;
    try {
      return await this.#begin(attempt);
    } catch (error) {
      this.#parts.log("error", "session not started", { sessionId: session.sessionId, error: String(error) });
      return this.#giveUp(attempt, "driver_error", { error: String(error) });
    } finally {
      session.startsUnderWay -= 1;
    }
  }

  async #begin(attempt: Attempt): Promise<boolean> {
    const { database, tell } = this.#parts;
    const { session, own, isWanted } = attempt;
    await takeOverInFlight(database, own.sessionId, own.epoch, Date.now());
    const sandbox = session.network === "sandbox" ? await this.#parts.findSandbox() : null;
    if (session.network === "sandbox" && sandbox === null)
      return this.#giveUp(attempt, "sandbox_unreachable", { sandbox: "not running" });
    const chromium = session.driver === "browser" ? this.#chromium() : null;
    if (session.driver === "browser" && chromium === null) {
      return this.#giveUp(attempt, "browser_missing", { help: "install Chromium (npm run setup) or set WPP_CHROMIUM" });
    }
    await mkdir(this.#parts.profileDir(session.sessionId), { recursive: true, mode: 0o700 });
    if (session.driver === "browser") await this.#throughGate(attempt);
    if (!isWanted()) return true;
    const isOurs = await markRunning(database, own);
    if (!isWanted()) return true;
    tell({ type: "start", result: isOurs ? "started" : "lost" });
    if (isOurs) this.#spawn(session, sandbox, chromium);
    return isOurs;
  }

  /** Starts the session anew under a new epoch; false when it is no longer ours. */
  async restart(session: RunningSession): Promise<boolean> {
    const { epoch: before } = session;
    const epoch = await reclaimSession(this.#parts.database, this.ownership(session));
    // In one breath with the new epoch: a start from before must not take it for leave to go on.
    session.ending = false;
    if (epoch === null) return session.epoch !== before;
    session.epoch = epoch;
    return this.start(session);
  }

  /** The same after its thread has died, a little later each time. */
  async restartAfterThreadDeath(session: RunningSession): Promise<boolean> {
    // Who ends it sees for himself that its actor is gone.
    if (session.ending) return true;
    session.startsUnderWay += 1;
    try {
      return await this.#startLater(session);
    } finally {
      session.startsUnderWay -= 1;
    }
  }

  async #startLater(session: RunningSession): Promise<boolean> {
    const { database, recorder } = this.#parts;
    const { sessionId, tenantId, epoch: before } = session;
    const delay = Math.round(Math.min(30_000, 250 * 2 ** session.threadDeaths++) * (0.5 + Math.random() / 2));
    const fact = {
      type: "state",
      state: "reconnecting",
      reason: "thread_died",
      evidence: { retryInMs: delay },
    } as const;
    // It is not connected from this instant on, whatever the database still says.
    session.learn(fact);
    const epoch = await reclaimSession(database, this.ownership(session));
    if (session.epoch !== before) return true;
    if (epoch === null) return session.ending;
    session.epoch = epoch;
    await recorder.record({ sessionId, tenantId, epoch }, fact).catch((error: unknown) => {
      if (session.epoch === epoch) throw error;
    });
    await new Promise((resolve) => setTimeout(resolve, delay));
    // A restart that was asked for meanwhile did not wait for this one.
    return session.ending || session.epoch !== epoch || this.start(session);
  }

  ownership(session: RunningSession): Ownership {
    return { sessionId: session.sessionId, epoch: session.epoch, incarnation: this.#parts.incarnation };
  }

  #spawn(
    session: RunningSession,
    sandbox: SandboxEndpoint | null,
    chromium: { path: string; noSandbox: boolean; webVersion: string | null } | null,
  ): void {
    const { sessionId, epoch, driver, settings } = session;
    const options = {
      sessionId,
      profileDir: this.#parts.profileDir(sessionId),
      sandbox,
      deviceName: settings.deviceName,
      pairingPhone: null,
      chromium,
    };
    this.#parts.pool.spawn({ sessionId, epoch, driver, options });
  }

  #chromium(): { path: string; noSandbox: boolean; webVersion: string | null } | null {
    const { chromium } = this.#parts;
    const path = chromium.path ?? WELL_KNOWN_CHROMIUM.find((candidate) => existsSync(candidate));
    return path === undefined || !existsSync(path)
      ? null
      : { path, noSandbox: !chromium.sandbox, webVersion: chromium.webVersion };
  }

  /** Waits for a place; a start that is not wanted any more when its turn comes leaves it to the next. */
  async #throughGate({ session, isWanted }: Attempt): Promise<void> {
    const leave = await this.#gate.acquire();
    if (!isWanted()) return leave();
    const timer = setTimeout(leave, GATE_TIME);
    session.leaveGate = () => {
      clearTimeout(timer);
      leave();
    };
  }

  /**
   * Says why it can't run, and lets it go: to be stopped when a person has to mend something, to be tried again otherwise.
   * True when something else has the session in hand and it is not to be let go.
   */
  async #giveUp(
    { session, own, isWanted }: Attempt,
    reason: SessionReason,
    evidence: Record<string, string>,
  ): Promise<boolean> {
    const { database, recorder, log, tell } = this.#parts;
    if (!isWanted()) return true;
    tell({ type: "start", result: "given_up" });
    const isFinal = reason === "browser_missing";
    try {
      const source = { sessionId: session.sessionId, tenantId: session.tenantId, epoch: own.epoch };
      await recorder.record(source, { type: "state", state: isFinal ? "failed" : "reconnecting", reason, evidence });
      if (!isWanted()) return true;
      await releaseSession(database, own, {
        from: "running",
        to: isFinal ? "stopped" : "running",
        notBefore: Date.now() + TRY_AGAIN,
      });
    } catch (error) {
      log("error", "session not let go", { sessionId: session.sessionId, error: String(error) });
    }
    return !isWanted();
  }
}
