/** The lifecycle of the connection: linking, syncing, running, reconnecting, and the end of the link. */
import type { LiveEvent, ServerFrame } from "../../contracts/sandbox-wire.ts";
import { noteLid, setAddressing } from "./addressing.ts";
import { loadBlocklist, receiveContact } from "./blocklist.ts";
import { loadCarts } from "./business/carts.ts";
import { loadLabels, receiveLabel } from "./business/labels.ts";
import { loadOwnCatalog } from "./business/products.ts";
import { receiveCall, receiveCallUpdate } from "./calls.ts";
import { loadChannels, receiveChannel } from "./channels/channels.ts";
import { loadStatuses } from "./channels/statuses.ts";
import { loadChats, receiveChat } from "./chats.ts";
import { Cmd } from "./command.ts";
import {
  Conn,
  NetworkStatus,
  requests,
  Socket,
  Stream,
  desiredPresence,
  type SocketState,
  type StreamInfo,
  type StreamMode,
} from "./connection-models.ts";
import { loadContacts, noteContact } from "./contacts.ts";
import { loadGroups } from "./group-actions.ts";
import { applyGroup } from "./group-models.ts";
import { loadLastMessages, syncHistory } from "./history.ts";
import { receiveEvent, setProcessed } from "./incoming.ts";
import { configuredName, DEVICE_NAME, showMain, showQr, showQrIdle } from "./login.ts";
import { define } from "./loader.ts";
import { setMe } from "./me.ts";
import { setMediaPort } from "./media.ts";
import { moveStored } from "./move.ts";
import { resendPending } from "./outgoing.ts";
import { receivePresence } from "./presence.ts";
import { receiveProfile } from "./profiles.ts";
import { loadPrivacy, receivePrivacy } from "./settings/privacy.ts";
import { clear, commit, readGroups, readMeta, type Link } from "./storage.ts";
import { createWid } from "./wid.ts";
import { ask, closeSocket, openSocket, sendFrame, socketEvents } from "./wire.ts";

/** The real client needs a while for this; code that runs in it expects an event. */
const SYNC_MS = 1000;
const RETRY_MS = [250, 500, 1000, 2000, 5000];

let link: Link | undefined;
let attempts = 0;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
/** Frames are processed one after the other. */
let frameQueue = Promise.resolve();

function setState(state: SocketState, mode: StreamMode, info: StreamInfo): void {
  Socket.set({ state, stream: mode === "MAIN" ? "CONNECTED" : "DISCONNECTED" });
  Stream.set({ info, displayInfo: info });
  Stream.set({ mode });
}

/** Restores the stored state and connects. */
export async function startConnection(): Promise<void> {
  link = await readMeta<Link>("link");
  setMe(link?.me ?? null);
  setAddressing(link?.me ?? null);
  for (const group of await readGroups()) applyGroup(group);
  setProcessed((await readMeta<number>("processed")) ?? 0);
  socketEvents.on("open", hello);
  socketEvents.on("close", reconnect);
  socketEvents.on("frame", (frame: ServerFrame) => {
    frameQueue = frameQueue.then(() => receive(frame)).catch((error: unknown) => console.error(error));
  });
  requests.on("connect", connect);
  requests.on("logout", () => void ask("logout", {}).catch((error: unknown) => console.error(error)));
  setState("OPENING", link === undefined ? "QR" : "SYNCING", "OPENING");
  connect();
}

function connect(): void {
  clearTimeout(retryTimer);
  Socket.set({ state: "OPENING" });
  openSocket();
}

function hello(): void {
  const token = link?.token ?? null;
  sendFrame({
    type: "hello",
    token,
    deviceName: token === null ? configuredName() : DEVICE_NAME,
    wantsQr: token === null,
  });
}

function reconnect(): void {
  NetworkStatus.set({ online: false });
  if (link !== undefined) setState("TIMEOUT", "OFFLINE", "OFFLINE");
  const delay = RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)];
  retryTimer = setTimeout(connect, delay);
}

async function receive(frame: ServerFrame): Promise<void> {
  if (frame.type === "qr") await onQr(frame.text);
  else if (frame.type === "qr_idle") onQrIdle();
  else if (frame.type === "linked") await onLinked(frame.token);
  else if (frame.type === "ready") await onReady(frame);
  else if (frame.type === "unlinked") await onUnlinked(frame.reason);
  else if (frame.type === "event")
    await receiveEvent(frame.seq, frame.event, () => sendFrame({ type: "ack", seq: frame.seq }));
  else if (frame.type === "live") await receiveLive(frame.event);
}

