/** The dependencies of session lifecycles, shared by all sessions of a node. */
import type { ActorLog } from "../../contracts/log.ts";
import type { Database } from "../../db/database.ts";
import type { Ownership } from "../../db/statements/sessions/placements.ts";
import type { Semaphore } from "../../concurrency/semaphore.ts";
import type { SealedProxy } from "../node-options.ts";
import type {
  DriverModule,
  DriverName,
  DriverOptions,
  DriverSettings,
  Evidence,
  SandboxEndpoint,
} from "../../drivers/driver.ts";
import type { ActorPool } from "../actor-pool.ts";
import type { NodeEventListener } from "../node-events.ts";
import type { Recorder } from "../recording/recorder.ts";
import type { RunningSession } from "./running-session.ts";

/** The parts of a driver module that a start uses. */
export interface StartableDriver {
  readonly preflight: DriverModule["preflight"];
  /** One permit for each start that may be under way on this node. */
  readonly startSlots: Semaphore;
}

export interface LifecycleTools {
  readonly database: Database;
  /** The node's own incarnation: with the epoch it proves ownership in every statement. */
  readonly incarnation: string;
  readonly pool: Pick<ActorPool, "spawn" | "call">;
  readonly recorder: Pick<Recorder, "record" | "drain">;
  readonly loadDriver: (name: DriverName) => Promise<StartableDriver>;
  readonly driverSettings: Readonly<Record<DriverName, DriverSettings>>;
  /** The node's name. */
  readonly nodeId: string;
  readonly profileDir: (sessionId: string) => string;
  /** The address of the sandbox's server; null when it does not run. */
  readonly findSandbox: () => Promise<SandboxEndpoint | null>;
  /**
   * A session's proxy, after it has let a connection to WhatsApp through; its name is resolved. Rejects with an error
   * that says what is wrong with it.
   */
  readonly openProxy: (proxy: SealedProxy) => Promise<DriverOptions["proxy"]>;
  /** Why this machine has no room for another session with this driver, as figures; null when it has. */
  readonly lackOfRoom: (driver: DriverName) => Promise<Evidence | null>;
  /** Encrypts copies of the session's login: 32 bytes in base64url. */
  readonly snapshotKey: (sessionId: string) => string;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Called after events were committed. */
  readonly announce: () => void;
  readonly log: ActorLog;
  readonly onEvent: NodeEventListener;
}

/** The proof, in a statement, that this node owns the session under its current epoch. */
export function ownershipOf({ sessionId, epoch }: RunningSession, { incarnation }: LifecycleTools): Ownership {
  return { sessionId, epoch, incarnation };
}
