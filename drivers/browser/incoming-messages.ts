/** Reports each message that arrives once, in the order of its chat, with its media. */
import pLimit from "p-limit";
import { STATUS_CHAT } from "../../contracts/address.ts";
import type { MediaBytes } from "../../contracts/media.ts";
import type { InboundMessage } from "../../contracts/transport.ts";
import { parseKey, type MessageKey } from "../../contracts/message-key.ts";
import type { UnknownShapes } from "../unknown-shapes.ts";
import type { AddressBook } from "./address-book.ts";
import type { EventReporter } from "./event-reporter.ts";
import { download } from "./media-transfer.ts";
import type { PageCalls } from "./page-calls.ts";
import { isKnownType, mediaTypeOf, toContent } from "./received-content.ts";
import { Message } from "./shapes.ts";
import type { SyncCheckpoint } from "./sync-checkpoint.ts";

const MAX_REMEMBERED = 5_000;
/**
 * Most media downloaded at the same time: after a gap there may be thousands, and each download has a deadline that
 * runs from its start.
 */
const DOWNLOADS = 3;
/** Types that come as messages but have no content, or are reported in another way. */
const NOT_CONTENT = new Set([
  "gp2",
  "e2e_notification",
  "notification",
  "notification_template",
  "protocol",
  "reaction",
  "poll_update",
  "revoked",
  "ciphertext",
  "call_log",
]);

export interface IncomingParts {
  readonly page: PageCalls;
  readonly reporter: EventReporter;
  readonly unknown: UnknownShapes;
  readonly addresses: AddressBook;
  readonly checkpoint: SyncCheckpoint;
  /** Media are not downloaded. */
  readonly rejectMedia: boolean;
  /** A message could not be stored; it has to be read back later. */
  readonly onLost: () => void;
}

export class IncomingMessages {
  readonly #parts: IncomingParts;
  readonly #reported = new Set<string>();
  readonly #limit = pLimit(DOWNLOADS);
  /** Chats that are still to be read back, with the live messages that came meanwhile. */
  readonly #deferred = new Map<string, unknown[]>();

  constructor(parts: IncomingParts) {
    this.#parts = parts;
  }

  /** Live messages of these chats wait until older ones were read back. */
  defer(chats: readonly string[]): void {
    for (const chat of chats) this.#deferred.set(chat, []);
  }

  /** The chat was read back, or cannot be: reports the messages that waited. Idempotent. */
  resume(chat: string): void {
    const waiting = this.#deferred.get(chat) ?? [];
    this.#deferred.delete(chat);
    for (const message of waiting) this.receive(message, false);
  }

  /** Takes a message from the library, live or read back. Ignores everything that is not an inbound message. */
  receive(payload: unknown, backfill: boolean): void {
    const parsed = Message.safeParse(payload);
    const key = parsed.success ? parseKey(parsed.data.id) : null;
    if (!parsed.success || key === null) return this.#parts.unknown.notePayload("message", payload);
    const message = parsed.data;
    if (NOT_CONTENT.has(message.type) || this.#isOwn(message, key) || this.#reported.has(message.id)) return;
    if (key.chat === STATUS_CHAT) return this.#reportStatus(message, key, backfill);
    if (key.chat.endsWith("@newsletter")) return this.#reportChannel(message, key, backfill);
    const deferred = backfill ? undefined : this.#deferred.get(key.chat);
    if (deferred !== undefined) return void deferred.push(payload);
    if (!isKnownType(message)) this.#parts.unknown.noteName("message type", message.type);
    this.#remember(message.id);
    void this.#report(message, key, backfill);
  }

  /** Statuses of before now are listed, not reported. */
  #reportStatus(message: Message, { fromMe, id }: MessageKey, backfill: boolean): void {
    const author = message.author ?? message.from;
    if (backfill || fromMe || author === undefined || message.type === "revoked") return;
    this.#remember(message.id);
    const { type: kind, body, caption } = message;
    const text = (kind === "chat" ? body : caption) ?? null;
    const at = message.t ?? message.timestamp ?? Date.now();
    void this.#parts.reporter.report(STATUS_CHAT, async () => {
      const from = await this.#parts.addresses.resolve(author);
      return { type: "status", status: { id, from, own: false, kind, text, at } };
    });
  }

  /** What a channel held before now is its history. */
  #reportChannel(message: Message, { chat, id }: MessageKey, backfill: boolean): void {
    if (backfill) return;
    this.#remember(message.id);
    const { type: kind, body, caption, pollName } = message;
    const text = (kind === "chat" ? body : (caption ?? pollName)) ?? null;
    const at = message.t ?? message.timestamp ?? Date.now();
    const event = { type: "channel_message", message: { channelId: chat, id, kind, text, at } } as const;
    void this.#parts.reporter.report(chat, async () => event);
  }

  /** A message with ack 0 was written in this browser; one that was sent from the phone comes with an ack. */
  #isOwn(message: Message, key: MessageKey): boolean {
    return key.fromMe && (message.ack === undefined || message.ack <= 0 || this.#parts.checkpoint.isOwnSend(key.id));
  }

  #remember(key: string): void {
    this.#reported.add(key);
    if (this.#reported.size > MAX_REMEMBERED) this.#reported.delete(this.#reported.values().next().value ?? key);
  }

  /** Media are downloaded while earlier messages of the chat are still being stored. */
  async #report(message: Message, key: MessageKey, backfill: boolean): Promise<void> {
    const at = message.t ?? message.timestamp ?? Date.now();
    const finish = this.#parts.checkpoint.track(at);
    const media = this.#download(message);
    const isStored = await this.#parts.reporter.report(key.chat, async () => ({
      type: "message",
      message: await this.#toInbound(message, key, { at, backfill, media: await media }),
    }));
    finish(isStored);
    if (isStored) return;
    this.#reported.delete(message.id);
    this.#parts.onLost();
  }

  /** A message without its media is better than none: after a failure they are null. */
  async #download(message: Message): Promise<MediaBytes | null> {
    if (mediaTypeOf(message) === null || this.#parts.rejectMedia) return null;
    const { id, mimetype, filename } = message;
    return this.#limit(() => download(this.#parts.page, id, { mimetype, filename })).catch(() => null);
  }

  async #toInbound(
    message: Message,
    key: MessageKey,
    { at, backfill, media }: { at: number; backfill: boolean; media: MediaBytes | null },
  ): Promise<InboundMessage> {
    const author = key.author ?? message.author ?? message.from ?? key.chat;
    const [chat, from] = await this.#parts.addresses.resolveAll([key.chat, author]);
    return {
      key: message.id,
      chat: chat!,
      from: from!,
      pushName: message.notifyName ?? null,
      content: toContent(message, media),
      quoted: quotedKey(message, key),
      mentions: message.mentionedJidList ?? [],
      at,
      backfill,
    };
  }
}

/** The key of the quoted message: as the library found it, or built from the message's own fields. */
function quotedKey(message: Message, key: MessageKey): string | null {
  if (message.quotedMsgId !== undefined) return message.quotedMsgId;
  if (message.quotedStanzaID === undefined) return null;
  const isGroup = key.chat.endsWith("@g.us");
  const isMine = !key.fromMe && !isGroup && message.quotedParticipant !== key.chat;
  return [
    isMine,
    key.chat,
    message.quotedStanzaID,
    ...(isGroup && message.quotedParticipant !== undefined ? [message.quotedParticipant] : []),
  ].join("_");
}
