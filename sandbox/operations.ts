/** The operations that a linked device, or the phone itself, can request of the network: one function for each. */
import { ACK } from "../contracts/states.ts";
import type { WireChatChange, WireOperationName, WireOperations } from "../contracts/sandbox-wire.ts";
import { explainMismatch } from "../contracts/validation-messages.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Addresses } from "./addresses.ts";
import type { AddressBook } from "./address-book.ts";
import type { Announcements } from "./announcements.ts";
import type { Blocks } from "./blocks.ts";
import { businessOperations } from "./business-operations.ts";
import { channelOperations } from "./channel-operations.ts";
import type { Chats } from "./chats.ts";
import type { Copies } from "./copies.ts";
import type { Delivery } from "./delivery.ts";
import type { Groups } from "./groups.ts";
import type { Hub } from "./hub.ts";
import type { Invites } from "./invites.ts";
import type { MessageRow, Messages } from "./messages.ts";
import { peopleOperations } from "./people-operations.ts";
import type { Presence } from "./presence.ts";
import type { Privacy } from "./privacy.ts";
import type { Receipts } from "./receipts.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";
import { OPERATION_INPUTS } from "./wire-schemas.ts";

interface OwnParts {
  readonly accounts: Accounts;
  readonly addresses: Addresses;
  readonly announcements: Announcements;
  readonly blocks: Blocks;
  readonly book: AddressBook;
  readonly chats: Chats;
  readonly copies: Copies;
  readonly delivery: Delivery;
  readonly groups: Groups;
  readonly hub: Hub;
  readonly invites: Invites;
  readonly messages: Messages;
  readonly presence: Presence;
  readonly privacy: Privacy;
  readonly receipts: Receipts;
  readonly store: Store;
}

type Parts = OwnParts &
  Parameters<typeof peopleOperations>[0] &
  Parameters<typeof channelOperations>[0] &
  Parameters<typeof businessOperations>[0];

/** Who makes the request: the account and its device (null for the phone itself). */
export interface Caller {
  readonly account: Account;
  readonly device: number | null;
}

/** Operations on the account; pairing and logging out are operations on the connection. */
export type AccountOperation = Exclude<WireOperationName, "pairingCode" | "logout">;
export type Operations = OperationsOf<Pick<WireOperations, AccountOperation>>;

/** One function for each of the requests `R`. */
export type OperationsOf<R> = {
  readonly [N in keyof R]: R[N] extends [infer Input, infer Output] ? (caller: Caller, input: Input) => Output : never;
};

/** Validates the input of a request and runs it; throws a Refusal. Must be called inside a transaction. */
export function perform<N extends AccountOperation>(
  parts: Pick<Parts, "accounts" | "addresses"> & { operations: Operations },
  op: N,
  caller: { account: string; device: number | null },
  input: unknown,
) {
  const parsed = OPERATION_INPUTS[op].safeParse(input);
  if (!parsed.success) throw new Refusal("invalid", explainMismatch(OPERATION_INPUTS[op], input).slice(0, 500));
  const operation = parts.operations[op] as (caller: Caller, input: WireOperations[N][0]) => WireOperations[N][1];
  const account = parts.accounts.get(caller.account);
  return operation({ account, device: caller.device }, parts.addresses.stored(account.tenant, parsed.data));
}

export function createOperations(parts: Parts): Operations {
  return {
    ...messaging(parts),
    ...people(parts),
    ...presenceOf(parts),
    ...chatsOf(parts),
    ...groupsOf(parts),
    ...peopleOperations(parts),
    ...channelOperations(parts),
    ...businessOperations(parts),
  };
}

/** Finds a message that the account has a copy of. */
function findVisible(parts: Parts, account: Account, from: string, id: string): MessageRow | undefined {
  const row = parts.messages.find(parts.accounts.find(account.tenant, from)?.id ?? from, id);
  return row !== undefined && parts.copies.find(row.n, account.id) !== undefined ? row : undefined;
}

function messaging(parts: Parts) {
  const { messages, copies, delivery } = parts;
  return {
    ping: () => ({}),
    send: ({ account, device }, input) => delivery.send(account, device, input),
    find: ({ account }, { id }) => {
      const row = messages.find(account.id, id);
      const copy = row === undefined ? undefined : copies.find(row.n, account.id);
      return row === undefined || copy === undefined ? null : { ack: copy.ack, to: row.chat, at: row.at };
    },
    message: ({ account }, { from, id }) => {
      const row = findVisible(parts, account, from, id);
      if (row === undefined || row.revoked === 1) return null;
      return { ...messages.read(row.n, false), ...(row.edited_text === null ? {} : { text: row.edited_text }) };
    },
    history: ({ account }, { chat, since, limit }) =>
      copies.history(account.id, chat, since, limit).map((copy) => messages.read(copy.message, false)),
    getMedia: ({ account }, { from, id }) => {
      const row = findVisible(parts, account, from, id);
      return row === undefined ? null : messages.mediaOf(row);
    },
    star: ({ account }, { from, id, starred }) => {
      const row = findVisible(parts, account, from, id);
      if (row === undefined) throw new Refusal("target_not_found", `message ${id} of ${from} does not exist`);
      copies.star(row.n, account.id, starred);
      return {};
    },
  } satisfies Partial<Operations>;
}

