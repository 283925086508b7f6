/** Messages in both directions: sending, reading and changing them. */
import { z } from "zod";
import { Message, Poll, TimelineEntry } from "../message.ts";
import { Recipient } from "../message-fields.ts";
import { BulkMessage, SendMessage } from "../message-kinds.ts";
import { listOf, object, page, route } from "../route.ts";
import { MESSAGE_STATUSES } from "../states.ts";
import { Done } from "./chat.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Messages";
export const filtered = { tag, sessions: "filtered" } as const;
/** The forms in which a message can be named in a request: those in which the API itself names it. */
const MESSAGE_REFERENCE = "The message's `id` (msg_…), its `waId` or its `waKey`";
/** WhatsApp's ids are unique in a session only: one that several sessions have is refused. */
export const REFERENCE_PROBLEMS = ["conflict"] as const;
export const MessageParams = object({ id: z.string().min(1).max(200).describe(MESSAGE_REFERENCE) });

const filters = {
  ...page,
  status: z.enum(MESSAGE_STATUSES).optional().describe("Only messages with this status"),
  direction: z.enum(["outbound", "inbound"]).optional().describe("Only messages from the account, or only to it"),
  chat: z.string().max(200).optional().describe("Only this chat: a phone number or a WhatsApp id"),
  from: z.iso.datetime({ offset: true }).optional().describe("Created at or after"),
  until: z.iso.datetime({ offset: true }).optional().describe("Created before"),
  clientRef: z.string().max(120).optional().describe("Only the message with this id of your own"),
  batch: z.string().max(60).optional().describe("Messages of one batch"),
  q: z.string().min(1).max(200).optional().describe("Part of the text"),
};

/** The problems of every route that queues a message. */
const QUEUE_PROBLEMS = ["idempotency_in_progress", "idempotency_key_reused", "quota_exceeded", "queue_full"] as const;
export const SENDING_PROBLEMS = [
  ...QUEUE_PROBLEMS,
  "invalid_phone",
  "client_ref_taken",
  "unsupported",
  "media_unreachable",
  "media_too_large",
  "media_invalid",
  "url_blocked",
] as const;

export const sendMessage = route({
  method: "POST",
  path: "/sessions/:session/messages",
  action: "message.send",
  permission: "message:send",
  summary: "Queue a message; 202 means that it is stored, and will be sent or end in a status that reports why not",
  description:
    "Follow it with the events message.sent, message.delivered and message.failed, or with GET /messages/{id}. " +
    "It may be sent before the session is connected, and then waits in the queue. " +
    "Media are given by URL, as base64, or as the uploadId of POST /uploads.",
  tag,
  params: SessionParams,
  body: SendMessage,
  bodyLimit: "media",
  responses: { 202: Message },
  problems: SENDING_PROBLEMS,
});

export const SendBulk = object({
  recipients: z
    .array(z.string().max(200))
    .min(1)
    .max(1_000)
    .describe("A recipient that is listed twice, also in different forms of the number, gets the message once"),
  message: BulkMessage,
});
export type SendBulk = z.infer<typeof SendBulk>;

export const Batch = z
  .object({
    batchId: z.string().describe("For GET /messages?batch="),
    accepted: z.int().describe("Number of messages"),
    messages: z
      .array(z.object({ id: z.string(), to: z.string().describe("The recipient as it was given"), waId: z.string() }))
      .describe("One for each recipient"),
  })
  .meta({ id: "Batch" });
export type Batch = z.infer<typeof Batch>;

export const sendBulk = route({
  method: "POST",
  path: "/sessions/:session/messages/bulk",
  action: "message.bulk",
  permission: "message:send",
  summary: "Accept a message for many recipients, all or none; follow it with GET /messages?batch=",
  tag,
  params: SessionParams,
  body: SendBulk,
  bodyLimit: "media",
  responses: { 202: Batch },
  problems: SENDING_PROBLEMS,
});

export const listSessionMessages = route({
  method: "GET",
  path: "/sessions/:session/messages",
  action: "message.listOfSession",
  permission: "message:read",
  summary: "List the messages of a session, newest first",
  tag,
  params: SessionParams,
  query: object(filters),
  responses: { 200: listOf(Message) },
  problems: ["cursor_invalid", "invalid_phone"],
});

export const listMessages = route({
  method: "GET",
  path: "/messages",
  action: "message.list",
  permission: "message:read",
  summary: "List the messages of all sessions, newest first",
  ...filtered,
  query: object(filters),
  responses: { 200: listOf(Message) },
  problems: ["cursor_invalid", "invalid_phone"],
});

export const getMessage = route({
  method: "GET",
  path: "/messages/:id",
  action: "message.get",
  permission: "message:read",
  summary: "Get a message",
  ...filtered,
  params: MessageParams,
  responses: { 200: Message },
  problems: REFERENCE_PROBLEMS,
});

