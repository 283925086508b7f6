/**
 * The driver contract: the obligations of a connection to a WhatsApp network. The events are in events.ts, the
 * operations in operations.ts, the capabilities in capabilities.ts. Everything that is passed is plain data, because
 * the actor above may live in another thread.
 */
import type { DriverUsage } from "../contracts/node-status.ts";
import type { SandboxEndpoint } from "../contracts/sandbox-wire.ts";
import type { SessionReason } from "../contracts/states.ts";
import type { OutboundMessage, SendReceipt } from "../contracts/transport.ts";
import type { Capabilities } from "./capabilities.ts";
import type { DriverSink } from "./events.ts";
import type { Operations, Picture } from "./operations.ts";

export type { SandboxEndpoint };
export type * from "./events.ts";
export type * from "./operations.ts";

export type DriverName = "browser" | "light";

/** A driver's own part of the configuration. Only the driver knows its keys; it must check them. */
export type DriverSettings = Readonly<Record<string, string | number | boolean | null>>;

/**
 * A session's log: the session's id is added above. `message` is constant, `details` plain data without message texts.
 */
export type DriverLog = (
  level: "debug" | "info" | "warn" | "error",
  message: string,
  details: Record<string, unknown>,
) => void;

export interface DriverOptions {
  readonly sessionId: string;
  /**
   * The session's own directory, mode 0700, owned by the driver from `start` to the end of `stop`. What must outlive a
   * restart goes here, and nowhere else.
   */
  readonly profileDir: string;
  /** null connects to the real network. */
  readonly sandbox: SandboxEndpoint | null;
  /** Encrypts copies of the session's login: 32 bytes in base64url, the session's own. */
  readonly snapshotKey: string;
  /** What is stored of the session, for a driver that has lost its own memory of it. */
  readonly stored: StoredHistory;
  /** Shown in the phone's list of linked devices. */
  readonly deviceName: string;
  /** E.164 without +: request a pairing code for this phone instead of showing a QR code. */
  readonly pairingPhone: string | null;
  /** Media of inbound messages are not downloaded. */
  readonly rejectMedia: boolean;
  /** Such as `pt-BR`; null for the system's. */
  readonly language: string | null;
  /** An HTTP proxy that works, at a numeric address; null for a direct connection. */
  readonly proxy: { readonly url: string; readonly username: string | null; readonly password: string | null } | null;
  readonly settings: DriverSettings;
  /** The run of the session, for people who find its traces: the node, and the epoch. */
  readonly holder: string;
}

export interface StoredHistory {
  /** An account is linked. */
  readonly isLinked: boolean;
  /** Unix ms: nothing from before this belongs to the session. */
  readonly since: number;
  /** Unix ms of the latest message from others that is stored; null for none. */
  readonly until: number | null;
}

/** A driver cannot run, and trying again does not help: a person has to change something on this node first. */
export interface PreflightFailure {
  readonly reason: SessionReason;
  /** How to solve it, for people to read. */
  readonly help: string;
}

/** Thrown by `start` for a failure that `preflight` would have reported. */
export class DriverStartError extends Error {
  override readonly name = "DriverStartError";
  readonly reason: SessionReason;

  constructor({ reason, help }: PreflightFailure) {
    super(help);
    this.reason = reason;
  }
}

/**
 * The one export of a driver. Importing it must be cheap and without side effects: a node's main thread imports it only
 * for its limits, `preflight` and `usage`, while the sessions run in worker threads.
 */
export interface DriverModule {
  readonly name: DriverName;
  readonly capabilities: Capabilities;
  /** How many sessions of a node may be starting at the same time; Infinity where a start costs next to nothing. */
  readonly maxParallelStarts: number;

  /**
   * Whether the driver can run on this node with these settings; null when it can. Must not start anything. Never
   * rejects.
   */
  preflight(settings: DriverSettings): Promise<PreflightFailure | null>;

  /**
   * The resources that the driver's sessions on the profiles in this directory use; null where there is nothing worth
   * measuring, or it cannot be measured. Never rejects.
   */
  usage(profilesDir: string): Promise<DriverUsage | null>;

  /** The picture that was kept when a session on the profile last failed to start; null when there is none. */
  keptScreenshot(profileDir: string): Promise<Picture | null>;

  /** Kills every process on this machine that a driver has started on the profile. Rejects when one does not end. */
  kill(profileDir: string): Promise<void>;

  /** Makes a driver for one session. Must do nothing before `start`, and must install no handlers on the process. */
  create(options: DriverOptions, sink: DriverSink, log: DriverLog): Driver;
}

export interface Driver {
  /** Exactly the operations that the module's capabilities declare. */
  readonly operations: Partial<Operations>;

  /**
   * Begins to connect and returns as soon as that is under way (not when it is connected). Must not reject for a state
   * of the network: it reports one. Rejects only when it cannot run at all: with DriverStartError when a person has to
   * act.
   */
  start(): Promise<void>;

  /**
   * Ends the connection and keeps the link to the account, so that the next start needs no QR code. Idempotent, also
   * before and during `start`. Resolves when the driver has stopped completely; no event may follow.
   */
  stop(): Promise<void>;

  /**
   * The node's lease was renewed: the driver may act for the account during the next `trustedFor` ms. Absent in drivers
   * that cannot outlive a node that hangs. The others must end the connection by themselves when the time is over, also
   * while this process hangs, and must come back only by a new `start`. Without a first call there is no limit.
   */
  renewed?(trustedFor: number): void;

  /**
   * Removes this device from the account and stops; the profile is useless afterwards. Rejects with a DriverError
   * when the device is still linked, or may be. A device that was never linked has nothing to remove.
   */
  logout(): Promise<void>;

  /**
   * Sends, and resolves on the server's acknowledgement. Must send under the message's id, and must not create a second
   * message under an id that the network has seen. After `unknown` it must not be called again for the same id before
   * `find` has returned null. Rejects with a DriverError only.
   */
  send(message: OutboundMessage): Promise<SendReceipt>;

  /**
   * Looks a sent message up by its id, in the network or in the driver's own store. null: the network has never seen
   * it, so it may be sent. Must reject with `unknown` when that cannot be decided. Changes nothing.
   */
  find(message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null>;
}
