/** What a node tells its owner of its doings, for figures. Nothing depends on its being heard. */
import type { SessionReason, SessionState } from "../contracts/states.ts";
import type { Outcome } from "../outbox/complete.ts";
import type { MessageRow } from "../db/rows/message.ts";

export type NodeEvent =
  /** An attempt to send, or a lookup of what became of one, has come to an outcome. */
  | {
      readonly type: "attempt";
      readonly outcome: Outcome["kind"];
      readonly isLookup: boolean;
      readonly message: Pick<MessageRow, "type" | "priority" | "created_at" | "send_at">;
      readonly ms: number;
    }
  /** A message's end is committed. */
  | { readonly type: "finished"; readonly status: "sent" | "failed"; readonly code: string }
  /** The lease was renewed, or could not be. */
  | { readonly type: "renewal"; readonly renewed: boolean; readonly ms: number }
  /** A session was taken up; `again` when it had been running before and nobody had asked for a new run. */
  | { readonly type: "taken"; readonly again: boolean }
  | { readonly type: "start"; readonly result: "started" | "given_up" | "lost" }
  /** A session that was linked already is connected, so many ms after it was taken up. */
  | { readonly type: "connected"; readonly ms: number }
  /** A session's state or its reason is another. */
  | {
      readonly type: "state";
      readonly state: SessionState;
      readonly reason: SessionReason;
      readonly before: SessionState;
    }
  | { readonly type: "qr" }
  /** A driver has seen a shape that it does not understand, `count` times. */
  | { readonly type: "unknown_shape"; readonly source: string; readonly count: number }
  /** A report was refused because another run of the session has taken over. */
  | { readonly type: "refused"; readonly report: string };

export type NodeEventListener = (news: NodeEvent) => void;
