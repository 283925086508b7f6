/** Events of a session: its resource, its pairing and its state. */
import { z } from "zod";
import { Address } from "../address.ts";
import { Session } from "../routes/session.ts";
import { event } from "./definition.ts";

const SESSION_ID = "ses_0195536f8c107d4ba2e15f3c9d7b6e04";

/** The session's new state. `me` is present when the account behind the session has just become known. */
const StateChange = z.object({
  state: Session.shape.state,
  reason: Session.shape.reason,
  evidence: Session.shape.evidence,
  me: Address.extend({ name: z.string().nullable() }).optional(),
});

const ExpiringAt = z.iso.datetime().describe("The code is not valid after this time");

export const sessionEvents = {
  "session.created": event({
    meaning: "A session was created.",
    data: z.object({ name: Session.shape.name, network: Session.shape.network }),
    example: { name: "support", network: "sandbox" },
    scope: "session",
    permission: "session:read",
  }),
  "session.updated": event({
    meaning: "The name, settings or metadata of a session were changed.",
    data: z.object({ name: Session.shape.name }),
    example: { name: "support" },
    scope: "session",
    permission: "session:read",
  }),
  "session.deleted": event({
    meaning: "A session was deleted with everything it held; the event belongs to the tenant.",
    data: z.object({ sessionId: z.string() }),
    example: { sessionId: SESSION_ID },
    scope: "tenant",
    permission: "session:read",
  }),
  "session.moved": event({
    meaning: "Another node runs the session now.",
    data: z.object({
      from: z.string().describe("The node that ran it before"),
      to: z.string().describe("The node that runs it now"),
      why: z
        .enum(["requested", "drain", "rebalance", "takeover"])
        .describe("takeover: the node before has stopped or died"),
      epoch: z.int().describe("Rises each time a node takes the session over"),
    }),
    example: { from: "session-1", to: "session-2", why: "drain", epoch: 7 },
    scope: "session",
    permission: "session:read",
  }),
  "session.starting": event({
    meaning: "A session is starting.",
    data: StateChange,
    example: { state: "starting", reason: "requested", evidence: {} },
    scope: "session",
    permission: "session:read",
  }),
  "session.qr": event({
    meaning: "A QR code is ready to be scanned; it replaces the one before.",
    data: z.object({
      qr: z.string().describe("The text that a phone scans"),
      attempt: z.int().describe("Counts the codes of this pairing, from 1"),
      expiresAt: ExpiringAt,
    }),
    example: { qr: "2@pT0xE5iVn3o…", attempt: 1, expiresAt: "2026-03-02T14:05:41.204Z" },
    scope: "session",
    permission: "session:pair",
  }),
  "session.pairing_code": event({
    meaning: "A pairing code is ready to be entered on the phone.",
    data: z.object({ code: z.string().describe("The code to enter on the phone"), expiresAt: ExpiringAt }),
    example: { code: "K4TW9XQ2", expiresAt: "2026-03-02T14:07:11.204Z" },
    scope: "session",
    permission: "session:pair",
  }),
  "session.connected": event({
    meaning: "A session is connected to WhatsApp: messages are sent and received.",
    data: StateChange,
    example: {
      state: "connected",
      reason: "linked",
      evidence: { socket: "CONNECTED" },
      me: { chatId: "15550100001@c.us", phone: "+15550100001", lid: "20015550100001@lid", name: "Support" },
    },
    scope: "session",
    permission: "session:read",
  }),
  "session.account_changed": event({
    meaning: "A session was linked to another account while messages waited; its queue is paused until it is resumed.",
    data: z.object({
      previous: Address.describe("The account that the messages were queued for"),
      current: Address.describe("The account that the session is linked to now"),
      waiting: z.int().describe("How many messages wait"),
    }),
    example: {
      previous: { chatId: "15550100001@c.us", phone: "+15550100001", lid: null },
      current: { chatId: "15550100003@c.us", phone: "+15550100003", lid: null },
      waiting: 3,
    },
    scope: "session",
    permission: "session:read",
  }),
  "session.degraded": event({
    meaning: "A session is linked, but its page does not respond as it should.",
    data: StateChange,
    example: { state: "degraded", reason: "page_frozen", evidence: { browser: "up", page: "frozen" } },
    scope: "session",
    permission: "session:read",
  }),
  "session.disconnected": event({
    meaning: "A session lost its connection and reconnects, or was stopped; see `state`.",
    data: StateChange,
    example: { state: "stopped", reason: "requested", evidence: {} },
    scope: "session",
    permission: "session:read",
  }),
  "session.logged_out": event({
    meaning: "The device was removed from the account; the session must be paired again.",
    data: StateChange,
    example: { state: "logged_out", reason: "logged_out_on_phone", evidence: {} },
    scope: "session",
    permission: "session:read",
  }),
  "session.failed": event({
    meaning: "A session cannot run until it is started again; see `reason`.",
    data: StateChange,
    example: { state: "failed", reason: "conflict", evidence: {} },
    scope: "session",
    permission: "session:read",
  }),
};
