/**
 * The operations of a driver other than sending: here those on chats, contacts and groups, in operations/ the others.
 *
 * For all of them: an operation needs a connected session, unless its comment states otherwise. It must refuse only
 * what the network would refuse, must not queue, must not retry, and fails with a DriverError only: `not_connected` or
 * `not_sent` (nothing was changed), `unknown` (it may have been), `rejected` (it was refused; `failure` gives the
 * reason where it is a known one). A request that can never succeed must be `rejected`, with the same failure from every
 * driver: `number_not_on_whatsapp` for a person, `not_group_member` for a group that the account is not in, or else
 * `group_admin_only` where only its admins may do it. Reading must change nothing. Chat ids are `…@c.us`, `…@lid` or
 * `…@g.us`; times are in Unix ms. An empty list of ids is answered with an empty list. A person may be given by any
 * number that leads to their account: the driver must ask the network for the id that it uses. In a list of participants
 * a person can occur several times, also under different ids: the change is made once, and each item has its result.
 */
import type { Address } from "../contracts/address.ts";
import type { ParticipantResult } from "../contracts/participants.ts";
import type { ChatInfo, ContactInfo, GroupInfo, InviteInfo } from "./events.ts";
import type { AccountOperations } from "./operations/account.ts";
import type { CatalogOperations } from "./operations/catalog.ts";
import type { ChannelOperations } from "./operations/channels.ts";
import type { StatusOperations } from "./operations/statuses.ts";
import type { CommunityOperations } from "./operations/communities.ts";
import type { MessageOperations } from "./operations/messages.ts";
import type { LabelOperations } from "./operations/labels.ts";

export interface Picture {
  readonly mimetype: string;
  readonly base64: string;
}

