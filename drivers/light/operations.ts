/**
 * The operations of the contract: each is a request to the sandbox. There is no `screenshot`, because there is no
 * screen.
 */
import type { WireMe, WireParticipantResult } from "../../contracts/sandbox-wire.ts";
import {
  failureOfStatus,
  participantResult,
  type ParticipantAction,
  type ParticipantResult,
} from "../../contracts/participants.ts";
import type { OperationName, Operations } from "../driver.ts";
import { requireKey } from "../target-key.ts";
import { accountOperations } from "./account-operations.ts";
import { labelOperations } from "./label-operations.ts";
import { catalogOperations } from "./catalog-operations.ts";
import { channelOperations } from "./channel-operations.ts";
import { statusOperations } from "./status-operations.ts";
import { communityOperations } from "./community-operations.ts";
import { messageOperations } from "./message-operations.ts";
import type { AddressBook } from "./address-book.ts";
import { toChatInfo, toContactInfo, toGroupInfo } from "./events.ts";
import { senderOf } from "./keys.ts";
import type { Request } from "./requests.ts";

export type LightOperations = Pick<Operations, (typeof OPERATION_NAMES)[number]>;

/** Restored after each reconnection: whose presence is subscribed to, and whether the account shows as online. */
export interface PresenceSettings {
  readonly watched: Set<string>;
  available: boolean | null;
}

/** The sandbox keeps no more subscriptions for a connection. */
const WATCH_LIMIT = 1000;

/** The results for the participants as passed: those of a person who is named several times are the first one's. */
function toResults(
  action: ParticipantAction,
  asked: readonly string[],
  results: readonly WireParticipantResult[],
): ParticipantResult[] {
  const codes = new Map(results.toReversed().map(({ id, code }) => [id, code]));
  return asked.map((participant, index) => {
    const code = codes.get(results[index]?.id ?? "");
    return participantResult(participant, code === undefined ? "no_answer" : failureOfStatus(action, code));
  });
}

/** All operations; declared separately, so that the capabilities need no connection. */
export const OPERATION_NAMES = [
  "typing",
  "setPresence",
  "subscribePresence",
  "getPresence",
  "markRead",
  "checkNumbers",
  "listChats",
  "changeChat",
  "star",
  "listContacts",
  "getContact",
  "getAbout",
  "getPicture",
  "block",
  "listBlocked",
  "createGroup",
  "listGroups",
  "getGroup",
  "changeParticipants",
  "updateGroup",
  "leaveGroup",
  "getInvite",
  "getInviteInfo",
  "joinGroup",
  "listJoinRequests",
  "answerJoinRequests",
  "getProfile",
  "setProfile",
  "setPicture",
  "getOwnBusinessProfile",
  "getBusinessProfile",
  "setBusinessProfile",
  "getPrivacy",
  "setPrivacy",
  "listDevices",
  "rejectCall",
  "saveContact",
  "removeContact",
  "listCommonGroups",
  "listChannels",
  "getChannel",
  "findChannels",
  "createChannel",
  "updateChannel",
  "deleteChannel",
  "followChannel",
  "muteChannel",
  "listChannelFollowers",
  "listStatuses",
  "viewStatus",
  "deleteStatus",
  "listStatusViewers",
  "createCommunity",
  "linkGroups",
  "deactivateCommunity",
  "pinMessage",
  "keepMessage",
  "setDisappearing",
  "listProducts",
  "createProduct",
  "updateProduct",
  "deleteProduct",
  "listCollections",
  "saveCollection",
  "deleteCollection",
  "readOrder",
  "listLabels",
  "saveLabel",
  "deleteLabel",
  "setChatLabels",
] as const satisfies readonly OperationName[];

export function createLightOperations(
  { request, people, presence }: { request: Request; people: AddressBook; presence: PresenceSettings },
  self: () => WireMe,
): LightOperations {
  return {
    ...presenceOperations(request, presence),
    ...chatOperations(request, people, self),
    ...contactOperations(request, people),
    ...groupOperations(request, people),
    ...inviteOperations(request, people),
    ...accountOperations(request, people, self),
    ...labelOperations(request, self),
    ...channelOperations(request),
    ...catalogOperations(request, self),
    ...messageOperations(request, self),
    ...communityOperations(request, people),
    ...statusOperations(request, people, self),
  };
}

