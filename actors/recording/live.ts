/** Facts that are only told: codes to scan, typing, presence, groups, calls, votes. */
import type { EventDraft, EventType } from "../../contracts/events.ts";
import type { SessionEvent } from "../protocol.ts";
import type { SessionRun } from "../../contracts/transport.ts";

type LiveEvent = Exclude<SessionEvent, { type: "state" | "message" | "ack" | "edited" | "revoked" | "reaction" }>;

/** The event of such a fact. */
export function liveEvent(source: SessionRun, fact: LiveEvent): EventDraft {
  const [type, data] = describe(fact);
  return { type, tenantId: source.tenantId, sessionId: source.sessionId, data };
}

function describe(fact: LiveEvent): [EventType, Record<string, unknown>] {
  switch (fact.type) {
    case "qr":
      return [
        "session.qr",
        { qr: fact.text, attempt: fact.attempt, expiresAt: new Date(fact.expiresAt).toISOString() },
      ];
    case "pairing_code":
      return ["session.pairing_code", { code: fact.code, expiresAt: new Date(fact.expiresAt).toISOString() }];
    case "typing":
      return [
        fact.state === "paused" ? "typing.stop" : "typing.start",
        { chat: fact.chat, from: fact.from, state: fact.state },
      ];
    case "presence":
      return [
        fact.online ? "presence.online" : "presence.offline",
        { who: fact.who, lastSeen: fact.lastSeen === null ? null : new Date(fact.lastSeen).toISOString() },
      ];
    case "group":
      return [fact.change === "created" ? "group.created" : "group.updated", { group: fact.group }];
    case "participants":
      return ["group.participants", { groupId: fact.groupId, action: fact.action, who: fact.who, by: fact.by }];
    case "chat":
      return ["chat.updated", { chat: fact.chat }];
    case "contact":
      return ["contact.updated", { contact: fact.contact, blocked: fact.blocked }];
    case "call":
      return [
        "call.received",
        { id: fact.id, from: fact.from, video: fact.video, at: new Date(fact.at).toISOString() },
      ];
    case "poll_vote":
      return [
        "message.poll_vote",
        {
          target: fact.target,
          chat: fact.chat,
          from: fact.from,
          options: fact.options,
          at: new Date(fact.at).toISOString(),
        },
      ];
  }
}
