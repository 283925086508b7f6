/** Reading the event log. */
import { z } from "zod";
import { EventEnvelope } from "../events.ts";
import { listOf, object, page, route } from "../route.ts";
import { SessionParams } from "./session.ts";

export const listEvents = route({
  method: "GET",
  path: "/events",
  action: "event.list",
  operationId: "sessionAllEvents",
  permission: "event:read",
  sessions: "filtered",
  summary: "List the tenant's events after a cursor, oldest first; events are kept for 7 days",
  tag: "Events",
  query: object({
    limit: page.limit,
    after: page.cursor,
    types: z.string().max(1_000).optional().describe("Comma-separated list of types or prefixes such as message.*"),
    session: z.string().max(80).optional(),
  }),
  responses: { 200: listOf(EventEnvelope) },
  problems: ["cursor_invalid", "cursor_expired", "not_found"],
});

export const listSessionEvents = route({
  method: "GET",
  path: "/sessions/:session/events",
  action: "event.listOfSession",
  operationId: "sessionEvents",
  permission: "event:read",
  summary: "List the session's events, oldest first",
  tag: "Sessions",
  params: SessionParams,
  query: object({ limit: page.limit, after: page.cursor }),
  responses: { 200: listOf(EventEnvelope) },
  problems: ["cursor_invalid", "cursor_expired"],
});

export const eventRoutes = [listSessionEvents, listEvents];
