/** The options of a session node. */
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import type { DriverName, DriverSettings, SandboxEndpoint } from "../drivers/driver.ts";
import type { NodeEventListener } from "./node-events.ts";

export interface SessionNodeOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** Name of the node's own directory in the data directory; nodes that share a data directory need different names. */
  readonly directoryName: string;
  /** The Moleculer node that answers calls for the sessions placed here. */
  readonly nodeId: string;
  /** Worker threads for actors; 0 runs them in the main thread. */
  readonly threads: number;
  /** Maximum number of sessions on this node; the others wait for a node with room. */
  readonly maxSessions: number;
  /** The entry file of worker threads; thread.ts by default. */
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