export interface Operations
  extends
    AccountOperations,
    CatalogOperations,
    ChannelOperations,
    CommunityOperations,
    MessageOperations,
    LabelOperations,
    StatusOperations {
  /** Shows the account as typing, recording or neither in the chat. Idempotent; the network lets it fade. */
  typing(input: { chatId: string; state: "typing" | "recording" | "paused" }): Promise<void>;

  /** Shows the account as online or not, and must keep it so across reconnections. Idempotent. */
  setPresence(input: { available: boolean }): Promise<void>;

  /** From now on `typing` and `presence` events are reported for these chats, across reconnections too. Idempotent. */
  subscribePresence(input: { chatIds: readonly string[] }): Promise<void>;

  /** Whether a person is online. One whose presence is hidden counts as offline, with `lastSeen` null. */
  getPresence(input: { chatId: string }): Promise<{ online: boolean; lastSeen: number | null }>;

  /**
   * Sends read receipts for all unread messages of the chat and clears its unread mark. Idempotent. Rejected with
   * `target_not_found` for a chat that is not in the account's list.
   */
  markRead(input: { chatId: string }): Promise<void>;

  /**
   * Which numbers are on WhatsApp; one result for each id, in the same order. Must fail with `unknown` rather than
   * report a number as missing when the network gave no answer.
   */
  checkNumbers(input: {
    chatIds: readonly string[];
  }): Promise<readonly { chatId: string; exists: boolean; address: Address | null }[]>;

  /**
   * A picture of the driver's screen. Needs no connected session, because it shows why a session is not connected.
   * `failure`: the one that was kept when the session last failed to start.
   */
  screenshot(input: { readonly of: "now" | "failure" }): Promise<Picture>;

  /** The account's chats, the latest first, at most `limit`. */
  listChats(input: { limit: number }): Promise<readonly ChatInfo[]>;

  /**
   * Changes a chat in the account's list; `unread` marks it. Idempotent: a chat that is already in that state is not an
   * error. `clear` and `delete` cannot be undone. Rejected with `target_not_found` for a chat that is not in the list.
   */
  changeChat(input: {
    chatId: string;
    change: "unread" | "archive" | "unarchive" | "pin" | "unpin" | "mute" | "unmute" | "clear" | "delete";
  }): Promise<void>;

  /**
   * Stars or unstars a message. Idempotent. Rejected with `target_not_found` for a key that the account does not have.
   */
  star(input: { key: string; star: boolean }): Promise<void>;

  /** The account's contacts, at most `limit`, without the account itself. */
  listContacts(input: { limit: number }): Promise<readonly ContactInfo[]>;

  /** One contact; null when it is not known. */
  getContact(input: { chatId: string }): Promise<ContactInfo | null>;

  /** The text that a person wrote about themselves; null when there is none, or it is hidden. */
  getAbout(input: { chatId: string }): Promise<{ about: string | null }>;

  /** Where the picture of a person or group can be fetched; null when there is none, or it is hidden. */
  getPicture(input: { chatId: string }): Promise<{ url: string | null }>;

  /** Blocks or unblocks a person. Idempotent. */
  block(input: { chatId: string; blocked: boolean }): Promise<void>;

  /** The ids of everyone who is blocked. */
  listBlocked(input: Record<string, never>): Promise<readonly string[]>;

  /**
   * Creates a group. NOT idempotent: after `unknown` there may be a group. Participants who cannot be added are
   * reported in `results` and must not keep the group from being created.
   */
  createGroup(input: {
    name: string;
    participants: readonly string[];
  }): Promise<{ group: GroupInfo; results: readonly ParticipantResult[] }>;

  /** The groups that the account is in. */
  listGroups(input: Record<string, never>): Promise<readonly GroupInfo[]>;

  /** One group; null when the account is not in it. */
  getGroup(input: { groupId: string }): Promise<GroupInfo | null>;

  /**
   * Changes participants; one result for each, in the same order. Idempotent in effect: a participant who is already in
   * that state has `ok: false` and a reason. Rejected with `group_admin_only` as a whole when the account is not an
   * admin.
   */
  changeParticipants(input: {
    groupId: string;
    action: "add" | "remove" | "promote" | "demote";
    participants: readonly string[];
  }): Promise<readonly ParticipantResult[]>;

  /**
   * Sets the given properties, leaves the others, and returns the group with them. Idempotent. Several properties are
   * not changed atomically: after a failure some may have been set.
   */
  updateGroup(input: {
    groupId: string;
    name?: string;
    description?: string;
    announce?: boolean;
    locked?: boolean;
    joinApproval?: boolean;
    memberAdd?: boolean;
    disappearAfter?: number;
  }): Promise<GroupInfo>;

  /** Leaves the group. Rejected when the account is not in it. */
  leaveGroup(input: { groupId: string }): Promise<void>;

  /** The group's invite code. `revoke` replaces it first, so that the old one is void; that is not idempotent. */
  getInvite(input: { groupId: string; revoke: boolean }): Promise<{ code: string }>;

  /** What a group's invite code leads to. A void code is rejected: `target_not_found`. */
  getInviteInfo(input: { code: string }): Promise<InviteInfo>;

  /** Joins by an invite code, or requests to join where admins approve. A void code is rejected: `target_not_found`. */
  joinGroup(input: { code: string }): Promise<{ groupId: string }>;

  /** The pending requests to join. Rejected with `group_admin_only` when the account is not an admin. */
  listJoinRequests(input: { groupId: string }): Promise<readonly { address: Address; at: number | null }[]>;

  /** Approves or refuses requests to join; one result for each participant, in the same order. */
  answerJoinRequests(input: {
    groupId: string;
    participants: readonly string[];
    approve: boolean;
  }): Promise<readonly ParticipantResult[]>;
}
export type OperationName = keyof Operations;
export type OperationInput<N extends OperationName> = Parameters<Operations[N]>[0];
export type OperationOutput<N extends OperationName> = Awaited<ReturnType<Operations[N]>>;
export type Operation<N extends OperationName> = (input: OperationInput<N>) => Promise<OperationOutput<N>>;
