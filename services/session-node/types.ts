/** The types of the session node service's `this`. */
import type { Service, ServiceSettingSchema } from "moleculer";
import type { ClusterWatch } from "../../actors/cluster-watch.ts";
import type { RecyclingLimits } from "../../actors/recycling.ts";
import type { SessionNode } from "../../actors/session-node.ts";
import type { Poller } from "../../concurrency/poller.ts";
import type { SecretsLocals } from "../../mixins/secrets.ts";
import type { DatabaseLocals } from "../../mixins/database.mixin.ts";

export interface SessionNodeLocals extends DatabaseLocals, SecretsLocals {
  /** Replaced by a new one after its lease was lost. */
  node: SessionNode;
  poller: Poller;
  recycler: Poller;
  /** Undefined in a process whose cluster service watches. */
  watch: ClusterWatch | undefined;
  isStopping: boolean;
  /** The last message about unwritten states named some. */
  hasUnwritten: boolean;
  showing: NodeJS.Timeout;
  showUnwritten(): void;
  recycleBrowsers(): Promise<void>;
  createNode(): SessionNode;
  comeBack(reason: string): Promise<void>;
}

/** Replaced by tests that cannot wait. */
export interface SessionNodeSettings extends ServiceSettingSchema {
  recycling?: Partial<RecyclingLimits> & { readonly interval?: number };
}

export type SessionNodeService = Service<SessionNodeSettings> & SessionNodeLocals;
