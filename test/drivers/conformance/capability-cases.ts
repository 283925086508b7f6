/** The case that proves each capability. A driver that does not declare the capability must fail the case. */
import type { Capabilities, MessageKind } from "../../../drivers/capabilities.ts";
import type { OperationName } from "../../../drivers/driver.ts";
import { ACCOUNT_CASES } from "./cases/account.ts";
import { CATALOG_CASES } from "./cases/catalog.ts";
import { RICH_CASES } from "./cases/rich-content.ts";
import { CHANNEL_CASES } from "./cases/channels.ts";
import { CHAT_AND_CONTACT_CASES } from "./cases/chats-and-contacts.ts";
import { COMMUNITY_CASES } from "./cases/communities.ts";
import { EVENT_CASES } from "./cases/events.ts";
import { GROUP_CASES } from "./cases/groups.ts";
import { LABEL_CASES } from "./cases/labels.ts";
import { LINKING_CASES } from "./cases/linking.ts";
import { MESSAGE_MARK_CASES } from "./cases/message-marks.ts";
import { ADDRESSING_CASES } from "./cases/addressing.ts";
import { NUMBER_CASES } from "./cases/numbers.ts";
import { OPTION_CASES } from "./cases/options.ts";
import { PRESENCE_CASES } from "./cases/presence.ts";
import { RECEIVING_CASES } from "./cases/receiving.ts";
import { REFUSAL_CASES } from "./cases/refusals.ts";
import { SENDING_CASES } from "./cases/sending.ts";
import { STATUS_CASES } from "./cases/statuses.ts";

export const CASES = {
  ...LINKING_CASES,
  ...SENDING_CASES,
  ...RECEIVING_CASES,
  ...PRESENCE_CASES,
  ...CHAT_AND_CONTACT_CASES,
  ...GROUP_CASES,
  ...ADDRESSING_CASES,
  ...NUMBER_CASES,
  ...OPTION_CASES,
  ...REFUSAL_CASES,
  ...EVENT_CASES,
  ...ACCOUNT_CASES,
  ...LABEL_CASES,
  ...CHANNEL_CASES,
  ...CATALOG_CASES,
  ...RICH_CASES,
  ...MESSAGE_MARK_CASES,
  ...COMMUNITY_CASES,
  ...STATUS_CASES,
};
export type CaseName = keyof typeof CASES;

const OPERATIONS: Record<OperationName, CaseName> = {
  typing: "shows typing to the phone",
  setPresence: "shows itself online",
  subscribePresence: "sees a phone typing",
  getPresence: "sees a phone come online and go",
  markRead: "marks a chat as read",
  checkNumbers: "checks which numbers are on WhatsApp",
  screenshot: "takes a screenshot",
  listChats: "lists chats, the latest first",
  changeChat: "changes a chat, and reports a burst of changes once",
  star: "stars a message",
  listContacts: "lists contacts",
  getContact: "reads one contact",
  getAbout: "reads a person's about text",
  getPicture: "reads a person's picture",
  block: "blocks and unblocks, and reports the contact",
  listBlocked: "lists who is blocked",
  createGroup: "creates a group and writes in it",
  listGroups: "renames a group",
  getGroup: "is added to a group by another person",
  changeParticipants: "adds, promotes, demotes and removes participants",
  updateGroup: "renames a group",
  leaveGroup: "leaves a group",
  getInvite: "replaces a group's invite",
  getInviteInfo: "shows what an invite leads to",
  joinGroup: "joins a group by its invite",
  listJoinRequests: "approves a request to join a group",
  answerJoinRequests: "approves a request to join a group",
  getProfile: "changes its name and about text, which others see",
  setProfile: "changes its name and about text, which others see",
  setPicture: "sets and removes its picture, which others see",
  getOwnBusinessProfile: "changes its business profile",
  getBusinessProfile: "refuses a business profile to a person, and reads that of a business",
  setBusinessProfile: "changes its business profile",
  getPrivacy: "changes its privacy settings, with the people of their lists",
  setPrivacy: "changes its privacy settings, with the people of their lists",
  listDevices: "lists the account's devices",
  rejectCall: "rejects a call",
  saveContact: "saves, renames and removes a contact",
  removeContact: "saves, renames and removes a contact",
  listChannels: "keeps a channel of its own",
  getChannel: "follows a channel, and reports what comes in it",
  findChannels: "follows a channel, and reports what comes in it",
  createChannel: "keeps a channel of its own",
  updateChannel: "keeps a channel of its own",
  deleteChannel: "keeps a channel of its own",
  followChannel: "follows a channel, and reports what comes in it",
  muteChannel: "follows a channel, and reports what comes in it",
  listChannelFollowers: "keeps a channel of its own",
  listStatuses: "posts a status once, and sees who views it",
  viewStatus: "reports a contact's status, and views it",
  deleteStatus: "posts a status once, and sees who views it",
  listStatusViewers: "posts a status once, and sees who views it",
  createCommunity: "makes a community of groups",
  linkGroups: "makes a community of groups",
  deactivateCommunity: "makes a community of groups",
  pinMessage: "pins a message and takes it down",
  keepMessage: "keeps a message that would disappear",
  setDisappearing: "lets messages of a chat disappear",
  listProducts: "reads another catalog, and cannot keep one as a person",
  createProduct: "keeps a catalog, which others see",
  updateProduct: "keeps a catalog, which others see",
  deleteProduct: "keeps a catalog, which others see",
  listCollections: "reads another catalog, and cannot keep one as a person",
  saveCollection: "keeps a catalog, which others see",
  deleteCollection: "keeps a catalog, which others see",
  readOrder: "reads what a customer has ordered",
  listLabels: "labels chats of a business",
  saveLabel: "labels chats of a business",
  deleteLabel: "labels chats of a business",
  setChatLabels: "labels chats of a business",
  listCommonGroups: "lists the groups in common with a person",
};