function presenceOperations(request: Request, presence: PresenceSettings) {
  return {
    typing: async ({ chatId, state }) => {
      await request("typing", { chat: chatId, state });
    },
    setPresence: async ({ available }) => {
      await request("setPresence", { available });
      presence.available = available;
    },
    subscribePresence: async ({ chatIds }) => {
      await request("subscribePresence", { who: [...chatIds] });
      for (const chatId of chatIds) presence.watched.add(chatId);
      for (const oldest of presence.watched) {
        if (presence.watched.size <= WATCH_LIMIT) break;
        presence.watched.delete(oldest);
      }
    },
    getPresence: ({ chatId }) => request("getPresence", { who: chatId }),
  } satisfies Partial<LightOperations>;
}

function chatOperations(request: Request, people: AddressBook, self: () => WireMe) {
  return {
    markRead: async ({ chatId }) => {
      await request("markRead", { chat: chatId });
    },
    listChats: async ({ limit }) => {
      const chats = await request("chats", { limit });
      return chats.map((chat) => toChatInfo(chat, people));
    },
    changeChat: async ({ chatId, change }) => {
      await request("changeChat", { chat: chatId, change });
    },
    star: async ({ key, star }) => {
      const parsed = requireKey(key);
      await request("star", { from: senderOf(self(), parsed), id: parsed.id, starred: star });
    },
  } satisfies Partial<LightOperations>;
}

function contactOperations(request: Request, people: AddressBook) {
  return {
    checkNumbers: async ({ chatIds }) => {
      const checked = await request("checkNumbers", { ids: [...chatIds] });
      return checked.map(({ id, exists }, index) => ({
        chatId: chatIds[index] ?? id,
        exists,
        address: exists ? people.of(id) : null,
      }));
    },
    listContacts: async ({ limit }) => {
      const contacts = await request("contacts", {});
      return contacts.slice(0, limit).map((contact) => toContactInfo(contact, people));
    },
    getContact: async ({ chatId }) => {
      const [found] = await request("checkNumbers", { ids: [chatId] });
      if (found === undefined || !found.exists) return null;
      const { name, savedName } = await request("profile", { id: found.id });
      return toContactInfo({ ...found, name: savedName, pushName: name }, people);
    },
    getAbout: async ({ chatId }) => ({ about: (await request("profile", { id: chatId })).about }),
    getPicture: async ({ chatId }) => ({ url: (await request("profile", { id: chatId })).picture }),
    block: async ({ chatId, blocked }) => {
      await request("block", { id: chatId, blocked });
    },
    listBlocked: () => request("blocklist", {}),
  } satisfies Partial<LightOperations>;
}

function groupOperations(request: Request, people: AddressBook) {
  return {
    createGroup: async ({ name, participants }) => {
      const { group, results } = await request("createGroup", { name, participants: [...participants] });
      return { group: toGroupInfo(group, people), results: toResults("add", participants, results) };
    },
    listGroups: async () => (await request("groups", {})).map((group) => toGroupInfo(group, people)),
    getGroup: async ({ groupId }) => {
      const group = (await request("groups", {})).find((candidate) => candidate.id === groupId);
      return group === undefined ? null : toGroupInfo(group, people);
    },
    changeParticipants: async ({ groupId, action, participants }) => {
      if (participants.length === 0) return [];
      const { results } = await request("changeParticipants", { groupId, action, participants: [...participants] });
      return toResults(action, participants, results);
    },
    updateGroup: async ({ disappearAfter, ...change }) => {
      const { groupId } = change;
      if (disappearAfter !== undefined) await request("setEphemeral", { chat: groupId, seconds: disappearAfter });
      return toGroupInfo(await request("updateGroup", change), people);
    },
    leaveGroup: async ({ groupId }) => {
      await request("leaveGroup", { groupId });
    },
  } satisfies Partial<LightOperations>;
}

function inviteOperations(request: Request, people: AddressBook) {
  return {
    getInvite: (input) => request("getInvite", input),
    getInviteInfo: async ({ code }) => {
      const { groupId, name, group } = await request("inviteInfo", { code });
      const { description, joinApproval } = group;
      return {
        groupId,
        name,
        description,
        owner: people.of(group.owner),
        size: group.participants.length,
        joinApproval,
      };
    },
    joinGroup: async ({ code }) => ({ groupId: (await request("joinGroup", { code })).groupId }),
    listJoinRequests: async ({ groupId }) => {
      const requests = await request("joinRequests", { groupId });
      return requests.map(({ id, at }) => ({ address: people.of(id), at }));
    },
    answerJoinRequests: async ({ groupId, participants, approve }) => {
      if (participants.length === 0) return [];
      const results = await request("answerJoinRequests", { groupId, participants: [...participants], approve });
      return toResults("answer", participants, results);
    },
  } satisfies Partial<LightOperations>;
}
