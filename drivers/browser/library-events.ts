/**
 * Every event that the library offers, listed as handled, or as ignored with the reason. Listeners are attached from
 * these tables. A test compares them with the installed library, so that a new event in an update cannot go unnoticed.
 */
import type { Whatsapp } from "@wppconnect-team/wppconnect";
import type { ev } from "@wppconnect/wa-js";
import { handleGroupNotice, handleParticipants, type GroupParts } from "./group-events.ts";
import type { IncomingMessages } from "./incoming-messages.ts";
import {
  handleAck,
  handleEdit,
  handleReaction,
  handleRevoke,
  handleVote,
  type ChangeParts,
} from "./message-changes.ts";
import { handleCall, type PresenceChanges } from "./people-events.ts";

/** Where the payloads go. */
export interface EventTargets {
  readonly incoming: IncomingMessages;
  readonly changes: ChangeParts;
  readonly presence: PresenceChanges;
  readonly parts: GroupParts;
  /** The page's state may have changed. */
  readonly onConnectionChange: () => void;
}

interface Handled {
  readonly handledIn: string;
  readonly handle: (targets: EventTargets, payload: unknown) => void;
}
interface Ignored {
  readonly ignored: string;
}

/** A listener of the library's client: `onMessage`, `onAck`, ... */
type ClientEvent = Extract<keyof Whatsapp, `on${Capitalize<string>}`>;

/** The events of the library's client. */
export const CLIENT_EVENTS: Readonly<Record<ClientEvent, Handled | Ignored>> = {
  onAnyMessage: {
    handledIn: "incoming-messages.ts",
    handle: ({ incoming }, payload) => incoming.receive(payload, false),
  },
  onAck: { handledIn: "message-changes.ts", handle: ({ changes }, payload) => handleAck(changes, payload) },
  onMessageEdit: { handledIn: "message-changes.ts", handle: ({ changes }, payload) => handleEdit(changes, payload) },
  onRevokedMessage: {
    handledIn: "message-changes.ts",
    handle: ({ changes }, payload) => handleRevoke(changes, payload),
  },
  onReactionMessage: {
    handledIn: "message-changes.ts",
    handle: ({ changes }, payload) => handleReaction(changes, payload),
  },
  onPollResponse: { handledIn: "message-changes.ts", handle: ({ changes }, payload) => handleVote(changes, payload) },
  // Registered without ids: the variant with ids never fires, because it compares text with objects.
  onPresenceChanged: {
    handledIn: "people-events.ts",
    handle: ({ presence }, payload) => presence.handle(payload),
  },
  onIncomingCall: { handledIn: "people-events.ts", handle: ({ parts }, payload) => handleCall(parts, payload) },
  onParticipantsChanged: {
    handledIn: "group-events.ts",
    handle: ({ parts }, payload) => handleParticipants(parts, payload),
  },
  onNotificationMessage: {
    handledIn: "group-events.ts",
    handle: ({ parts }, payload) => handleGroupNotice(parts, payload),
  },
  onStateChange: { handledIn: "browser-session.ts", handle: ({ onConnectionChange }) => onConnectionChange() },
  onInterfaceChange: { handledIn: "browser-session.ts", handle: ({ onConnectionChange }) => onConnectionChange() },
  onLoadingScreen: { ignored: "not an event: the library calls it itself while the page loads" },
  onMessage: { ignored: "onAnyMessage has the same messages, and those sent from the phone" },
  onAddedToGroup: { ignored: "onParticipantsChanged reports the same" },
  onNewChat: { ignored: "a new chat comes with its first message" },
  onLiveLocation: { ignored: "live locations are not part of the contract; the message that starts one is reported" },
  onUpdateLabel: { ignored: "it does not tell of new and changed labels; the collection is watched instead" },
  onOrderStatusUpdate: { ignored: "orders of business accounts are not part of the contract" },
  onBackendEvent: { ignored: "raw protocol events; those that matter have their own events" },
  onStreamChange: { ignored: "deprecated by the library in favor of onStreamModeChanged" },
  onStreamModeChanged: { ignored: "onInterfaceChange reports the same" },
  onStreamInfoChanged: { ignored: "onInterfaceChange reports the same" },
};

/** An event of wa-js, the library in the page. */
type PageEvent = keyof ev.EventTypes;

const CLIENT_HAS_IT = "the library's client passes it on";
const POLLED = "the page's state is read after onStateChange and onInterfaceChange, and polled";

