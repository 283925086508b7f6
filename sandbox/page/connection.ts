/** The life of the connection: link, sync, run, break and come back; and the end of the link. */
import type { LiveEvent, SwitchboardFrame } from "../../contracts/sandbox-wire.ts";
import { receiveCall } from "./calls.ts";
import { loadChats, receiveChat } from "./chats.ts";
import { Cmd } from "./command.ts";
import {
  Conn,
  NetworkStatus,
  requests,
  Socket,
  Stream,
  wanted,
  type SocketState,
  type StreamInfo,
  type StreamMode,
} from "./connection-models.ts";
import { loadContacts, noteLid } from "./contacts.ts";
import { loadGroups } from "./group-actions.ts";
import { takeGroup } from "./group-models.ts";
import { loadLastMessages, syncHistory } from "./history.ts";
import { receiveEvent, setProcessed } from "./incoming.ts";
import { configuredName, DEVICE_NAME, showMain, showQr, showQrIdle } from "./login.ts";
import { define } from "./loader.ts";
import { setMe } from "./me.ts";
import { resendPending } from "./outgoing.ts";
import { receivePresence } from "./presence.ts";
import { loadBlocklist, receiveContact } from "./profiles.ts";
import { clear, commit, readGroups, readMeta, type Link } from "./storage.ts";
import { createWid } from "./wid.ts";
import { ask, closeLine, line, openLine, sendFrame } from "./wire.ts";

const RETRY_MS = [250, 500, 1000, 2000, 5000];

let link: Link | undefined;
let attempts = 0;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
/** Frames are worked off one after the other. */
let work = Promise.resolve();

function tell(state: SocketState, mode: StreamMode, info: StreamInfo): void {
  Socket.set({ state, stream: mode === "MAIN" ? "CONNECTED" : "DISCONNECTED" });
  Stream.set({ info, displayInfo: info });
  Stream.set({ mode });
}

/** Starts from what is stored. */
export async function startConnection(): Promise<void> {
  link = await readMeta<Link>("link");
  setMe(link?.me ?? null);
  for (const group of await readGroups()) takeGroup(group);
  setProcessed((await readMeta<number>("processed")) ?? 0);
  line.on("open", () => void hello());
  line.on("close", reconnect);
  line.on("frame", (frame: SwitchboardFrame) => {
    work = work.then(() => receive(frame)).catch((error: unknown) => console.error(error));
  });
  requests.on("connect", connect);
  requests.on("logout", () => void ask("logout", {}).catch((error: unknown) => console.error(error)));
  tell("OPENING", link === undefined ? "QR" : "SYNCING", "OPENING");
  connect();
}

function connect(): void {
  clearTimeout(retryTimer);
  Socket.set({ state: "OPENING" });
  openLine();
}

async function hello(): Promise<void> {
  const token = link?.token ?? null;
  sendFrame({
    type: "hello",
    token,
    deviceName: token === null ? await configuredName() : DEVICE_NAME,
    wantsQr: token === null,
  });
}

function reconnect(): void {
  NetworkStatus.set({ online: false });
  if (link !== undefined) tell("TIMEOUT", "OFFLINE", "OFFLINE");
  const delay = RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)];
  retryTimer = setTimeout(connect, delay);
}

async function receive(frame: SwitchboardFrame): Promise<void> {
  if (frame.type === "qr") await beUnpaired(frame.text);
  else if (frame.type === "qr_idle") beIdle();
  else if (frame.type === "linked") await beLinked(frame.token);
  else if (frame.type === "ready") await beReady(frame);
  else if (frame.type === "unlinked") await endLink(frame.reason);
  else if (frame.type === "event")
    await receiveEvent(frame.seq, frame.event, () => sendFrame({ type: "ack", seq: frame.seq }));
  else if (frame.type === "live") receiveLive(frame.event);
}

function receiveLive(event: LiveEvent): void {
  if (event.type === "call") receiveCall(event);
  else if (event.type === "chat") receiveChat(event);
  else if (event.type === "contact") receiveContact(event);
  else receivePresence(event);
}

/** A QR code means that there is no valid link, also when a token was shown. */
async function beUnpaired(text: string): Promise<void> {
  if (link !== undefined) await endLink("logout");
  attempts = 0;
  showQr(text);
  tell("UNPAIRED", "QR", "NORMAL");
}

function beIdle(): void {
  showQrIdle();
  tell("UNPAIRED_IDLE", "QR", "NORMAL");
}

async function beLinked(token: string): Promise<void> {
  link = { token, me: null };
  await commit({ meta: { link, processed: 0 } });
  setProcessed(0);
  showMain();
  tell("PAIRING", "SYNCING", "PAIRING");
}

async function beReady({ me }: Extract<SwitchboardFrame, { type: "ready" }>): Promise<void> {
  const isNew = link?.me === null;
  if (link === undefined) return;
  link = { ...link, me };
  await commit({ meta: { link } });
  setMe(me);
  noteLid(me.id, me.lid);
  attempts = 0;
  NetworkStatus.set({ online: true });
  Conn.set({ wid: createWid(me.id), pushname: me.name, connected: true });
  Stream.set({ info: isNew ? "SYNCING" : "RESUMING", displayInfo: isNew ? "SYNCING" : "RESUMING" });
  await Promise.all([loadContacts(), loadGroups(), loadBlocklist()]);
  await loadChats();
  if (isNew) await syncHistory();
  await loadLastMessages();
  showMain();
  tell("CONNECTED", "MAIN", "NORMAL");
  Cmd.mainLoaded();
  if (wanted.available !== undefined) await ask("setPresence", { available: wanted.available });
  await resendPending();
}

/** The link is gone or blocked. Only a removed link is forgotten; a conflict waits until somebody takes over. */
async function endLink(reason: "logout" | "banned" | "conflict" | "tos_block"): Promise<void> {
  closeLine();
  if (reason === "conflict") return tell("CONFLICT", "CONFLICT", "NORMAL");
  if (reason === "tos_block") return tell("TOS_BLOCK", "TOS_BLOCK", "NORMAL");
  logoutModule.getErrorCodeFromLogoutReason(reason === "banned" ? "account_locked" : "user_initiated");
  await clear();
  link = undefined;
  setMe(null);
  Conn.set({ connected: false, wid: null });
  tell("UNPAIRED", "QR", "NORMAL");
  Cmd.trigger("logout");
  connect();
}

/** wa-js wraps this on the module's object to learn the reason. */
const logoutModule = define("WAWebLogoutReasonUtils", {
  getErrorCodeFromLogoutReason: (reason: string) => (reason === "account_locked" ? "3" : "0"),
});
define("WAWebLogoutReasonConstants", {
  LogoutReason: { UserInitiated: "user_initiated", AccountLocked: "account_locked" },
  LOGOUT_REASON_CODE: {},
});
define("WAWebUserPrefsIndexedDBStorage", { isRegistered: () => link !== undefined });
define("WAWebSession", { isLoggedIn: () => link !== undefined });
