/** The event log's vocabulary: one envelope, a closed list of types. Webhooks, Socket.io and `GET /events` all carry it. */
import { z } from "zod";
import type { Id } from "./ids.ts";

export const EVENT_TYPES = [
  "session.created",
  "session.updated",
  "session.deleted",
  "session.starting",
  "session.qr",
  "session.pairing_code",
  "session.connected",
  "session.degraded",
  "session.disconnected",
  "session.logged_out",
  "session.failed",
  "session.moved",
  "message.queued",
  "message.sent",
  "message.delivered",
  "message.read",
  "message.played",
  "message.failed",
  "message.expired",
  "message.cancelled",
  "message.received",
  "message.edited",
  "message.revoked",
  "message.reaction",
  "message.poll_vote",
  "chat.updated",
  "contact.updated",
  "group.created",
  "group.updated",
  "group.participants",
  "presence.online",
  "presence.offline",
  "typing.start",
  "typing.stop",
  "call.received",
  "analytics.update",
  "webhook.test",
  "webhook.disabled",
  "backup.progress",
  "backup.finished",
  "backup.failed",
  "quota.threshold",
  "system.alert",
  "node.joined",
  "node.left",
  "node.draining",
] as const;
export const EventType = z.enum(EVENT_TYPES);
export type EventType = z.infer<typeof EventType>;

/** What every event looks like outside. `sequence` rises by one per session (per tenant for events without a session). */
export const EventEnvelope = z
  .object({
    id: z.string(),
    type: EventType,
    at: z.iso.datetime(),
    tenantId: z.string(),
    sessionId: z.string().optional(),
    sequence: z.int(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Event" });
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** An event about to be written; id, time and sequence are given when it is appended. */
export interface EventDraft {
  readonly type: EventType;
  readonly tenantId: Id<"tenant">;
  readonly sessionId: Id<"session"> | null;
  readonly data: Record<string, unknown>;
}

/** What a subscriber may ask for: a type, a prefix such as `message.*`, or `*`. */
export const EventPattern = z
  .string()
  .refine(isEventPattern, { error: "an event type, a prefix such as message.*, or * is expected" });

function isEventPattern(text: string): boolean {
  if (text === "*" || (EVENT_TYPES as readonly string[]).includes(text)) return true;
  return text.endsWith(".*") && EVENT_TYPES.some((type) => type.startsWith(text.slice(0, -1)));
}

/** True when the type is meant by one of the patterns. */
export function matchesPatterns(type: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern === "*" || pattern === type || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1))),
  );
}

/** The Socket.io name of an event: `message.received` is emitted as `message:received`. */
export function socketName(type: EventType): string {
  return type.replace(".", ":");
}
