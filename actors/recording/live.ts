/**
 * Reports that change no row and are only appended to the event log: codes, typing, presence, chats, contacts, groups
 * and calls.
 */
import type { EventDraft } from "../../contracts/events.ts";
import type { SessionRun } from "../../contracts/transport.ts";
import type { SessionEvent } from "../protocol.ts";

type RecordedType = "state" | "message" | "ack" | "edited" | "revoked" | "reaction" | "poll_vote";
type LiveEvent = Exclude<SessionEvent, { type: RecordedType }>;

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

function isoOrNull(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}

/** Returns the event to be appended to the log. */
export function liveEvent(source: SessionRun, event: LiveEvent): EventDraft {
  const origin = { tenantId: source.tenantId, sessionId: source.sessionId };
  switch (event.type) {
    case "qr": {
      const { text: qr, attempt, expiresAt } = event;
      return { type: "session.qr", ...origin, data: { qr, attempt, expiresAt: iso(expiresAt) } };
    }
    case "pairing_code":
      return { type: "session.pairing_code", ...origin, data: { code: event.code, expiresAt: iso(event.expiresAt) } };
    case "typing": {
      const { chat, from, state } = event;
      if (state === "paused") return { type: "typing.stop", ...origin, data: { chat, from, state } };
      return { type: "typing.start", ...origin, data: { chat, from, state } };
    }
    case "presence": {
      const type = event.online ? "presence.online" : "presence.offline";
      return { type, ...origin, data: { who: event.who, lastSeen: isoOrNull(event.lastSeen) } };
    }
    case "group": {
      if (event.group.kind === "community") {
        const { id, name, description } = event.group;
        return { type: "community.updated", ...origin, data: { community: { id, name, description } } };
      }
      const type = event.change === "created" ? "group.created" : "group.updated";
      const group = { ...event.group, participants: [...event.group.participants] };
      return { type, ...origin, data: { group } };
    }
    case "participants": {
      const { groupId, action, who, by } = event;
      return { type: "group.participants", ...origin, data: { groupId, action, who: [...who], by } };
    }
    case "call": {
      const { id, from, video, at } = event;
      return { type: "call.received", ...origin, data: { id, from, video, at: iso(at) } };
    }
    case "call_ended": {
      const { id, peer, video, outgoing, rejected, at } = event;
      return { type: "call.ended", ...origin, data: { id, with: peer, video, outgoing, rejected, at: iso(at) } };
    }
    case "channel": {
      const { createdAt, ...channel } = event.channel;
      const data = { channel: { ...channel, createdAt: isoOrNull(createdAt) }, gone: event.gone };
      return { type: "channel.updated", ...origin, data };
    }
    case "channel_message": {
      const { at, ...message } = event.message;
      return { type: "channel.message", ...origin, data: { ...message, at: iso(at) } };
    }
    case "status": {
      const { at, ...status } = event.status;
      return { type: "status.received", ...origin, data: { ...status, at: iso(at) } };
    }
    case "status_viewed": {
      const { id, by, at } = event;
      return { type: "status.viewed", ...origin, data: { id, by, at: iso(at) } };
    }
    case "label": {
      const { label, deleted } = event;
      return { type: "label.updated", ...origin, data: { label: { ...label, chats: [...label.chats] }, deleted } };
    }
    case "chat":
    case "contact":
      return accountChange(origin, event);
  }
}

/** The event of a changed chat or contact. */
function accountChange(
  origin: Pick<SessionRun, "tenantId" | "sessionId">,
  event: Extract<LiveEvent, { type: "chat" | "contact" }>,
): EventDraft {
  if (event.type === "chat") {
    const { chat, name, unread, lastAt, archived, pinned, mutedUntil } = event.chat;
    const times = { lastAt: isoOrNull(lastAt), mutedUntil: isoOrNull(mutedUntil) };
    return { type: "chat.updated", ...origin, data: { chat, name, unread, archived, pinned, ...times } };
  }
  const { address: contact, name, pushName, isBusiness } = event.contact;
  return { type: "contact.updated", ...origin, data: { contact, name, pushName, isBusiness, blocked: event.blocked } };
}
