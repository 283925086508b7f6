/** Reading the event log. */
import { z } from "zod";
import { EventEnvelope } from "../events.ts";
import { listOf, object, page, route } from "../route.ts";
import { StreamQuery } from "../streams.ts";
import { SessionParams } from "./session.ts";

const AFTER = page.cursor.describe(
  "The `nextCursor` of the page before, or the `cursor` of the last event that was handled; absent for the oldest events",
);

/** The last page has a cursor too: poll with it. */
const description =
  "`nextCursor` is set on the last page too: poll with it. After `cursor_expired`, read the state and start without.";

export const listEvents = route({
  method: "GET",
  path: "/events",
  action: "event.list",
  permission: "event:read",
  sessions: "filtered",
  summary: "List the tenant's events after a cursor, oldest first; events are kept for 7 days",
  description,
  tag: "Events",
  query: object({
    limit: page.limit,
    after: AFTER,
    types: z.string().max(1_000).optional().describe("Comma-separated list of types or prefixes such as message.*"),
    session: z.string().max(80).optional().describe("Only events of this session, by id or name"),
  }),
  responses: { 200: listOf(EventEnvelope) },
  problems: ["cursor_invalid", "cursor_expired", "not_found"],
});

export const listSessionEvents = route({
  method: "GET",
  path: "/sessions/:session/events",
  action: "event.listOfSession",
  permission: "event:read",
  summary: "List the session's events, oldest first",
  description,
  tag: "Sessions",
  params: SessionParams,
  query: object({ limit: page.limit, after: AFTER }),
  responses: { 200: listOf(EventEnvelope) },
  problems: ["cursor_invalid", "cursor_expired"],
});

export const streamEvents = route({
  method: "GET",
  path: "/events/stream",
  action: "event.stream",
  permission: "event:read",
  sessions: "filtered",
  summary: "Stream the tenant's events as they happen (Server-Sent Events)",
  description:
    "Each event has its type as `event`, its cursor as `id` and its envelope as `data`. `Last-Event-ID` or `after` " +
    "brings what was missed, in order, before what is live. `ready` is the first event, `resync` says that too much " +
    "was missed, and `close` why the server ends the stream. The same events come over a WebSocket at " +
    "`/api/v1/stream`, and over Socket.io. All are described in docs/streams.md.",
  tag: "Events",
  query: StreamQuery,
  responses: { 200: z.string() },
  produces: ["text/event-stream"],
  problems: ["cursor_invalid", "not_found", "quota_exceeded"],
});

export const eventRoutes = [listSessionEvents, listEvents, streamEvents];
