/** The interface of actor hosts: the current thread (inline-host.ts) or a worker thread (thread-host.ts). */
import type { CallDuration } from "../contracts/deadlines.ts";
import type { OperationName, SandboxEndpoint } from "../drivers/driver.ts";
import type { ActorCall, ActorSpec, ActorEvent } from "./protocol.ts";
import type { ActorLog } from "../contracts/log.ts";

export interface HostEvents {
  /**
   * Resolves when the event is stored; rejects when it cannot be stored, and then the actor must not acknowledge it.
   */
  readonly onActorEvent: (sessionId: string, epoch: number, event: ActorEvent) => Promise<void>;
  /**
   * Resolves when the actor may start its driver again: only so many may be starting on a node at the same time. Returns
   * where the sandbox is now; null when that is unknown, or the session is not on it.
   */
  readonly onRestart: (sessionId: string) => Promise<SandboxEndpoint | null>;
  /** The host died with these actors; their calls have failed already. */
  readonly onLost: (sessionIds: readonly string[], reason: string) => void;
  readonly log: ActorLog;
}

export interface ActorHost {
  /** How many actors live here. */
  readonly size: number;
  /** Creates the actor and starts it; its state arrives as events. */
  spawn(spec: ActorSpec): void;
  /** The node's lease was renewed: the actors may act for their accounts during the next `trustedFor` ms. */
  renewed(trustedFor: number): void;
  /** Calls the actor; rejects with a DriverError, at the latest after the deadline of the call's kind. */
  call(sessionId: string, call: ActorCall): Promise<unknown>;
  /** Ends all actors and the host itself, without calling onLost. */
  close(): Promise<void>;
}

/** Operations on many people at once, which take WhatsApp longer. */
const BULK: ReadonlySet<string> = new Set<OperationName>(["checkNumbers", "createGroup", "changeParticipants"]);

/** The kind of deadline that applies to the call. */
export function durationOf(call: ActorCall): CallDuration {
  if (call.kind === "operation") return BULK.has(call.name) ? "bulk_operation" : "operation";
  return call.kind === "send" && "media" in call.message.content ? "send_media" : call.kind;
}
