/**
 * The driver contract: what a way of speaking to a WhatsApp network must do, and must not do.
 * Everything that passes is plain data, because the actor above may live in another thread.
 */
import type { Address } from "../contracts/address.ts";
import type { SandboxEndpoint } from "../contracts/sandbox-wire.ts";
import type { SessionReason } from "../contracts/states.ts";
import type { InboundMessage, OutboundMessage, SendReceipt } from "../contracts/transport.ts";

export type { SandboxEndpoint };

export interface DriverOptions {
  readonly sessionId: string;
  /** The session's own directory, mode 0700, owned by the driver while it runs. What must outlive a restart goes here. */
  readonly profileDir: string;
  /** null speaks to the real network. */
  readonly sandbox: SandboxEndpoint | null;
  /** Shown in the phone's list of linked devices. */
  readonly deviceName: string;
  /** E.164 without +: ask for a pairing code for this phone instead of showing a QR code. */
  readonly pairingPhone: string | null;
  /** Needed by the browser driver only. */
  readonly chromium: { readonly path: string; readonly noSandbox: boolean; readonly webVersion: string | null } | null;
}

/** What the driver sees of the link; the actor derives the session's state from it. */
export type LinkState =
  | "starting"
  | "qr"
  | "pairing"
  | "syncing"
  | "connected"
  | "degraded"
  | "reconnecting"
  | "logged_out"
  | "closed"
  | "failed";

/** Facts behind a state, for people to judge: such as `{ socket: "CONNECTED", stream: "MAIN", browser: "up" }`. */
export type Evidence = Readonly<Record<string, string | number | boolean | null>>;

export interface Me extends Address {
  readonly name: string | null;
}

/** A chat as the account's list has it. Times in Unix ms; null for what is unknown. */
export interface ChatInfo {
  readonly chat: Address;
  readonly name: string | null;
  readonly unread: number;
  readonly lastAt: number | null;
  readonly archived: boolean;
  readonly pinned: boolean;
  /** null for a chat that is not muted. */
  readonly mutedUntil: number | null;
}

export interface ContactInfo {
  readonly address: Address;
  /** As the phone's address book has it. */
  readonly name: string | null;
  /** As the person calls themselves. */
  readonly pushName: string | null;
  readonly isBusiness: boolean;
}

export interface GroupInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly owner: Address | null;
  readonly createdAt: number | null;
  readonly participants: readonly { readonly address: Address; readonly admin: boolean }[];
  /** Only admins may send. */
  readonly announce: boolean;
  /** Only admins may change the group's data. */
  readonly locked: boolean;
}

export interface ParticipantResult {
  readonly participant: string;
  readonly ok: boolean;
  readonly reason: string | null;
}

/** What the driver tells. The sink's promise settles when the fact is stored; a driver must not acknowledge an inbound message to the network before. */
export type DriverEvent =
  | {
      readonly type: "state";
      readonly state: LinkState;
      readonly reason: SessionReason | null;
      readonly evidence: Evidence;
      readonly me?: Me;
    }
  | { readonly type: "qr"; readonly text: string; readonly attempt: number; readonly expiresAt: number }
  | { readonly type: "pairing_code"; readonly code: string; readonly expiresAt: number }
  | { readonly type: "message"; readonly message: InboundMessage }
  | {
      readonly type: "ack";
      readonly waId: string;
      readonly ack: number;
      readonly at: number;
      readonly by: string | null;
    }
  | {
      readonly type: "edited";
      readonly key: string;
      readonly chat: Address;
      readonly text: string;
      readonly at: number;
    }
  | {
      readonly type: "revoked";
      readonly key: string;
      readonly chat: Address;
      readonly by: Address | null;
      readonly at: number;
    }
  | {
      readonly type: "reaction";
      readonly key: string;
      readonly target: string;
      readonly chat: Address;
      readonly from: Address;
      readonly emoji: string;
      readonly at: number;
    }
  | {
      readonly type: "poll_vote";
      readonly target: string;
      readonly chat: Address;
      readonly from: Address;
      readonly options: readonly string[];
      readonly at: number;
    }
  | {
      readonly type: "typing";
      readonly chat: Address;
      readonly from: Address;
      readonly state: "typing" | "recording" | "paused";
    }
  | { readonly type: "presence"; readonly who: Address; readonly online: boolean; readonly lastSeen: number | null }
  | { readonly type: "group"; readonly change: "created" | "updated"; readonly group: GroupInfo }
  | {
      readonly type: "participants";
      readonly groupId: string;
      readonly action: "add" | "remove" | "promote" | "demote" | "leave";
      readonly who: readonly Address[];
      readonly by: Address | null;
    }
  | {
      readonly type: "call";
      readonly id: string;
      readonly from: Address;
      readonly video: boolean;
      readonly at: number;
    }
  | { readonly type: "chat"; readonly chat: ChatInfo }
  | { readonly type: "contact"; readonly contact: ContactInfo; readonly blocked: boolean | null };

