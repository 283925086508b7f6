/** What a session node is made with. */
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import type { DriverName, DriverSettings, SandboxEndpoint } from "../drivers/driver.ts";
import type { NodeEventListener } from "./node-events.ts";

export interface SessionNodeOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** Distinguishes the nodes that share a data directory. */
  readonly placeName: string;
  /** The Moleculer node that answers calls for the sessions placed here. */
  readonly nodeId: string;
  readonly threads: number;
  /** Sessions that run here at most; the others wait for a node with room. */
  readonly maxSessions: number;
  /** The entry of worker threads, in place of the usual one. */
  readonly threadEntry?: URL;
  /** Each driver's own part of the configuration. */
  readonly driverSettings: Readonly<Record<DriverName, DriverSettings>>;
  /** The address of the sandbox's server; null when it does not run. */
  readonly findSandbox: () => Promise<SandboxEndpoint | null>;
  /** Called after events were committed. */
  readonly announce: () => void;
  readonly log: ActorLog;
  readonly onEvent: NodeEventListener;
  /** The lease is lost: the process must end immediately, and its browsers with it. */
  readonly onFenced: (reason: string) => void;
}
