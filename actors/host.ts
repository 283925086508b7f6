/** Where actors live: in this thread or in another, behind one interface. */
import type { ActorCall, ActorSpec, ActorEvent } from "./protocol.ts";
import type { ActorLog } from "../contracts/log.ts";

export interface HostEvents {
  /** Settles when the fact is stored; rejects when it cannot be, and the actor must then not acknowledge it. */
  readonly onActorEvent: (sessionId: string, epoch: number, fact: ActorEvent) => Promise<void>;
  /** The host has died with these actors; their calls have failed already. */
  readonly onLost: (sessionIds: readonly string[], reason: string) => void;
  readonly log: ActorLog;
}

export interface ActorHost {
  /** How many actors live here. */
  readonly size: number;
  /** Makes the actor and lets it start; its state comes as facts. */
  spawn(spec: ActorSpec): void;
  /** Asks the actor; fails with a DriverError. Deadlines are those of the call's kind. */
  call(sessionId: string, call: ActorCall): Promise<unknown>;
  /** Ends what lives here, at once and for good, without calling onLost. */
  close(): Promise<void>;
}

/** ms that an actor has for a call; after that its outcome is unknown. Media take long on a slow line. */
export function deadlineOf(call: ActorCall): number {
  switch (call.kind) {
    case "send":
      return "media" in call.message.content ? 180_000 : 45_000;
    case "find":
      return 45_000;
    case "operation":
      return 30_000;
    case "pair":
      return 60_000;
    case "stop":
      return 20_000;
    // It may have to wait for its link first, and closes the browser last.
    case "logout":
      return 65_000;
  }
}