export type DriverSink = (event: DriverEvent) => Promise<void>;

/** The live operations beside sending. A driver implements what it can; what it lacks is declared in its gap table. */
export interface Operations {
  typing(input: { chatId: string; state: "typing" | "recording" | "paused" }): Promise<void>;
  /** Sets the own availability. */
  setPresence(input: { available: boolean }): Promise<void>;
  subscribePresence(input: { chatIds: readonly string[] }): Promise<void>;
  getPresence(input: { chatId: string }): Promise<{ online: boolean; lastSeen: number | null }>;
  markRead(input: { chatId: string }): Promise<void>;
  checkNumbers(input: {
    chatIds: readonly string[];
  }): Promise<readonly { chatId: string; exists: boolean; address: Address | null }[]>;
  screenshot(input: Record<string, never>): Promise<{ png: Uint8Array<ArrayBuffer> }>;
  listChats(input: { limit: number }): Promise<readonly ChatInfo[]>;
  changeChat(input: {
    chatId: string;
    change: "unread" | "archive" | "unarchive" | "pin" | "unpin" | "mute" | "unmute" | "clear" | "delete";
  }): Promise<void>;
  star(input: { key: string; star: boolean }): Promise<void>;
  listContacts(input: { limit: number }): Promise<readonly ContactInfo[]>;
  getContact(input: { chatId: string }): Promise<ContactInfo | null>;
  getAbout(input: { chatId: string }): Promise<{ about: string | null }>;
  getPicture(input: { chatId: string }): Promise<{ url: string | null }>;
  block(input: { chatId: string; blocked: boolean }): Promise<void>;
  listBlocked(input: Record<string, never>): Promise<readonly string[]>;
  createGroup(input: {
    name: string;
    participants: readonly string[];
  }): Promise<{ group: GroupInfo; results: readonly ParticipantResult[] }>;
  listGroups(input: Record<string, never>): Promise<readonly GroupInfo[]>;
  getGroup(input: { groupId: string }): Promise<GroupInfo | null>;
  changeParticipants(input: {
    groupId: string;
    action: "add" | "remove" | "promote" | "demote";
    participants: readonly string[];
  }): Promise<readonly ParticipantResult[]>;
  updateGroup(input: {
    groupId: string;
    name?: string;
    description?: string;
    announce?: boolean;
    locked?: boolean;
  }): Promise<GroupInfo>;
  leaveGroup(input: { groupId: string }): Promise<void>;
  getInvite(input: { groupId: string; revoke: boolean }): Promise<{ code: string }>;
  joinGroup(input: { code: string }): Promise<{ groupId: string }>;
  listJoinRequests(input: { groupId: string }): Promise<readonly { address: Address; at: number | null }[]>;
  answerJoinRequests(input: {
    groupId: string;
    participants: readonly string[];
    approve: boolean;
  }): Promise<readonly ParticipantResult[]>;
}
export type OperationName = keyof Operations;
export type OperationInput<N extends OperationName> = Parameters<Operations[N]>[0];
export type OperationOutput<N extends OperationName> = Awaited<ReturnType<Operations[N]>>;

export interface Driver {
  /** What it can do beside sending; absent means it is declared as a gap. */
  readonly operations: Partial<Operations>;

  /**
   * Opens the link and returns as soon as it is under way (not when it is connected). Must not throw for a state of the
   * network: it reports one. Throws only when it cannot run at all (no browser, profile in use).
   */
  start(): Promise<void>;

  /** Closes the link and keeps the pairing, so that the next start needs no QR code. Idempotent; settles when nothing of it runs any more. */
  stop(): Promise<void>;

  /** Removes this device from the account; the profile is of no use afterwards. */
  logout(): Promise<void>;

  /**
   * Sends and resolves on the server's acknowledgement. Must not be called again for an id whose outcome is unknown
   * before `find` has said that the network does not know it. Fails with a DriverError only.
   */
  send(message: OutboundMessage): Promise<SendReceipt>;

  /** Looks a sent message up by its id, in what the network or the own store knows. null: the network has never seen it. */
  find(message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null>;
}

/** Makes a driver; it must do nothing before `start`. */
export type DriverFactory = (options: DriverOptions, sink: DriverSink) => Driver;
