/** The closed lists of states, statuses and reasons, and the description of each session state for the API docs. */

export const SESSION_STATES = [
  "stopped",
  "starting",
  "qr",
  "pairing",
  "syncing",
  "connected",
  "degraded",
  "reconnecting",
  "logged_out",
  "failed",
] as const;
export type SessionState = (typeof SESSION_STATES)[number];

export const SESSION_STATE_WORDS: Record<SessionState, string> = {
  stopped: "Not running",
  starting: "Starting",
  qr: "Waiting for the QR code to be scanned",
  pairing: "Waiting for the pairing code to be entered on the phone",
  syncing: "Linked, loading chats",
  connected: "Connected",
  degraded: "Linked, but not responding properly",
  reconnecting: "Connection lost, trying again",
  logged_out: "The phone has removed this device",
  failed: "Cannot start; see the reason",
};

/** Why a session is in its state. */
export const SESSION_REASONS = [
  "created",
  "requested",
  "autostart",
  "link_required",
  "linked",
  "network_lost",
  "network_back",
  "not_acknowledged",
  "page_frozen",
  "page_crashed",
  "page_left",
  "browser_died",
  "proxy_failed",
  "no_memory",
  "recycled",
  "browser_missing",
  "thread_died",
  "profile_in_use",
  "profile_damaged",
  "start_timeout",
  "unknown_step",
  "qr_expired",
  "conflict",
  "logged_out_on_phone",
  "logged_out_here",
  "logout_failed",
  "banned",
  "tos_block",
  "sandbox_unreachable",
  "lease_lost",
  "no_node",
  "driver_error",
  "crash_loop",
  "node_stopping",
  "moving",
  "tenant_suspended",
  "restored",
] as const;
export type SessionReason = (typeof SESSION_REASONS)[number];

/** What each reason means, and what a person can do about it, for pages and programs that are read by people. */
export const SESSION_REASON_WORDS: Readonly<Record<SessionReason, string>> = {
  created: "it was created and has not been started",
  requested: "someone requested it",
  autostart: "it was running when the system stopped",
  link_required: "a phone must be linked",
  linked: "a phone is linked",
  network_lost: "WhatsApp cannot be reached; check this server's network",
  network_back: "the network is back",
  not_acknowledged: "WhatsApp does not acknowledge what is sent; the page is loaded again, then its browser restarted",
  page_frozen: "WhatsApp Web does not respond",
  page_crashed: "the page of WhatsApp Web crashed",
  page_left: "the browser left WhatsApp Web",
  browser_died: "the browser ended unexpectedly",
  proxy_failed: "the session's proxy does not work; the evidence says why",
  no_memory: "this server has no memory for another browser: stop sessions, or add memory or a server",
  recycled: "its browser is restarted because it has grown or run for long; nothing was happening in the session",
  browser_missing: "this server has no Chromium: run `npm run setup` in the project's folder, or set WPP_CHROMIUM",
  thread_died: "the thread of the session ended unexpectedly",
  profile_in_use: "another browser still runs on this session's profile; it starts as soon as that one has ended",
  profile_damaged:
    "the browser's profile was damaged and has lost the link; its last copy is tried once, then link the phone again",
  start_timeout: "WhatsApp Web did not load in time; check this server's network",
  unknown_step: "WhatsApp asks for something that a session cannot do; the kept screenshot shows what",
  qr_expired: "no one scanned the code in time",
  conflict: "WhatsApp Web is open elsewhere with this account",
  logged_out_on_phone: "the device was removed on the phone; link it again",
  logged_out_here: "it was logged out through the API",
  logout_failed: "the device could not be removed; remove it on the phone",
  banned: "WhatsApp has blocked the account",
  tos_block: "WhatsApp has blocked the account until its terms of service are accepted on the phone",
  sandbox_unreachable: "the simulated network cannot be reached",
  lease_lost: "another node took the session over",
  no_node: "no live node can run it; start one, or see GET /cluster/nodes for what the live ones lack",
  driver_error: "an unexpected error; the server's log has more",
  crash_loop: "it failed several times in a row; the server's log has more",
  node_stopping: "its node is stopping",
  moving: "it moves to another node",
  tenant_suspended: "the organization is suspended",
  restored: "it was restored from a backup",
};

/** What happens in each step of a start, for people who wait for it. */
export const START_PHASE_WORDS = {
  start_slot: "it waits until other sessions of its node have started",
  profile: "it waits until no other browser has its profile",
  launch: "its browser is being started",
  page: "WhatsApp Web is being loaded",
  library: "WhatsApp Web is loaded and being prepared",
  link: "WhatsApp Web is ready and has shown no code yet",
} as const;

/** Public statuses of a message. `sent` means that WhatsApp's server has acknowledged it. */
export const MESSAGE_STATUSES = [
  "scheduled",
  "queued",
  "sending",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
  "expired",
  "cancelled",
  "received",
] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

/**
 * Statuses as stored: `retrying` is shown as queued, and `reconciling` (outcome unknown, being looked up) as sending.
 */
export const STORED_STATUSES = [...MESSAGE_STATUSES, "retrying", "reconciling"] as const;
export type StoredStatus = (typeof STORED_STATUSES)[number];

/** The public status that a stored one is shown as. */
export function toPublicStatus(status: StoredStatus): MessageStatus {
  if (status === "retrying") return "queued";
  if (status === "reconciling") return "sending";
  return status;
}

/** The stored statuses that are shown as the public one. */
export function toStoredStatuses(status: MessageStatus): StoredStatus[] {
  return STORED_STATUSES.filter((stored) => toPublicStatus(stored) === status);
}

/** WhatsApp's acknowledgement levels, as its web client numbers them. */
export const ACK = { error: -1, pending: 0, server: 1, device: 2, read: 3, played: 4 } as const;

/** The status that corresponds to an acknowledgement level; undefined for levels that change no status. */
export function statusOfAck(ack: number): "sent" | "delivered" | "read" | "played" | undefined {
  if (ack >= ACK.played) return "played";
  if (ack === ACK.read) return "read";
  if (ack === ACK.device) return "delivered";
  if (ack === ACK.server) return "sent";
  return undefined;
}

/** Why a message failed for good. */
export const MESSAGE_FAILURES = [
  "number_not_on_whatsapp",
  "invalid_recipient",
  "not_group_member",
  "group_admin_only",
  "target_not_found",
  "too_late_to_change",
  "media_missing",
  "media_rejected",
  "unsupported_by_driver",
  "business_only",
  "rejected_by_network",
  "attempts_exhausted",
  "account_changed",
  "session_deleted",
] as const;
export type MessageFailure = (typeof MESSAGE_FAILURES)[number];

/** The explanation of each failure, the same whichever driver reports it. */
export const MESSAGE_FAILURE_WORDS: Readonly<Record<MessageFailure, string>> = {
  number_not_on_whatsapp: "the recipient is not on WhatsApp",
  invalid_recipient: "WhatsApp does not accept this recipient",
  not_group_member: "the account is not in the group",
  group_admin_only: "only admins of the group may do this",
  target_not_found: "WhatsApp does not know the message, chat, person or invite that this refers to",
  too_late_to_change: "WhatsApp no longer allows this change",
  media_missing: "the stored media is gone",
  media_rejected: "WhatsApp does not accept the media",
  unsupported_by_driver: "the session's driver cannot do this",
  business_only: "only business accounts can do this",
  rejected_by_network: "WhatsApp refused it",
  attempts_exhausted: "no attempt succeeded",
  account_changed: "the session was linked to another account while it was being sent; it may have arrived",
  session_deleted: "the session was deleted",
};
