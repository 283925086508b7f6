/** What the lifecycles of a node's sessions work with. */
import type { ActorLog } from "../../contracts/log.ts";
import type { Database } from "../../db/database.ts";
import type { Ownership } from "../../db/statements/sessions/placements.ts";
import type { Semaphore } from "../../concurrency/semaphore.ts";
import type { SandboxEndpoint } from "../../drivers/driver.ts";
import type { ActorPool } from "../actor-pool.ts";
import type { NodeEventListener } from "../node-events.ts";
import type { Recorder } from "../recording/recorder.ts";
import type { RunningSession } from "./running-session.ts";

export interface LifecycleTools {
  readonly database: Database;
  /** The node's own incarnation: with the epoch it proves ownership in every statement. */
  readonly incarnation: string;
  readonly pool: Pick<ActorPool, "spawn" | "call">;
  readonly recorder: Pick<Recorder, "record" | "drain">;
  /** Browsers that may start at the same time. */
  readonly startSlots: Semaphore;
  readonly profileDir: (sessionId: string) => string;
  /** The address of the sandbox's server; null when it does not run. */
  readonly findSandbox: () => Promise<SandboxEndpoint | null>;
  readonly chromium: { readonly path: string | null; readonly sandbox: boolean; readonly webVersion: string | null };
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called after events were committed. */
  readonly announce: () => void;
  readonly log: ActorLog;
  readonly onEvent: NodeEventListener;
}

/** What proves in a statement that this node owns the session under its present epoch. */
export function ownershipOf({ sessionId, epoch }: RunningSession, { incarnation }: LifecycleTools): Ownership {
  return { sessionId, epoch, incarnation };
}
