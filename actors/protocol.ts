/**
 * The messages between a node and its actors. They are plain data, because the thread host posts them to a worker
 * thread; the inline host uses the same ones.
 */
import type { DriverEvent, DriverOptions, Evidence, Me, OperationName, SandboxEndpoint } from "../drivers/driver.ts";
import type { DriverErrorKind, OutboundMessage } from "../contracts/transport.ts";
import type { MessageFailure, SessionReason, SessionState } from "../contracts/states.ts";

/** What an actor is created with. */
export interface ActorSpec {
  readonly sessionId: string;
  readonly epoch: number;
  readonly driver: "browser" | "light";
  readonly options: DriverOptions;
}

/** The calls that an actor accepts. */
export type ActorCall =
  | { readonly kind: "send"; readonly message: OutboundMessage }
  | { readonly kind: "find"; readonly message: Pick<OutboundMessage, "waId" | "to"> }
  | { readonly kind: "operation"; readonly name: OperationName; readonly input: unknown }
  /** Requests a pairing code for the phone (E.164 without +). */
  | { readonly kind: "pair"; readonly phone: string }
  /** Ends the actor; the session stays linked. */
  | { readonly kind: "stop"; readonly reason: SessionReason }
  /**
   * Removes the device from the account and ends the actor. If the removal fails, the actor ends but the call rejects.
   */
  | { readonly kind: "logout" };

/** What an actor reports. The node answers when the event is stored. */
export type ActorEvent =
  | {
      readonly type: "state";
      readonly state: SessionState;
      readonly reason: SessionReason;
      readonly evidence: Evidence;
      readonly me?: Me;
    }
  | Exclude<DriverEvent, { type: "state" | "pairing_refused" }>;

/** An event that is recorded for the session; the others are about the driver itself. */
export type SessionEvent = Exclude<ActorEvent, { type: "unknown_shape" }>;

/** A failure as it crosses a port, where classes are lost. */
export interface WireFailure {
  readonly kind: DriverErrorKind;
  readonly message: string;
  readonly failure: MessageFailure | null;
}

export type ToThread =
  /** Answered by `pong`, as soon as the thread is not busy. */
  | { readonly type: "ping" }
  | { readonly type: "renewed"; readonly trustedFor: number }
  | { readonly type: "spawn"; readonly spec: ActorSpec }
  | { readonly type: "call"; readonly id: number; readonly sessionId: string; readonly call: ActorCall }
  | { readonly type: "stored"; readonly id: number; readonly error: string | null }
  | { readonly type: "may_restart"; readonly id: number; readonly sandbox: SandboxEndpoint | null };

export type FromThread =
  | { readonly type: "pong" }
  /** Answered by `may_restart`. */
  | { readonly type: "restart"; readonly id: number; readonly sessionId: string }
  | { readonly type: "reply"; readonly id: number; readonly value: unknown }
  | { readonly type: "failure"; readonly id: number; readonly failure: WireFailure }
  | {
      readonly type: "event";
      readonly id: number;
      readonly sessionId: string;
      readonly epoch: number;
      readonly event: ActorEvent;
    }
  | {
      readonly type: "log";
      readonly level: "debug" | "info" | "warn" | "error" | "fatal";
      readonly message: string;
      readonly details: Record<string, unknown>;
    };
