/** Events of messages in both directions. */
import { z } from "zod";
import { Address } from "../address.ts";
import { Message } from "../message.ts";
import { MESSAGE_STATUSES } from "../states.ts";
import { event } from "./definition.ts";

const MESSAGE_ID = "msg_0195536fa1d47c3e9b0a4c6d8e2f1a70";
const CUSTOMER = { chatId: "15550100002@c.us", phone: "+15550100002", lid: "20015550100002@lid" };
const KEY = "true_15550100002@c.us_3EB0C767D097B7C0B1D2AF";
const AT = "2026-03-02T14:05:11.000Z";

/** A step of an outbound message's status. `previousStatus` shows which steps were skipped. */
const StatusChange = z.object({
  messageId: z.string(),
  waId: z.string().describe("WhatsApp's id of the message"),
  chatId: z.string(),
  type: Message.shape.type,
  status: z.enum(["queued", "sent", "delivered", "read", "played", "failed", "expired", "cancelled"]),
  previousStatus: z.enum(MESSAGE_STATUSES),
  clientRef: z.string().nullable(),
  error: z
    .object({ code: z.string(), detail: z.string().nullable() })
    .optional()
    .describe("Why it failed or expired, or why its last attempt failed"),
});

/**
 * A message that was accepted to be sent immediately has no earlier status, and its WhatsApp id is not reported yet.
 */
const Queued = StatusChange.partial({ waId: true, previousStatus: true });

/** A message with its content. */
const WholeMessage = z.object({ messageId: z.string(), chatId: z.string(), message: Message });

/** A later change of a message. */
const ContentChange = z.object({
  messageId: z.string().nullable().describe("null when the message is not stored here"),
  key: z.string().describe("WhatsApp's key of the message"),
  chatId: z.string(),
  at: z.iso.datetime(),
});

type Step = z.infer<typeof StatusChange>;

function step(status: Step["status"], previousStatus: Step["previousStatus"]): Step {
  return {
    messageId: MESSAGE_ID,
    waId: "3EB0C767D097B7C0B1D2AF",
    chatId: CUSTOMER.chatId,
    type: "text",
    status,
    previousStatus,
    clientRef: null,
  };
}

const received: Message = {
  id: MESSAGE_ID,
  sessionId: "ses_0195536f8c107d4ba2e15f3c9d7b6e04",
  direction: "inbound",
  type: "text",
  chat: CUSTOMER,
  from: CUSTOMER,
  pushName: "Ana",
  status: "received",
  text: "Is my order on its way?",
  content: {},
  media: null,
  replyTo: null,
  mentions: [],
  reactions: {},
  waId: "3EB0A1B2C3D4E5F6071829",
  waKey: "false_15550100002@c.us_3EB0A1B2C3D4E5F6071829",
  clientRef: null,
  batchId: null,
  retryOf: null,
  priority: "normal",
  attempts: 0,
  error: null,
  waiting: null,
  sendAt: null,
  expiresAt: null,
  editedAt: null,
  revokedAt: null,
  createdAt: "2026-03-02T14:05:11.204Z",
  updatedAt: "2026-03-02T14:05:11.204Z",
};

export const messageEvents = {
  "message.queued": event({
    meaning: "An outbound message entered the queue.",
    data: Queued,
    example: { messageId: MESSAGE_ID, chatId: CUSTOMER.chatId, type: "text", clientRef: null, status: "queued" },
    scope: "session",
    permission: "message:read",
  }),
  "message.sent": event({
    meaning:
      "WhatsApp's server has an outbound message; with `message` it was sent from another device of the account.",
    data: z.union([StatusChange, WholeMessage]),
    example: step("sent", "sending"),
    scope: "session",
    permission: "message:read",
  }),
  "message.delivered": event({
    meaning: "An outbound message arrived on the recipient's device.",
    data: StatusChange,
    example: step("delivered", "sent"),
    scope: "session",
    permission: "message:read",
  }),
  "message.read": event({
    meaning: "The recipient read an outbound message.",
    data: StatusChange,
    example: step("read", "delivered"),
    scope: "session",
    permission: "message:read",
  }),
  "message.played": event({
    meaning: "The recipient played an outbound voice message.",
    data: StatusChange,
    example: { ...step("played", "read"), type: "voice" },
    scope: "session",
    permission: "message:read",
  }),
  "message.failed": event({
    meaning: "An outbound message failed for good; see `error`.",
    data: StatusChange,
    example: {
      ...step("failed", "sending"),
      error: { code: "number_not_on_whatsapp", detail: "+15550100002 is not on WhatsApp" },
    },
    scope: "session",
    permission: "message:read",
  }),
  "message.expired": event({
    meaning: "An outbound message was not sent before its `expiresAt`.",
    data: StatusChange,
    example: {
      ...step("expired", "queued"),
      error: { code: "expired", detail: "it was not sent before its expiresAt" },
    },
    scope: "session",
    permission: "message:read",
  }),
  "message.cancelled": event({
    meaning: "An outbound message was cancelled before it was sent.",
    data: StatusChange,
    example: step("cancelled", "scheduled"),
    scope: "session",
    permission: "message:read",
  }),
  "message.received": event({
    meaning: "The account received a message.",
    data: WholeMessage,
    example: { messageId: MESSAGE_ID, chatId: CUSTOMER.chatId, message: received },
    scope: "session",
    permission: "message:read",
  }),
  "message.edited": event({
    meaning: "The text of a message was changed.",
    data: ContentChange.extend({ text: z.string() }),
    example: { messageId: MESSAGE_ID, key: KEY, chatId: CUSTOMER.chatId, at: AT, text: "It arrives on Tuesday" },
    scope: "session",
    permission: "message:read",
  }),
  "message.revoked": event({
    meaning: "A message was deleted for everyone.",
    data: ContentChange.extend({ by: Address.nullable().describe("Who deleted it; null when unknown") }),
    example: { messageId: MESSAGE_ID, key: KEY, chatId: CUSTOMER.chatId, at: AT, by: CUSTOMER },
    scope: "session",
    permission: "message:read",
  }),
  "message.reaction": event({
    meaning: "Someone reacted to a message, or took the reaction back.",
    data: ContentChange.extend({ from: Address, emoji: z.string().describe("Empty when the reaction was taken back") }),
    example: { messageId: MESSAGE_ID, key: KEY, chatId: CUSTOMER.chatId, at: AT, from: CUSTOMER, emoji: "👍" },
    scope: "session",
    permission: "message:read",
  }),
  "message.poll_vote": event({
    meaning:
      "Someone voted in a poll; `options` is the whole vote and replaces an earlier one. `GET /messages/:id/poll` has the tally.",
    data: ContentChange.extend({ from: Address, options: z.array(z.string()) }),
    example: { messageId: MESSAGE_ID, key: KEY, chatId: CUSTOMER.chatId, at: AT, from: CUSTOMER, options: ["Tuesday"] },
    scope: "session",
    permission: "message:read",
  }),
};