const SENDS: Record<Exclude<MessageKind, "unknown">, CaseName> = {
  text: "sends a text once, and reports its acks",
  image: "sends an image byte for byte",
  video: "sends a video byte for byte",
  gif: "sends a GIF byte for byte",
  audio: "sends an audio file byte for byte",
  voice: "sends a voice message byte for byte",
  document: "sends a document byte for byte",
  sticker: "sends a sticker byte for byte",
  location: "sends a location",
  contact: "sends a contact",
  poll: "sends a poll",
  list: "sends a list",
  buttons: "sends buttons",
  event: "sends an event",
  pix: "sends a Pix key",
  order: "sends what is to be paid",
  reaction: "sends a reaction, and withdraws it",
  forward: "forwards a message",
  edit: "edits a message",
  revoke: "revokes a message",
};

const RECEIVES: Partial<Record<MessageKind, CaseName>> = {
  text: "receives a text",
  image: "receives an image byte for byte",
  video: "receives a video byte for byte",
  gif: "receives a GIF byte for byte",
  audio: "receives an audio file byte for byte",
  voice: "receives a voice message byte for byte",
  document: "receives a document byte for byte",
  sticker: "receives a sticker byte for byte",
  location: "receives a location",
  contact: "receives a contact",
  poll: "receives a poll",
  list: "receives a list",
  buttons: "receives buttons",
  event: "receives an event",
  pix: "receives a Pix key",
  order: "receives what is to be paid",
};

/** The cases of capabilities that are not declared, with how each must fail. */
export function gapsOf(capabilities: Capabilities): ReadonlyMap<CaseName, "refused" | "fails"> {
  const { operations, sends, receives, pairingCode, parallelSends } = capabilities;
  const missing = <K extends string>(cases: Partial<Record<K, CaseName>>, declared: readonly string[]): CaseName[] =>
    Object.entries(cases).flatMap(([name, value]) => (declared.includes(name) ? [] : [value as CaseName]));
  const refused = [...missing(OPERATIONS, operations), ...missing(SENDS, sends)];
  const failing: CaseName[] = missing(RECEIVES, receives);
  if (!pairingCode) failing.push("links by pairing code");
  if (!parallelSends) failing.push("sends several messages at the same time");
  return new Map([
    ...failing.map((name) => [name, "fails"] as const),
    ...refused.map((name) => [name, "refused"] as const),
  ]);
}

/** What the suite has no case for; every declared capability must be proven. */
export function unprovenOf({ sends, receives }: Capabilities): string[] {
  return [...sends.filter((kind) => !(kind in SENDS)), ...receives.filter((kind) => !(kind in RECEIVES))];
}
