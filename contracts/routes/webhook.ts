/** Webhook endpoints and their deliveries (Standard Webhooks). */
import { z } from "zod";
import { EventPattern, EventType } from "../events.ts";
import { idSchema } from "../ids.ts";
import { listOf, object, page, route, type Route } from "../route.ts";
import { WebhookFormat } from "../webhook-format.ts";

const tag = "Webhooks";

/** Headers that a delivery sets itself, or that would change how it is transferred. */
const RESERVED_NAME = /^(?:host|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|user-agent)$/i;
const RESERVED_PREFIX = /^(?:content|proxy|webhook)-/i;
const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
const HEADER_VALUE = /^[\x20-\x7e]{0,1024}$/;

const Headers = z
  .record(
    z
      .string()
      .regex(HEADER_NAME, "must be a header name")
      .refine((name) => !RESERVED_NAME.test(name) && !RESERVED_PREFIX.test(name), {
        error: "must not be a header that a delivery sets itself",
      }),
    z.string().regex(HEADER_VALUE, "must be printable ASCII with at most 1024 characters"),
  )
  .refine((headers) => Object.keys(headers).length <= 20, { error: "must have at most 20 headers" })
  .describe("Additional headers of each delivery, at most 20");

const Url = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^\S+$/, "must be a URL without white space")
  .describe(
    "An https: or http: URL. Private addresses are refused unless the operator allows them (WPP_ALLOW_PRIVATE_URLS)",
  );
const Events = z
  .array(EventPattern)
  .min(1)
  .max(100)
  .describe("Event types, prefixes such as `message.*`, or `*` for all");
const Sessions = z
  .array(z.string().min(1).max(100))
  .min(1)
  .max(500)
  .nullable()
  .describe("Only events of these sessions, by id or name; null for all");
const Description = z.string().max(500);
const Ordering = z
  .enum(["none", "session"])
  .describe(
    "session: the events of a session arrive in their order, one at a time; one that fails is retried before the next. " +
      "none: several at a time, and a retry arrives after later events",
  );

export const Webhook = z
  .object({
    id: z.string(),
    url: z.string(),
    events: z.array(z.string()).describe("Event types, prefixes such as `message.*`, or `*` for all"),
    sessions: z.array(z.string()).nullable().describe("Only events of these sessions; null for all"),
    headers: z.array(z.string()).describe("Names of the additional headers; their values are not returned"),
    description: z.string(),
    ordering: Ordering,
    format: WebhookFormat,
    status: z.enum(["enabled", "disabled"]),
    disabledReason: z
      .enum(["requested", "gone", "failing", "maker_gone"])
      .nullable()
      .describe(
        "gone: the endpoint answered 410; failing: every delivery failed for five days; maker_gone: the user or API key " +
          "that set it up was deleted, disabled or revoked, or has expired. Who enables it again is its new maker",
      ),
    failingSince: z.iso
      .datetime()
      .nullable()
      .describe("Since when every delivery has failed; null when the last one did not"),
    createdBy: z
      .string()
      .nullable()
      .describe(
        "The user or API key that set it up, or last changed what it delivers: it gets the events that this one may read",
      ),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: "Webhook" });
export type Webhook = z.infer<typeof Webhook>;

const Secret = z
  .string()
  .describe("Secret (whsec_…) that verifies the signatures. Store it securely: it is not returned again");

const Attempt = z.object({
  at: z.iso.datetime(),
  status: z.int().nullable().describe("HTTP status; null when there was no response"),
  ms: z.int().describe("Duration in ms"),
  response: z.string().describe("First 1 kB of the response, or why there was none"),
});

