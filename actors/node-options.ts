/** The options of a session node. */
import type { Id } from "../contracts/ids.ts";
import type { LeaseTimes } from "../contracts/lease-times.ts";
import type { ActorLog } from "../contracts/log.ts";
import type { Database } from "../db/database.ts";
import type { NodeFacts } from "../db/statements/sessions/nodes.ts";
import type { DriverName, DriverOptions, DriverSettings, SandboxEndpoint } from "../drivers/driver.ts";
import type { NodeEventListener } from "./node-events.ts";

/** The proxy in a session's settings. */
export interface SealedProxy {
  readonly sessionId: string;
  readonly tenantId: Id<"tenant">;
  readonly url: string;
  readonly username: string | null;
  readonly sealedPassword: string | null;
}

/** A call to a session whose settings reject calls. */
export interface RejectedCall {
  readonly sessionId: string;
  readonly tenantId: Id<"tenant">;
  readonly callId: string;
  /** The chat id of who calls. */
  readonly from: string;
  /** The answer; null for none. */
  readonly message: string | null;
}

export interface SessionNodeOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** Name of the node's own directory in the data directory; nodes that share a data directory need different names. */
  readonly directoryName: string;
  /** What the node is and has; its `nodeId` is the Moleculer node that answers calls for the sessions placed here. */
  readonly facts: NodeFacts;
  readonly lease: LeaseTimes;
  /** Worker threads for actors; 0 runs them in the main thread. */
  readonly threads: number;
  /** The entry file of worker threads; thread.ts by default. */
  readonly threadEntry?: URL;
  /** Each driver's own part of the configuration. */
  readonly driverSettings: Readonly<Record<DriverName, DriverSettings>>;
  /** The address of the sandbox's server; null when it does not run. */
  readonly findSandbox: () => Promise<SandboxEndpoint | null>;
  /**
   * A session's proxy, after it has let a connection to WhatsApp through; its name is resolved. Rejects with an error
   * that says what is wrong with it.
   */
  readonly openProxy: (proxy: SealedProxy) => Promise<DriverOptions["proxy"]>;
  /** Encrypts copies of the session's login: 32 bytes in base64url. */
  readonly snapshotKey: (sessionId: string) => string;
  /** Called with each call to a session whose settings reject calls, after it was recorded. It must not throw. */
  readonly onRejectedCall: (call: RejectedCall) => void;
  /** Called after events were committed. */
  readonly announce: () => void;
  /** Called after sessions were released: other nodes can claim them. */
  readonly onReleased: () => void;
  readonly log: ActorLog;
  readonly onEvent: NodeEventListener;
  /** The lease is lost: everything that runs here must end at once, see `kill`. */
  readonly onFenced: (reason: string) => void;
}
