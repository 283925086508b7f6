/** The protocol of Socket.io: what a server sends to clients, and what clients send. */
import { z } from "zod";
import type { ProblemBody } from "./errors.ts";
import { EventPattern, type EventEnvelope, type EventType } from "./events.ts";

/** `message.received` -> `message:received`. */
export type SocketName<T extends EventType = EventType> = T extends `${infer Noun}.${infer Verb}`
  ? `${Noun}:${Verb}`
  : never;

/** The Socket.io name of an event type. */
export function socketName<T extends EventType>(type: T): SocketName<T>;
export function socketName(type: EventType): string {
  return type.replace(".", ":");
}

/** `cursor` is the position of the latest event: after reading the state, the client continues from it. */
export const Resync = z.object({ reason: z.string(), cursor: z.string() });

type PublishedEvents = {
  [T in EventType as SocketName<T>]: (event: EventEnvelope<T>) => void;
};

export interface ServerToClientEvents extends PublishedEvents {
  /** The events since the client's cursor are too many or too old to be sent: the client reads the state again. */
  resync: (notice: z.infer<typeof Resync>) => void;
}

/** Answer to a client's event: success or a problem. A subscription's has the cursor after which its events follow. */
export type SocketAnswer =
  { readonly ok: true; readonly cursor?: string } | { readonly error: z.infer<typeof ProblemBody> };

/** Payload of `subscribe`: events of these sessions (ids or names) and types only; absent means all. */
export const Subscribe = z.strictObject({
  sessions: z.array(z.string().min(1).max(100)).min(1).max(500).optional(),
  types: z.array(EventPattern).min(1).max(100).optional(),
});

/** Payload of `typing:start` and `typing:stop`. */
export const Typing = z.strictObject({ session: z.string().min(1).max(100), chatId: z.string().min(3).max(80) });

/** What clients may send, with the schema of its payload; docs/sockets.md describes each. */
export const CLIENT_EVENTS = {
  subscribe: Subscribe,
  unsubscribe: null,
  "typing:start": Typing,
  "typing:stop": Typing,
} as const satisfies Readonly<Record<keyof ClientToServerEvents, z.ZodObject | null>>;

type Acknowledge = (answer: SocketAnswer) => void;

export interface ClientToServerEvents {
  subscribe: (payload: z.input<typeof Subscribe>, acknowledge: Acknowledge) => void;
  /** Back to all events of the namespace. */
  unsubscribe: (acknowledge: Acknowledge) => void;
  /** Shows the chat that the account is typing. */
  "typing:start": (payload: z.input<typeof Typing>, acknowledge: Acknowledge) => void;
  "typing:stop": (payload: z.input<typeof Typing>, acknowledge: Acknowledge) => void;
}
