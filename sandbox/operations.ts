/** The operations that a linked device, or the phone itself, can request of the network: one function for each. */
import { ACK } from "../contracts/states.ts";
import type { WireChatChange, WireOperationName, WireOperations } from "../contracts/sandbox-wire.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { Blocks } from "./blocks.ts";
import type { Chats } from "./chats.ts";
import type { Copies } from "./copies.ts";
import type { Delivery } from "./delivery.ts";
import type { Groups } from "./groups.ts";
import type { Hub } from "./hub.ts";
import type { Invites } from "./invites.ts";
import type { MessageRow, Messages } from "./messages.ts";
import type { Presence } from "./presence.ts";
import type { Receipts } from "./receipts.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";
import { OPERATION_INPUTS } from "./wire-schemas.ts";
import { explainMismatch } from "../contracts/validation-messages.ts";

interface Parts {
  readonly accounts: Accounts;
  readonly blocks: Blocks;
  readonly chats: Chats;
  readonly copies: Copies;
  readonly delivery: Delivery;
  readonly groups: Groups;
  readonly hub: Hub;
  readonly invites: Invites;
  readonly messages: Messages;
  readonly presence: Presence;
  readonly receipts: Receipts;
  readonly store: Store;
}

/** Who makes the request: the account and its device (null for the phone itself). */
export interface Caller {
  readonly account: Account;
  readonly device: number | null;
}

/** Operations on the account; pairing and logging out are operations on the connection. */
export type AccountOperation = Exclude<WireOperationName, "pairingCode" | "logout">;
export type Operations = {
  readonly [N in AccountOperation]: (caller: Caller, input: WireOperations[N][0]) => WireOperations[N][1];
};

const CONTACT_LIMIT = 5000;
const ABOUT = "Hey there! I am using WhatsApp.";

/** Validates the input of a request and runs it; throws a Refusal. Must be called inside a transaction. */
export function perform<N extends AccountOperation>(
  parts: Pick<Parts, "accounts"> & { operations: Operations },
  op: N,
  caller: { account: string; device: number | null },
  input: unknown,
) {
  const parsed = OPERATION_INPUTS[op].safeParse(input);
  if (!parsed.success) throw new Refusal("invalid", explainMismatch(OPERATION_INPUTS[op], input).slice(0, 500));
  return parts.operations[op]({ account: parts.accounts.get(caller.account), device: caller.device }, parsed.data);
}

export function createOperations(parts: Parts): Operations {
  return { ...messaging(parts), ...people(parts), ...presenceOf(parts), ...chatsOf(parts), ...groupsOf(parts) };
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

function people({ accounts, blocks, groups, hub, store }: Parts) {
  return {
    checkNumbers: ({ account }, { ids }) =>
      ids.map((id) => {
        const found = accounts.find(account.tenant, id);
        return { id: found?.id ?? id, exists: found !== undefined, lid: found?.lid ?? null };
      }),
    profile: ({ account }, { id }) => {
      if (id.endsWith("@g.us")) return { name: groups.nameOf(account, id), about: null, picture: null };
      return { name: accounts.require(account.tenant, id).name, about: ABOUT, picture: null };
    },
    contacts: ({ account }) =>
      accounts.contactsOf(account, CONTACT_LIMIT).map(({ id, lid, name }) => ({ id, lid, name })),
    block: ({ account }, { id, blocked }) => {
      const other = accounts.require(account.tenant, id);
      if (other.id === account.id) throw new Refusal("refused", "an account cannot block itself");
      if (blocks.has(account.id, other.id) === blocked) return {};
      blocks.set(account.id, other.id, blocked);
      const contact = { id: other.id, lid: other.lid, name: other.name };
      store.afterCommit(() => hub.sendLive(account.id, { type: "contact", contact, blocked }));
      return {};
    },
    blocklist: ({ account }) => blocks.of(account.id),
  } satisfies Partial<Operations>;
}

function presenceOf({ accounts, blocks, delivery, presence }: Parts) {
  const isHidden = (viewer: Account, other: Account): boolean => blocks.has(other.id, viewer.id);
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
      if (isHidden(account, other)) return { online: false, lastSeen: null };
      return { online: presence.isAvailable(other.id), lastSeen: other.last_seen };
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
      announceChange(account, chat, input.change, () => chats.change(account, chat, input.change));
      return {};
    },
  } satisfies Partial<Operations>;
}

function groupsOf({ groups, invites }: Parts) {
  return {
    createGroup: ({ account }, { name, participants }) => groups.create(account, name, participants),
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