export const getTimeline = route({
  method: "GET",
  path: "/messages/:id/timeline",
  action: "message.timeline",
  permission: "message:read",
  summary: "List the changes of a message's status, oldest first",
  ...filtered,
  params: MessageParams,
  responses: { 200: z.object({ data: z.array(TimelineEntry) }) },
  problems: REFERENCE_PROBLEMS,
});

export const getMedia = route({
  method: "GET",
  path: "/messages/:id/media",
  action: "message.media",
  permission: "message:read",
  summary: "Download a message's media",
  ...filtered,
  params: MessageParams,
  responses: { 200: z.string() },
  produces: ["*/*"],
  problems: REFERENCE_PROBLEMS,
});

export const getPoll = route({
  method: "GET",
  path: "/messages/:id/poll",
  action: "message.poll",
  permission: "message:read",
  summary: "Get the votes of a poll: the tally, and who chose what; a message of another type is not found",
  ...filtered,
  params: MessageParams,
  responses: { 200: Poll },
  problems: REFERENCE_PROBLEMS,
});

export const cancelMessage = route({
  method: "POST",
  path: "/messages/:id/cancel",
  action: "message.cancel",
  permission: "message:send",
  summary: "Cancel a message that has not been passed to WhatsApp yet",
  ...filtered,
  params: MessageParams,
  body: object({}).optional(),
  responses: { 200: Message },
  problems: [...REFERENCE_PROBLEMS, "not_cancellable"],
});

export const retryMessage = route({
  method: "POST",
  path: "/messages/:id/retry",
  action: "message.retry",
  permission: "message:send",
  summary: "Send a failed, expired or cancelled message again, as a new message",
  ...filtered,
  params: MessageParams,
  body: object({}).optional(),
  responses: { 202: Message },
  problems: [...REFERENCE_PROBLEMS, "not_retryable", ...QUEUE_PROBLEMS],
});

export const editMessage = route({
  method: "PATCH",
  path: "/messages/:id",
  action: "message.edit",
  permission: "message:send",
  summary: "Edit a sent text or caption; returns the edit, which is queued like a message",
  ...filtered,
  params: MessageParams,
  body: object({ text: z.string().min(1).max(65_536).describe("The new text") }),
  responses: { 202: Message },
  problems: [...REFERENCE_PROBLEMS, "not_changeable", ...QUEUE_PROBLEMS],
});

export const revokeMessage = route({
  method: "POST",
  path: "/messages/:id/revoke",
  action: "message.revoke",
  permission: "message:send",
  summary: "Delete a message for everyone; returns the revocation, which is queued like a message",
  description: "One that the account sent; in a group whose admin it is, those of others too.",
  ...filtered,
  params: MessageParams,
  body: object({}).optional(),
  responses: { 202: Message },
  problems: [...REFERENCE_PROBLEMS, "not_changeable", ...QUEUE_PROBLEMS],
});

export const forwardMessage = route({
  method: "POST",
  path: "/messages/:id/forward",
  action: "message.forward",
  permission: "message:send",
  summary: "Forward a message to another chat; returns the new message",
  ...filtered,
  params: MessageParams,
  body: object({ to: Recipient }),
  responses: { 202: Message },
  problems: [...REFERENCE_PROBLEMS, "invalid_phone", "unsupported", ...QUEUE_PROBLEMS],
});

export const starMessage = route({
  method: "POST",
  path: "/messages/:id/star",
  action: "message.star",
  permission: "message:send",
  summary: "Star or unstar a message on the account",
  ...filtered,
  params: MessageParams,
  body: object({ star: z.boolean().default(true).describe("false removes the star") }).default({ star: true }),
  responses: { 200: Done },
  problems: [...REFERENCE_PROBLEMS, ...DRIVER_PROBLEMS],
});

export const uploadMedia = route({
  method: "POST",
  path: "/uploads",
  action: "message.upload",
  permission: "message:send",
  summary: "Upload one file as multipart/form-data; its uploadId can be used in messages for a day",
  description: "The field is called `file`; the name and type of its part are those of the file.",
  ...filtered,
  bodyKind: "upload",
  responses: {
    201: z.object({
      uploadId: z.string(),
      mimetype: z.string(),
      filename: z.string().nullable(),
      size: z.int(),
      sha256: z.string().describe("SHA-256 of the file, in hex"),
    }),
  },
  problems: ["media_too_large", "media_invalid", "quota_exceeded"],
});

export const messageRoutes = [
  sendMessage,
  sendBulk,
  listSessionMessages,
  listMessages,
  getMessage,
  getTimeline,
  getMedia,
  getPoll,
  cancelMessage,
  retryMessage,
  editMessage,
  revokeMessage,
  forwardMessage,
  starMessage,
  uploadMedia,
];
