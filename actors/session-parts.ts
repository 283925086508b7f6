/** What the parts of a session node have in common. */
import type { Database } from "../db/database.ts";
import type { DriverName, DriverSettings, SandboxEndpoint } from "../drivers/driver.ts";
import type { ActorPool } from "./actor-pool.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { NodeEventListener } from "./node-events.ts";
import type { Recorder } from "./recording/recorder.ts";

export interface SessionNodeOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** Names this node's place among those that share the data directory. */
  readonly placeName: string;
  /** The Moleculer node that answers for the sessions placed here. */
  readonly nodeId: string;
  readonly threads: number;
  /** Sessions that run here at most; the others wait for a node with room. */
  readonly maxSessions: number;
  /** The threads' entry, in place of the usual one. */
  readonly threadEntry?: URL;
  /** Each driver's own part of the configuration. */
  readonly driverSettings: Readonly<Record<DriverName, DriverSettings>>;
  /** Where the sandbox is now; null when there is none. */
  readonly findSandbox: () => Promise<SandboxEndpoint | null>;
  /** Events were committed. */
  readonly announce: () => void;
  readonly log: ActorLog;
  readonly tell: NodeEventListener;
  /** The lease is lost: the process must end at once, and its browsers with it. */
  readonly onFenced: (reason: string) => void;
}

export interface SessionParts extends SessionNodeOptions {
  readonly incarnation: string;
  readonly pool: ActorPool;
  readonly recorder: Recorder;
  readonly profileDir: (sessionId: string) => string;
}