function receiveLive(event: LiveEvent): Promise<void> | void {
  switch (event.type) {
    case "call":
      return receiveCall(event);
    case "call_update":
      return receiveCallUpdate(event.call);
    case "chat":
      return receiveChat(event);
    case "contact":
      return receiveContact(event);
    case "profile":
      return receiveProfile(event.id);
    case "label":
      return receiveLabel(event);
    case "channel":
      return receiveChannel(event);
    case "privacy":
      return receivePrivacy(event.privacy);
    case "addressing":
      // As in the real client, what is stored is moved before anything of it is loaded.
      return location.reload();
    case "typing":
    case "presence":
      return receivePresence(event);
  }
}

/** A QR code means that there is no valid link: if a token was sent, it is void. */
async function onQr(text: string): Promise<void> {
  if (link !== undefined) return onUnlinked("logout");
  attempts = 0;
  await showQr(text);
  setState("UNPAIRED", "QR", "NORMAL");
}

function onQrIdle(): void {
  showQrIdle();
  setState("UNPAIRED_IDLE", "QR", "NORMAL");
}

async function onLinked(token: string): Promise<void> {
  link = { token, me: null };
  await commit({ meta: { link, processed: 0 } });
  setProcessed(0);
  showMain();
  setState("PAIRING", "SYNCING", "PAIRING");
}

async function onReady({ me, mediaPort }: Extract<ServerFrame, { type: "ready" }>): Promise<void> {
  setMediaPort(mediaPort);
  const isNew = link?.me === null;
  if (link === undefined) return;
  noteLid(me.id, me.lid);
  const hasMoved = me.addressing === "lid" && link.me !== null && link.me.addressing !== "lid";
  setAddressing(me);
  if (hasMoved) await moveStored();
  link = { ...link, me };
  await commit({ meta: { link } });
  setMe(me);
  noteContact(me.id, { pushname: me.name ?? undefined }).set({ name: me.name ?? undefined, type: "in" });
  attempts = 0;
  NetworkStatus.set({ online: true });
  const platform = me.business ? "smba" : "android";
  Conn.set({ wid: createWid(me.id), pushname: me.name, connected: true, isSMB: me.business, platform });
  Stream.set({ info: isNew ? "SYNCING" : "RESUMING", displayInfo: isNew ? "SYNCING" : "RESUMING" });
  await Promise.all([loadContacts(), loadGroups(), loadBlocklist(), loadPrivacy(), loadCarts()]);
  await loadChats();
  await Promise.all([loadLabels(), loadChannels(), loadStatuses(), ...(me.business ? [loadOwnCatalog(me.id)] : [])]);
  if (isNew) await syncHistory();
  await loadLastMessages();
  showMain();
  setState("CONNECTED", "MAIN", "NORMAL");
  Cmd.mainLoaded();
  setTimeout(() => Socket.set({ hasSynced: true }), SYNC_MS);
  if (desiredPresence.available !== undefined) await ask("setPresence", { available: desiredPresence.available });
  await resendPending();
}

/**
 * The link was removed or blocked. Only a removed link is deleted, and the page is loaded again with the fact in its
 * address, as the real one does; after a conflict the user may take over.
 */
async function onUnlinked(reason: "logout" | "banned" | "conflict" | "tos_block"): Promise<void> {
  closeSocket();
  if (reason === "conflict") return setState("CONFLICT", "CONFLICT", "NORMAL");
  if (reason === "tos_block") return setState("TOS_BLOCK", "TOS_BLOCK", "NORMAL");
  const code = logoutModule.getErrorCodeFromLogoutReason(reason === "banned" ? "account_locked" : "user_initiated");
  await clear();
  link = undefined;
  setMe(null);
  Conn.set({ connected: false, wid: null });
  setState("UNPAIRED", "QR", "NORMAL");
  Cmd.trigger("logout");
  location.replace(`/?post_logout=1&logout_reason=${code}`);
}

/** wa-js wraps this function, in the module's object, to learn the reason. */
const logoutModule = define("WAWebLogoutReasonUtils", {
  getErrorCodeFromLogoutReason: (reason: string) => (reason === "account_locked" ? "3" : "0"),
});
define("WAWebLogoutReasonConstants", {
  LogoutReason: { UserInitiated: "user_initiated", AccountLocked: "account_locked" },
  LOGOUT_REASON_CODE: {},
});
define("WAWebUserPrefsIndexedDBStorage", { isRegistered: () => link !== undefined });
define("WAWebSession", { isLoggedIn: () => link !== undefined });
