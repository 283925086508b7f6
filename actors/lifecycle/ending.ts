/**
 * Ends a session's run on this node: for a stop, a logout, a deletion, the phone's removal of the device, or the stop
 * of the node.
 */
import { rm } from "node:fs/promises";
import { systemNow } from "../../concurrency/clock.ts";
import type { SessionReason } from "../../contracts/states.ts";
import { appendEvents } from "../../db/statements/events/append-events.ts";
import {
  deleteOwnedMessages,
  deleteOwnedSession,
  handOverSession,
  releaseSession,
  type Desired,
} from "../../db/statements/sessions/placements.ts";
import type { ActorCall } from "../protocol.ts";
import type { Command } from "./phases.ts";
import type { RunningSession } from "./running-session.ts";
import { ownershipOf, type LifecycleTools } from "./tools.ts";

const MESSAGES_PER_STATEMENT = 5_000;
/** ms within which only the node that a session was promised to may claim it. */
const PREFERENCE = 10_000;

export class SessionEnding {
  readonly #session: RunningSession;
  readonly #tools: LifecycleTools;

  constructor(session: RunningSession, tools: LifecycleTools) {
    this.#session = session;
    this.#tools = tools;
  }

  /** Ends the actor and releases or deletes the session. Throws LeaseLost when another node owns it. */
  async end(command: Exclude<Command, "start" | "restart" | "recover" | "abandon">): Promise<void> {
    const session = this.#session;
    switch (command) {
      case "stop": {
        await this.stopActor();
        const wasLoggedOut = session.state === "logged_out";
        if (!wasLoggedOut) await this.#recordEnd("stopped", "requested");
        return this.#release({ from: "stopped", to: "stopped", wipe: wasLoggedOut });
      }
      case "logout":
        return this.#logOut();
      case "delete":
        await this.#call({ kind: "logout" });
        return this.#delete();
      case "clean_up":
        // The actor has already ended; the call removes it from the pool. The profile is of no further use.
        await this.stopActor("logged_out_on_phone");
        return this.#release({ from: "stopped", to: "stopped", wipe: true });
      case "release":
        await this.stopActor("node_stopping");
        return this.#release({ from: "running", to: session.autoStart ? "running" : "stopped", wipe: false });
      case "move":
        await this.stopActor("moving");
        return this.#handOver();
    }
  }

  /** The event log must have everything of this run before the next node claims the session. */
  async #handOver(): Promise<void> {
    const { database, recorder } = this.#tools;
    await recorder.drain();
    await handOverSession(database, ownershipOf(this.#session, this.#tools), {
      ...this.#session.handOver,
      preferFor: PREFERENCE,
    });
  }

  /**
   * Ends the actor; the session stays linked. Never throws: an actor that does not answer has ended, with its thread or
   * before.
   */
  async stopActor(reason: SessionReason = "requested"): Promise<void> {
    await this.#call({ kind: "stop", reason });
  }

  /**
   * When the device could not be removed, the session is stopped and keeps its profile, so that a later logout can
   * remove it. An automatic retry would start a browser again and again for an account that may be lost.
   */
  async #logOut(): Promise<void> {
    const isRemoved = (await this.#call({ kind: "logout" })) || this.#session.state === "logged_out";
    if (isRemoved) await this.#recordEnd("logged_out", "logged_out_here");
    else await this.#recordEnd("stopped", "logout_failed");
    await this.#release({ from: "logout", to: "stopped", wipe: isRemoved });
  }

  /** Calls the actor; false when the call failed, which is only logged. */
  async #call(call: ActorCall): Promise<boolean> {
    const { sessionId } = this.#session;
    try {
      await this.#tools.pool.call(sessionId, call);
      return true;
    } catch (error) {
      this.#tools.log("debug", "actor did not answer", { sessionId, call: call.kind, error: String(error) });
      return false;
    }
  }

  /** Records the end of a session whose actor has not: it had ended before, or was never started. */
  async #recordEnd(state: "stopped" | "logged_out", reason: SessionReason): Promise<void> {
    if (this.#session.state === state) return;
    await this.#tools.recorder.record(this.#session, { type: "state", state, reason, evidence: {} });
  }

  async #release(how: { from: Desired; to: Desired; wipe: boolean }): Promise<void> {
    const { database, recorder, profileDir } = this.#tools;
    await recorder.drain();
    if (how.wipe) await rm(profileDir(this.#session.sessionId), { recursive: true, force: true });
    await releaseSession(database, ownershipOf(this.#session, this.#tools), how);
  }

  async #delete(): Promise<void> {
    const { database, recorder, profileDir, announce } = this.#tools;
    const { sessionId, tenantId } = this.#session;
    // What the actor reported last must not be written while its rows are deleted: the two would lock each other out.
    await recorder.drain();
    await rm(profileDir(sessionId), { recursive: true, force: true });
    const own = ownershipOf(this.#session, this.#tools);
    // In steps: the messages of a large session would exceed the time limit of one statement.
    let deleted = MESSAGES_PER_STATEMENT;
    while (deleted === MESSAGES_PER_STATEMENT)
      deleted = await deleteOwnedMessages(database, own, MESSAGES_PER_STATEMENT);
    await database.transaction(async (sql) => {
      if (!(await deleteOwnedSession(sql, own))) return;
      // The session's row is gone, so the event belongs to the tenant's own stream.
      await appendEvents(
        sql,
        [{ type: "session.deleted", tenantId, sessionId: null, data: { sessionId } }],
        systemNow(),
      );
    });
    announce();
  }
}