export const Delivery = z
  .object({
    id: z.string(),
    webhookId: z.string(),
    eventId: z.string().describe("Sent as webhook-id; the same for every attempt"),
    eventType: EventType.describe("Type of the event"),
    status: z
      .enum(["pending", "delivered", "failed"])
      .describe("failed: every attempt of the schedule failed, or the endpoint was disabled"),
    attempts: z.array(Attempt).describe("Every attempt so far"),
    nextAttemptAt: z.iso.datetime().nullable().describe("null when no attempt is left"),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Delivery" });
export type Delivery = z.infer<typeof Delivery>;

const WebhookParams = object({ id: idSchema("webhook") });
const DeliveryParams = object({ id: idSchema("delivery") });

export const listWebhooks = route({
  method: "GET",
  path: "/webhooks",
  action: "webhook.list",
  permission: "webhook:read",
  sessions: "filtered",
  summary: "List webhook endpoints",
  tag,
  query: object(page),
  responses: { 200: listOf(Webhook) },
  problems: ["cursor_invalid"],
});

export const createWebhook = route({
  method: "POST",
  path: "/webhooks",
  action: "webhook.create",
  permission: "webhook:write",
  sessions: "filtered",
  summary: "Create a webhook endpoint; its secret is returned only in this response",
  tag,
  body: object({
    url: Url,
    events: Events,
    sessions: Sessions.default(null),
    headers: Headers.default({}),
    description: Description.default(""),
    ordering: Ordering.default("none"),
    format: WebhookFormat.default("standard"),
  }),
  responses: { 201: Webhook.extend({ secret: Secret }) },
  problems: ["url_blocked", "quota_exceeded", "forbidden"],
});

export const getWebhook = route({
  method: "GET",
  path: "/webhooks/:id",
  action: "webhook.get",
  permission: "webhook:read",
  sessions: "filtered",
  summary: "Get a webhook endpoint",
  tag,
  params: WebhookParams,
  responses: { 200: Webhook },
  problems: ["not_found"],
});

export const updateWebhook = route({
  method: "PATCH",
  path: "/webhooks/:id",
  action: "webhook.update",
  permission: "webhook:write",
  sessions: "filtered",
  summary: "Change, disable or enable a webhook endpoint",
  tag,
  params: WebhookParams,
  body: object({
    url: Url,
    events: Events,
    sessions: Sessions,
    headers: Headers.describe("Replaces all additional headers"),
    description: Description,
    ordering: Ordering,
    format: WebhookFormat,
    status: z.enum(["enabled", "disabled"]),
  }).partial(),
  responses: { 200: Webhook },
  problems: ["not_found", "url_blocked", "precondition_failed"],
});

export const removeWebhook = route({
  method: "DELETE",
  path: "/webhooks/:id",
  action: "webhook.remove",
  permission: "webhook:write",
  sessions: "filtered",
  summary: "Delete a webhook endpoint and its deliveries",
  tag,
  params: WebhookParams,
  responses: { 204: null },
  problems: ["not_found"],
});

export const testWebhook = route({
  method: "POST",
  path: "/webhooks/:id/test",
  action: "webhook.test",
  permission: "webhook:write",
  sessions: "filtered",
  summary: "Send the event webhook.test to this endpoint, in a single attempt",
  tag,
  params: WebhookParams,
  body: object({}).optional(),
  responses: { 200: Delivery },
  problems: ["not_found"],
});

export const rotateWebhookSecret = route({
  method: "POST",
  path: "/webhooks/:id/rotate-secret",
  action: "webhook.rotateSecret",
  permission: "webhook:write",
  sessions: "filtered",
  summary: "Create a new secret; for 24 hours deliveries are also signed with the old one",
  tag,
  params: WebhookParams,
  body: object({}).optional(),
  responses: { 200: Webhook.extend({ secret: Secret }) },
  problems: ["not_found", "conflict"],
});

export const replayWebhook = route({
  method: "POST",
  path: "/webhooks/:id/replay",
  action: "webhook.replay",
  permission: "webhook:write",
  sessions: "filtered",
  summary: "Deliver events from the log again, with the same webhook-id",
  tag,
  params: WebhookParams,
  body: object({
    since: z.iso.datetime({ offset: true }).describe("Events at or after this time"),
    until: z.iso.datetime({ offset: true }).optional().describe("By default now"),
    types: Events.optional().describe("Only these event types; by default those of the endpoint"),
    only: z
      .enum(["failed", "all"])
      .default("failed")
      .describe(
        "failed: only failed deliveries; all: every event of the types, whether or not it was delivered before",
      ),
  }),
  responses: { 202: z.object({ scheduled: z.int().describe("Number of scheduled deliveries") }) },
  problems: ["not_found", "conflict"],
});

export const listDeliveries = route({
  method: "GET",
  path: "/webhooks/:id/deliveries",
  action: "webhook.deliveries",
  permission: "webhook:read",
  sessions: "filtered",
  summary: "List the deliveries of an endpoint, newest first",
  tag,
  params: WebhookParams,
  query: object({
    ...page,
    status: z.enum(["pending", "delivered", "failed"]).optional().describe("Only with this status"),
  }),
  responses: { 200: listOf(Delivery) },
  problems: ["not_found", "cursor_invalid"],
});

export const retryDelivery = route({
  method: "POST",
  path: "/deliveries/:id/retry",
  action: "webhook.retry",
  permission: "webhook:write",
  sessions: "filtered",
  summary: "Retry a delivery now, and restart its schedule",
  tag,
  params: DeliveryParams,
  body: object({}).optional(),
  responses: { 202: Delivery },
  problems: ["not_found", "conflict"],
});

export const webhookRoutes: readonly Route[] = [
  listWebhooks,
  createWebhook,
  getWebhook,
  updateWebhook,
  removeWebhook,
  testWebhook,
  rotateWebhookSecret,
  replayWebhook,
  listDeliveries,
  retryDelivery,
];
