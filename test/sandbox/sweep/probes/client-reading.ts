/** wppconnect's client: the state of the session, and reading chats, messages and contacts. */
import { z } from "zod";
import type { Probes } from "../probe.ts";
import { chatId, keeps, messageKey, yes } from "../shapes.ts";
import type { World } from "../world.ts";
import { CODE } from "./conn.ts";

const peer = (world: World): readonly unknown[] => [world.peer.chatId];
const text = (world: World): readonly unknown[] => [world.note("text")];
const id = z.looseObject({ _serialized: chatId });
const chat = z.looseObject({ id, isGroup: z.boolean() });
const contact = z.looseObject({ id, formattedName: z.string() });
const read = z.looseObject({ id: messageKey, type: z.string() });

export const unlinkedClient: Probes = {
  getQrCode: { result: z.looseObject({ base64Image: z.string(), urlCode: z.string() }) },
};

/** After a pairing code has been requested. */
export const refreshedClient: Probes = {
  refreshLinkCode: {
    result: CODE,
    shown: keeps("code", (code: string) => code),
    note: "the phone enters it",
  },
};

export const clientState: Probes = {
  waitForPageLoad: {},
  waitForQrCodeScan: {},
  waitForLogin: { result: yes },
  waitForInChat: { result: yes },
  getHostDevice: { result: z.looseObject({ wid: z.unknown(), platform: z.string() }) },
  getWid: { result: chatId },
  getWAVersion: { result: z.string().startsWith("2.3000") },
  getWAJSVersion: { result: z.literal("4.6.0") },
  getConnectionState: { result: z.literal("CONNECTED") },
  isConnected: { result: yes },
  isOnline: { result: yes },
  isLoggedIn: { result: yes },
  getBatteryLevel: { impossible: "WhatsApp Web no longer knows the phone's battery" },
  startPhoneWatchdog: { args: () => [15_000] },
  stopPhoneWatchdog: {},
  isMultiDevice: { result: yes },
  isMainReady: { result: yes },
  isAuthenticated: { result: yes },
  isMainLoaded: { result: yes },
  isMainInit: { result: yes },
  isLidMigrated: { result: z.boolean() },
  joinWebBeta: { args: () => [false], result: z.literal(false) },
  getBuildConstants: { result: z.looseObject({ VERSION_STR: z.string() }) },
  getSessionTokenBrowser: {
    result: z.looseObject({ WABrowserId: z.unknown() }).nullable(),
    note: "of accounts before multi-device",
  },
  getPID: { result: z.int().min(1) },
  takeScreenshot: { result: z.string().min(100) },
  waPage: { note: "the page itself" },
  start: { note: "again" },
};

export const clientReading: Probes = {
  getAllChats: { result: z.array(chat).min(2) },
  listChats: { args: () => [{ onlyUsers: true }], result: z.array(chat).min(1) },
  getAllChatsWithMessages: { args: () => [false], result: z.array(z.unknown()) },
  getAllGroups: { result: z.array(chat).min(1) },
  getAllBroadcastList: { result: z.array(z.unknown()) },
  getChat: { args: peer, result: chat },
  getChatById: { args: peer, result: chat },
  getContact: { args: peer, result: contact },
  getAllContacts: { result: z.array(contact).min(2) },
  getBlockList: { result: z.array(z.string()) },
  checkNumberStatus: { args: peer, result: z.looseObject({ id, status: z.literal(200), numberExists: yes }) },
  getNumberProfile: { args: peer, result: z.looseObject({ canReceiveMessage: yes }) },
  getProfilePicFromServer: { args: peer, result: z.looseObject({ eurl: z.string() }) },
  getStatus: { args: peer, result: z.looseObject({ status: z.string().min(1) }) },
  getPnLidEntry: { args: peer, result: z.looseObject({ lid: id, phoneNumber: id }) },
  getCommonGroups: { args: peer, result: z.array(id).min(1) },
  getMessageById: { args: text, result: read },
  getMessages: { args: ({ peer: { chatId: of } }) => [of, { count: 3 }], result: z.array(read).length(3) },
  getAllMessagesInChat: { args: ({ peer: { chatId: of } }) => [of, true, false], result: z.array(read).min(3) },
  loadEarlierMessages: { args: peer, result: z.union([z.array(read), z.literal(false)]) },
  loadAndGetAllMessagesInChat: { args: ({ peer: { chatId: of } }) => [of, true, true], result: z.array(read).min(3) },
  getAllUnreadMessages: { result: z.array(read) },
  getUnreadMessages: { args: () => [true, false, true], result: z.array(z.unknown()) },
  getAllNewMessages: { result: z.array(read) },
  getReactions: { args: text, result: z.looseObject({ reactions: z.array(z.unknown()).length(1) }) },
  getVotes: { args: (world) => [world.note("sentPoll")], result: z.looseObject({ votes: z.array(z.unknown()) }) },
  getPlatformFromMessage: { args: text, result: z.literal("iphone") },
  getChatIsOnline: { args: peer, result: yes, note: "the peer is online" },
  getLastSeen: { args: peer, result: z.union([z.number(), z.literal(false)]) },
  getListMutes: { args: () => ["all"], result: z.array(z.unknown()).length(3) },
  getMessagesFromRowId: { args: () => [{ minRowId: 0, limit: 5 }], result: z.array(z.looseObject({})).min(1) },
  downloadMedia: { args: (world) => [world.note("image")], result: z.string().startsWith("data:image/png;base64,") },
  downloadFile: {
    args: () => ["https://web.whatsapp.com/"],
    result: z.string().min(10),
    note: "of the page's own server",
  },
  decryptFile: {
    args: (world) => [world.encryptedMessage()],
    result: z.custom((value) => Buffer.isBuffer(value) && value.length > 60),
  },
  decryptAndSaveFile: { args: (world) => [world.encryptedMessage(), `${world.dir}/decrypted.png`] },
  getOrder: { args: (world) => [world.note("order")], result: z.looseObject({}), by: "business" },
  getOrderbyMsg: { impossible: "it takes the promise of an order for the order" },
  getBusinessProfile: { args: ({ business }) => [business.phone.chatId], result: z.looseObject({}) },
  getBusinessProfilesProducts: { args: ({ business }) => [business.phone.chatId], result: z.array(z.unknown()).min(1) },
};
