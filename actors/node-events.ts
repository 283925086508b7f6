/** Events that a session node emits for metrics. */
import type { SessionReason, SessionState } from "../contracts/states.ts";
import type { NodeEnd } from "../db/statements/sessions/nodes.ts";
import type { SendAttempt } from "../outbox/session-port.ts";

export type NodeEvent =
  /** An attempt to send, or a lookup of its outcome, ended after `ms`. */
  | ({ readonly type: "attempt" } & SendAttempt)
  /** A final status was committed. */
  | { readonly type: "finished"; readonly status: "sent" | "failed"; readonly code: string }
  /** An attempt to renew the lease took `ms`. */
  | { readonly type: "renewal"; readonly renewed: boolean; readonly ms: number }
  /** A node that had this node's data directory before was found dead. */
  | { readonly type: "left"; readonly reason: NodeEnd }
  /**
   * A session was claimed. `isTakeover`: it was already running elsewhere, and no start had been requested since.
   */
  | { readonly type: "claimed"; readonly isTakeover: boolean }
  /** So many sent messages had been lost by the database, and were written again. */
  | { readonly type: "restored"; readonly count: number }
  | { readonly type: "start"; readonly result: "started" | "given_up" | "lost" }
  /** A session that was already linked is connected, `ms` after it was claimed. */
  | { readonly type: "connected"; readonly ms: number }
  /** The state of a session, or its reason, changed. */
  | {
      readonly type: "state";
      readonly state: SessionState;
      readonly reason: SessionReason;
      readonly before: SessionState;
    }
  | { readonly type: "qr" }
  /** A driver met shapes of data that it does not understand. */
  | { readonly type: "unknown_shape"; readonly source: string; readonly count: number }
  /** An actor's event was refused because a newer run of its session exists. */
  | { readonly type: "refused"; readonly eventType: string };

export type NodeEventListener = (event: NodeEvent) => void;
