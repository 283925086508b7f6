/**
 * The events that the system publishes. One table maps each event type to the schema of its data, its meaning and an
 * example; types, validation, OpenAPI, Socket.io and docs/events.md all come from it. Webhooks,
 * Socket.io and `GET /events` carry the same envelope.
 */
import { z } from "zod";
import { accountEvents } from "./events/account.ts";
import type { EventDefinition } from "./events/definition.ts";
import { messageEvents } from "./events/message.ts";
import { sessionEvents } from "./events/session.ts";
import { systemEvents } from "./events/system.ts";
import type { Id } from "./ids.ts";

export const EVENTS = {
  ...sessionEvents,
  ...messageEvents,
  ...accountEvents,
  ...systemEvents,
} satisfies Readonly<Record<string, EventDefinition>>;

export type EventType = keyof typeof EVENTS;
export const EVENT_TYPES = Object.keys(EVENTS) as EventType[];
export const EventType = z.enum(EVENT_TYPES);

/** The `data` of an event of type `T`. */
export type EventData<T extends EventType> = z.output<(typeof EVENTS)[T]["data"]>;

/** The fields of the envelope that do not depend on the type. */
const EventHead = z.object({
  id: z.string().describe("The same in every delivery of the event"),
  at: z.iso.datetime().describe("When it happened"),
  tenantId: z.string(),
  sessionId: z.string().optional().describe("Absent when the event belongs to the tenant as a whole"),
  sequence: z
    .int()
    .describe("Rises by one per session, and per tenant for events without a session; 0 outside the log"),
  cursor: z
    .string()
    .describe(
      "The event's position in the log: `after` of GET /events, and of a socket's handshake, continues from it",
    ),
});

/** An event as it leaves the system: a union discriminated by `type`. */
export type EventEnvelope<T extends EventType = EventType> = {
  [K in T]: z.infer<typeof EventHead> & { type: K; data: EventData<K> };
}[T];

/** An event as the log holds it. It gets a cursor when it leaves the system, because cursors are signed. */
export type LogEntry<T extends EventType = EventType> = {
  [K in T]: Omit<z.infer<typeof EventHead>, "cursor"> & { type: K; data: EventData<K> };
}[T];

/** An event about to be appended; id, time and sequence are assigned then. */
export type EventDraft<T extends EventType = EventType> = {
  [K in T]: {
    readonly type: K;
    readonly tenantId: Id<"tenant">;
    readonly sessionId: Id<"session"> | null;
    readonly data: EventData<K>;
  };
}[T];

/** `session.logged_out` -> `SessionLoggedOut`. */
export function eventName(type: EventType): string {
  return type.replace(/(?:^|[._])(\w)/g, (_match, letter: string) => letter.toUpperCase());
}

/** The envelope of the type's example. */
export function exampleOf<T extends EventType>(type: T): EventEnvelope<T>;
export function exampleOf(type: EventType): unknown {
  const { scope, published, example } = EVENTS[type];
  return {
    id: "evt_0195536fa2b17d90b3c4e5f60718293a",
    type,
    at: "2026-03-02T14:05:11.204Z",
    tenantId: "ten_0195536f7e4c7b0f9d1e2a3b4c5d6e7f",
    ...(scope === "tenant" ? {} : { sessionId: "ses_0195536f8c107d4ba2e15f3c9d7b6e04" }),
    sequence: published === "log" ? 42 : 0,
    cursor: "NDI.hV3p0Qm8Zk1xT5wJ",
    data: example,
  };
}

function envelopeOf(type: EventType) {
  const { id, ...head } = EventHead.shape;
  return z
    .object({ id, type: z.literal(type), ...head, data: EVENTS[type].data as z.ZodType })
    .meta({ id: `${eventName(type)}Event`, description: descriptionOf(type), examples: [exampleOf(type)] });
}

/** The type's meaning and the permission that it requires. */
export function descriptionOf(type: EventType): string {
  return `${EVENTS[type].meaning} Requires the permission \`${EVENTS[type].permission}\`.`;
}

/** The schema of each type's envelope. */
export const EVENT_ENVELOPES = Object.fromEntries(EVENT_TYPES.map((type) => [type, envelopeOf(type)])) as Readonly<
  Record<EventType, ReturnType<typeof envelopeOf>>
>;

const [first, ...others] = EVENT_TYPES.map((type) => EVENT_ENVELOPES[type]);

/** The schema of any event's envelope. */
export const EventEnvelope = z
  .discriminatedUnion("type", [first!, ...others])
  .meta({ id: "Event" }) as unknown as z.ZodType<EventEnvelope>;

/** The event types of a subscription: one type, a prefix such as `message.*`, or `*`. */
export const EventPattern = z
  .string()
  .refine(isEventPattern, { error: "an event type, a prefix such as message.*, or * is expected" });

function isEventPattern(text: string): boolean {
  if (text === "*" || (EVENT_TYPES as readonly string[]).includes(text)) return true;
  return text.endsWith(".*") && EVENT_TYPES.some((type) => type.startsWith(text.slice(0, -1)));
}

/** True when one of the patterns matches the type. */
export function matchesPatterns(type: string, patterns: readonly string[]): boolean {
  return patterns.some(
    (pattern) =>
      pattern === "*" || pattern === type || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1))),
  );
}
