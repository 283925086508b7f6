/** One message on its way through its actor, and what became of it. Never throws: every way it can go is an outcome. */
import { ACK } from "../contracts/states.ts";
import { sanitizeText } from "../contracts/text.ts";
import type { StoredMedia } from "../contracts/media.ts";
import { DriverError, type Content, type OutboundMessage, type SendReceipt } from "../contracts/transport.ts";
import type { Outcome } from "./complete.ts";
import type { MessageRow } from "../db/rows/message.ts";
import type { ActorCall, ActorEvent } from "../actors/protocol.ts";
import type { EventOrigin } from "../actors/recording/event-origin.ts";

export interface Dispatch {
  readonly call: (sessionId: string, call: ActorCall) => Promise<unknown>;
  /** The media of a message, where they lie on this machine; undefined when they are gone. */
  readonly findMedia: (tenantId: string, mediaId: string) => Promise<StoredMedia | undefined>;
  readonly record: (source: EventOrigin, fact: ActorEvent) => Promise<void>;
}

/** Hands a claimed message to its actor. */
export async function dispatchMessage(dispatch: Dispatch, source: EventOrigin, row: MessageRow): Promise<Outcome> {
  try {
    const content = await toContent(dispatch, row);
    if (content === undefined)
      return { ...about(row, source), kind: "rejected", failure: "media_missing", detail: "the stored media is gone" };
    const message: OutboundMessage = {
      waId: row.wa_id,
      to: row.chat_id,
      content,
      ...(row.reply_to === null || row.target_key === null ? {} : { quoted: row.target_key }),
      ...(row.mentions === null ? {} : { mentions: JSON.parse(row.mentions) as string[] }),
    };
    const receipt = (await dispatch.call(row.session_id, { kind: "send", message })) as SendReceipt;
    await recordEffect(dispatch, source, content, receipt);
    return toSent(row, source, receipt);
  } catch (error) {
    return toFailure(row, source, error);
  }
}

/**
 * Looks up a message of unknown outcome. As long as it can't be looked up, or waits in the page to be sent, its outcome stays
 * unknown; after the claim's deadline it is sent again under its own id, of which the network makes one message.
 */
export async function lookUpMessage(dispatch: Dispatch, source: EventOrigin, row: MessageRow): Promise<Outcome> {
  const isOverdue = Date.now() > (row.claim_deadline ?? 0);
  try {
    const receipt = (await dispatch.call(row.session_id, {
      kind: "find",
      message: { waId: row.wa_id, to: row.chat_id },
    })) as SendReceipt | null;
    if (receipt !== null && receipt.ack >= ACK.server) return toSent(row, source, receipt);
    if (receipt === null || isOverdue) return { ...about(row, source), kind: "not_found" };
    return { ...about(row, source), kind: "unknown", detail: "it waits in the page to be sent" };
  } catch (error) {
    const detail = wordsOf(error);
    const isAway = error instanceof DriverError && error.kind === "not_connected";
    return { ...about(row, source), kind: isOverdue && !isAway ? "not_found" : "unknown", detail };
  }
}

function about(row: MessageRow, source: EventOrigin): { messageId: string; epoch: number; at: number } {
  return { messageId: row.id, epoch: source.epoch, at: Date.now() };
}

/** What went wrong, fit to be stored: a page's own words may be among it. */
function wordsOf(error: unknown): string {
  return sanitizeText(error instanceof Error ? error.message : String(error));
}

function toSent(row: MessageRow, source: EventOrigin, receipt: SendReceipt): Outcome {
  return {
    messageId: row.id,
    epoch: source.epoch,
    at: receipt.at,
    kind: "sent",
    ack: receipt.ack,
    key: receipt.key,
    lid: receipt.chat.lid,
  };
}

function toFailure(row: MessageRow, source: EventOrigin, error: unknown): Outcome {
  const detail = wordsOf(error);
  if (!(error instanceof DriverError) || error.kind === "unknown")
    return { ...about(row, source), kind: "unknown", detail };
  if (error.kind === "rejected")
    return { ...about(row, source), kind: "rejected", failure: error.failure ?? "rejected_by_network", detail };
  return { ...about(row, source), kind: "not_sent", detail, wait: error.kind === "not_connected" };
}

/** An edit or revocation that went through changes the message that it is about. */
async function recordEffect(
  dispatch: Dispatch,
  source: EventOrigin,
  content: Content<StoredMedia>,
  receipt: SendReceipt,
): Promise<void> {
  if (content.type === "edit")
    await dispatch.record(source, {
      type: "edited",
      key: content.target,
      chat: receipt.chat,
      text: content.text,
      at: receipt.at,
    });
  if (content.type === "revoke")
    await dispatch.record(source, {
      type: "revoked",
      key: content.target,
      chat: receipt.chat,
      by: null,
      at: receipt.at,
    });
}

/** The content as drivers take it, with the media where they lie; undefined when the media are gone. */
async function toContent(dispatch: Dispatch, row: MessageRow): Promise<Content<StoredMedia> | undefined> {
  const { media: _facts, ...rest } = JSON.parse(row.content) as Record<string, unknown>;
  const target = row.target_key ?? "";
  switch (row.type) {
    case "text":
      return { type: "text", text: row.text ?? "", ...rest };
    case "reaction":
      return { type: "reaction", target, emoji: String(rest["emoji"] ?? "") };
    case "forward":
      return { type: "forward", target };
    case "edit":
      return { type: "edit", target, text: row.text ?? "" };
    case "revoke":
      return { type: "revoke", target };
    case "image":
    case "video":
    case "audio":
    case "voice":
    case "document":
    case "sticker": {
      const media = row.media_id === null ? undefined : await dispatch.findMedia(row.tenant_id, row.media_id);
      return media === undefined
        ? undefined
        : { type: row.type, media, ...(row.text === null ? {} : { caption: row.text }), ...rest };
    }
    default:
      // The rest was checked against the contract when the message was accepted, and is stored as it was.
      return { type: row.type, ...rest } as Content<StoredMedia>;
  }
}
