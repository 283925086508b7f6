/** Ending a session's run on this node: stop, restart, logout, deletion, and the end of the node itself. */
import { rm } from "node:fs/promises";
import type { SessionReason } from "../contracts/states.ts";
import { appendEvents } from "../db/statements/events/append-events.ts";
import {
  deleteOwnedMessages,
  deleteOwnedSession,
  releaseSession,
  type Desired,
} from "../db/statements/sessions/placements.ts";
import { within } from "../concurrency/deadline.ts";
import type { SendQueues } from "../outbox/send-queue.ts";
import type { ActorCall } from "./protocol.ts";
import { LeaseLost } from "./recording/recorder.ts";
import type { RunningSession } from "./running-session.ts";
import type { SessionParts } from "./session-parts.ts";
import type { SessionStarts } from "./session-starts.ts";

export interface EndingParts extends SessionParts {
  readonly runner: SendQueues;
  readonly starts: SessionStarts;
  readonly forget: (session: RunningSession) => void;
}

/** ms that all sessions together have to close when the node stops; what is left then dies with the process. */
const STOP_TIME = 6_000;
const MESSAGES_AT_ONCE = 5_000;

export class SessionEndings {
  readonly #parts: EndingParts;

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  /** Makes the session what it is wanted to be. `running` here means that a restart was asked for. */
  end(session: RunningSession, desired: Desired): void {
    // What is not up yet cannot take leave of its account: the node's next look asks for it again.
    if (session.ending || (desired === "logout" && session.startsUnderWay > 0)) return;
    session.ending = true;
    this.#parts.runner.close(session.sessionId);
    session.leaveGate?.();
    void this.#endAs(session, desired).catch((error: unknown) => {
      if (error instanceof LeaseLost) return this.#parts.forget(session);
      session.ending = false;
      this.#parts.log("error", "session not ended", { sessionId: session.sessionId, desired, error: String(error) });
    });
  }

  /** The phone has removed the device: the actor has ended itself, the profile is of no use. */
  afterLogout(session: RunningSession): void {
    if (session.ending) return;
    session.ending = true;
    void this.#clearAway(session).catch((error: unknown) => {
      // It is wanted stopped: the node's next look ends it once more.
      session.ending = false;
      this.#parts.log("error", "session not let go", { sessionId: session.sessionId, error: String(error) });
    });
  }

  /** Another run has taken over: whatever of it is here goes at once, and nothing more is written. */
  abandon(session: RunningSession): void {
    if (session.ending) return;
    session.ending = true;
    this.#parts.forget(session);
    void this.#ask(session, { kind: "stop", reason: "lease_lost" });
  }

  /** The node stops: every session is closed with its pairing kept, to be taken up by the next process. */
  async releaseAll(sessions: readonly RunningSession[]): Promise<void> {
    const release = async (session: RunningSession) => {
      session.ending = true;
      await this.#ask(session, { kind: "stop", reason: "node_stopping" });
      await this.#letGo(session, { from: "running", to: session.autoStart ? "running" : "stopped", wipe: false });
    };
    const all = Promise.allSettled(sessions.filter((session) => !session.ending).map(release));
    await within(all, STOP_TIME, () => new Error("some sessions did not close in time")).catch((error: unknown) =>
      this.#parts.log("warn", "sessions left to the end of the process", { error: String(error) }),
    );
  }

  /** The stop changes nothing for the actor; it makes its host and the pool forget it. */
  async #clearAway(session: RunningSession): Promise<void> {
    await this.#ask(session, { kind: "stop", reason: "logged_out_on_phone" });
    await this.#letGo(session, { from: "stopped", to: "stopped", wipe: true });
  }

  async #endAs(session: RunningSession, desired: Desired): Promise<void> {
    switch (desired) {
      case "stopped":
        await this.#ask(session, { kind: "stop", reason: "requested" });
        if (session.state !== "logged_out") await this.#sayEnded(session, "stopped", "requested");
        return this.#letGo(session, { from: "stopped", to: "stopped", wipe: session.state === "logged_out" });
      case "running":
        await this.#ask(session, { kind: "stop", reason: "requested" });
        if (!(await this.#parts.starts.restart(session))) this.#parts.forget(session);
        return;
      case "logout":
        return this.#logOut(session);
      case "deleted":
        await this.#ask(session, { kind: "logout" });
        return this.#remove(session);
    }
  }

  /**
   * A device that could not be removed is still linked, whatever is said here: the session is stopped then, with what it needs
   * to take leave at the next try. Trying on by itself would start a browser again and again for an account that may be lost.
   */
  async #logOut(session: RunningSession): Promise<void> {
    const hasLeft = (await this.#ask(session, { kind: "logout" })) || session.state === "logged_out";
    if (hasLeft) await this.#sayEnded(session, "logged_out", "logged_out_here");
    else await this.#sayEnded(session, "stopped", "logout_failed");
    await this.#letGo(session, { from: "logout", to: "stopped", wipe: hasLeft });
  }

  /**
   * True when it did what it was asked. An actor that cannot be asked any more is as good as ended: its host is gone, or it
   * ended itself.
   */
  async #ask(session: RunningSession, call: ActorCall): Promise<boolean> {
    try {
      await this.#parts.pool.call(session.sessionId, call);
      return true;
    } catch (error) {
      this.#parts.log("debug", "actor did not answer its end", { sessionId: session.sessionId, error: String(error) });
      return false;
    }
  }

  /** The state is written here too, for a session whose actor had ended or never lived. */
  async #sayEnded(session: RunningSession, state: "stopped" | "logged_out", reason: SessionReason): Promise<void> {
    if (session.state !== state)
      await this.#parts.recorder.record(session, { type: "state", state, reason, evidence: {} });
  }

  async #letGo(session: RunningSession, how: { from: Desired; to: Desired; wipe: boolean }): Promise<void> {
    const { database, recorder, profileDir, starts, forget } = this.#parts;
    await recorder.drain();
    if (how.wipe) await rm(profileDir(session.sessionId), { recursive: true, force: true });
    await releaseSession(database, starts.ownership(session), how);
    forget(session);
  }

  async #remove(session: RunningSession): Promise<void> {
    const { database, profileDir, starts, forget, announce } = this.#parts;
    await rm(profileDir(session.sessionId), { recursive: true, force: true });
    const own = starts.ownership(session);
    // In steps: the messages of a large session, deleted with it, would go past the bound of one statement every time.
    let removed = MESSAGES_AT_ONCE;
    while (removed === MESSAGES_AT_ONCE) removed = await deleteOwnedMessages(database, own, MESSAGES_AT_ONCE);
    await database.transaction(async (sql) => {
      if (!(await deleteOwnedSession(sql, own))) return;
      // The session's row is gone; the event belongs to the tenant's own stream.
      await appendEvents(
        sql,
        [
          {
            type: "session.deleted",
            tenantId: session.tenantId,
            sessionId: null,
            data: { sessionId: session.sessionId },
          },
        ],
        Date.now(),
      );
    });
    forget(session);
    announce();
  }
}