/** The events of wa-js. The handled ones are not passed on by the library's client, or not in full. */
export const PAGE_EVENTS = {
  "conn.logout_reason": { handledIn: "page-watch.ts" },
  "conn.qrcode_idle": { handledIn: "page-watch.ts" },
  "conn.link_code_expired": { handledIn: "page-watch.ts" },
  "conn.link_code_change": { handledIn: "page-watch.ts" },
  "conn.link_code_error": { handledIn: "page-watch.ts" },
  "chat.msg_ack_change": { handledIn: "page-watch.ts" },
  "chat.new_message": { handledIn: "page-watch.ts" },
  "conn.auth_code_change": { ignored: "QR codes come through the library's option catchQR" },
  "conn.backend_event": { ignored: "raw protocol events; those that matter have their own events" },
  "conn.authenticated": { ignored: POLLED },
  "conn.logout": { ignored: POLLED },
  "conn.main_init": { ignored: POLLED },
  "conn.main_loaded": { ignored: POLLED },
  "conn.main_ready": { ignored: POLLED },
  "conn.online": { ignored: POLLED },
  "conn.require_auth": { ignored: POLLED },
  "conn.stream_mode_changed": { ignored: POLLED },
  "conn.stream_info_changed": { ignored: POLLED },
  "conn.needs_update": { ignored: "the version of WhatsApp Web is the operator's choice" },
  "chat.msg_revoke": { ignored: CLIENT_HAS_IT },
  "chat.msg_edited": { ignored: CLIENT_HAS_IT },
  "chat.new_reaction": { ignored: CLIENT_HAS_IT },
  "chat.poll_response": { ignored: CLIENT_HAS_IT },
  "chat.presence_change": { ignored: CLIENT_HAS_IT },
  "chat.new_chat": { ignored: "a new chat comes with its first message" },
  "chat.unread_count_changed": {
    ignored: "it merges the changes of different chats; the collection is watched instead",
  },
  "chat.active_chat": { ignored: "no person looks at this page" },
  "chat.active_filter": { ignored: "no person looks at this page" },
  "chat.live_location_start": { ignored: "live locations are not part of the contract" },
  "chat.live_location_update": { ignored: "live locations are not part of the contract" },
  "chat.live_location_end": { ignored: "live locations are not part of the contract" },
  "chat.update_label": { ignored: "the collection of labels is watched instead" },
  "blocklist.sync": { ignored: "it does not name the contact; the collection is watched instead" },
  "call.incoming_call": { ignored: CLIENT_HAS_IT },
  "group.participant_changed": { ignored: CLIENT_HAS_IT },
  "order.payment_status": { ignored: "orders of business accounts are not part of the contract" },
  "status.sync": { ignored: "status updates are not part of the contract" },
  "config.update": { ignored: "the configuration is ours" },
  "loader.injected": { ignored: "readiness is read with the page's state" },
  "loader.ready": { ignored: "readiness is read with the page's state" },
  "loader.full_ready": { ignored: "readiness is read with the page's state" },
} as const satisfies Record<PageEvent, Omit<Handled, "handle"> | Ignored>;

/** The events of wa-js that page-watch.ts handles. */
export type HandledPageEvent = {
  [N in PageEvent]: (typeof PAGE_EVENTS)[N] extends { readonly ignored: string } ? never : N;
}[PageEvent];
export const HANDLED_PAGE_EVENTS = Object.entries(PAGE_EVENTS).flatMap(([name, entry]) =>
  "handledIn" in entry ? [name as HandledPageEvent] : [],
);

/** The events of WhatsApp's own collections that chat-and-contact-changes.ts handles, and what each means. */
export const COLLECTION_EVENTS = {
  chats: {
    "change:archive": "archived or not",
    "change:pin": "pinned or not",
    "change:muteExpiration": "muted or not",
    "change:unreadCount": "read, or marked as unread",
    "change:t": "cleared, when the time goes away",
    remove: "deleted",
  },
  contacts: {
    "change:name": "renamed in the address book",
    "change:pushname": "renamed by the person",
  },
  blocklist: {
    add: "blocked",
    remove: "unblocked",
  },
  channels: {
    add: "followed, or created",
    remove: "followed no longer, or deleted",
    "change:name": "renamed",
  },
  labels: {
    add: "created",
    remove: "deleted",
    "change:name": "renamed",
    "change:colorIndex": "recolored",
  },
  labelItems: {
    add: "put on a chat",
    remove: "taken off a chat",
  },
} as const;

/** Attaches the listeners of the library's client. */
export function attachListeners(library: Whatsapp, targets: EventTargets): void {
  for (const [name, entry] of Object.entries(CLIENT_EVENTS)) {
    if (!("handle" in entry)) continue;
    const attach = library[name as ClientEvent] as (listener: (payload: unknown) => void) => unknown;
    attach.call(library, (payload) => entry.handle(targets, payload));
  }
}