function people({ accounts, announcements, blocks, book }: Parts) {
  return {
    checkNumbers: ({ account }, { ids }) =>
      ids.map((id) => {
        const found = accounts.find(account.tenant, id);
        const exists = found !== undefined;
        return { id: found?.id ?? id, exists, lid: found?.lid ?? null, business: found?.business === 1 };
      }),
    contacts: ({ account }) => book.entries(account),
    block: ({ account }, { id, blocked }) => {
      const other = accounts.require(account.tenant, id);
      if (other.id === account.id) throw new Refusal("refused", "an account cannot block itself");
      if (blocks.has(account.id, other.id) === blocked) return {};
      blocks.set(account.id, other.id, blocked);
      announcements.contact(account.id, other);
      return {};
    },
    blocklist: ({ account }) => blocks.of(account.id),
  } satisfies Partial<Operations>;
}

function presenceOf({ accounts, blocks, delivery, presence, privacy }: Parts) {
  const isHidden = (viewer: Account, other: Account): boolean =>
    blocks.has(other.id, viewer.id) || !privacy.allows(other.id, viewer.id, "online");
  return {
    typing: ({ account }, { chat, state }) => {
      const audience = delivery.audienceOf(account, chat);
      const isGroup = audience.chat.endsWith("@g.us");
      const readers = audience.receivers.map((receiver) => receiver.id);
      presence.type(account.id, readers, isGroup ? audience.chat : account.id, state);
      return {};
    },
    setPresence: ({ account, device }, { available }) => {
      presence.setAvailable(account.id, device ?? 0, available);
      return {};
    },
    subscribePresence: ({ account, device }, { who }) => {
      const known = who.map((id) => accounts.find(account.tenant, id)).filter((other) => other !== undefined);
      const shown = known.filter((other) => !isHidden(account, other)).map((other) => other.id);
      if (device !== null) presence.subscribe(device, shown);
      return {};
    },
    getPresence: ({ account }, { who }) => {
      const other = accounts.require(account.tenant, who);
      const isSeen = !blocks.has(other.id, account.id) && privacy.allows(other.id, account.id, "lastSeen");
      const online = !isHidden(account, other) && presence.isAvailable(other.id);
      return { online, lastSeen: isSeen ? other.last_seen : null };
    },
  } satisfies Partial<Operations>;
}

function chatsOf({ accounts, chats, copies, hub, receipts, store }: Parts) {
  /** The id of a chat in the account's list: those of people are stored under the number, whichever id was used. */
  const requireChat = (account: Account, chat: string): string => {
    const id = accounts.find(account.tenant, chat)?.id ?? chat;
    if (!chats.has(account, id)) throw new Refusal("target_not_found", `${account.id} has no chat ${chat}`);
    return id;
  };
  /** Applies a change and, if it has changed the chat, sends the chat to the account's devices. */
  const announceChange = (account: Account, id: string, change: WireChatChange | "read", apply: () => void): void => {
    const before = JSON.stringify(chats.get(account, id));
    apply();
    const chat = chats.get(account, id);
    if (JSON.stringify(chat) === before) return;
    store.afterCommit(() => hub.sendLive(account.id, { type: "chat", change, chat }));
  };
  return {
    markRead: ({ account }, input) => {
      const chat = requireChat(account, input.chat);
      announceChange(account, chat, "read", () => {
        receipts.acknowledge(account.id, copies.unread(account.id, chat, ACK.read), ACK.read);
        chats.change(account, chat, "read");
      });
      return {};
    },
    chats: ({ account }, { limit }) => chats.list(account, limit),
    changeChat: ({ account }, input) => {
      const chat = requireChat(account, input.chat);
      announceChange(account, chat, input.change, () => chats.change(account, chat, input.change, input.until));
      return {};
    },
  } satisfies Partial<Operations>;
}

function groupsOf({ groups, invites }: Parts) {
  return {
    createGroup: ({ account }, { name, participants, parent }) => groups.create(account, name, participants, parent),
    groups: ({ account }) => groups.of(account),
    changeParticipants: ({ account }, input) => groups.changeParticipants(account, input),
    updateGroup: ({ account }, { groupId, ...change }) => groups.update(account, groupId, change),
    leaveGroup: ({ account }, { groupId }) => {
      groups.leave(account, groupId);
      return {};
    },
    getInvite: ({ account }, { groupId, revoke }) => ({ code: invites.code(account, groupId, revoke) }),
    inviteInfo: ({ account }, { code }) => invites.info(account, code),
    joinGroup: ({ account }, { code }) => invites.join(account, code),
    joinRequests: ({ account }, { groupId }) => invites.requests(account, groupId),
    answerJoinRequests: ({ account }, input) => invites.answerRequests(account, input),
  } satisfies Partial<Operations>;
}
