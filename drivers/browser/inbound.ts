/** Messages that arrive: told once each, in the order of their chat, with their media. */
import { Semaphore } from "../../concurrency/semaphore.ts";
import type { MediaBytes } from "../../contracts/media.ts";
import type { InboundMessage } from "../../contracts/transport.ts";
import type { AddressBook } from "./address-book.ts";
import { download } from "./media-transfer.ts";
import type { PageCalls } from "./page-calls.ts";
import { mediaTypeOf, toContent } from "./received-content.ts";
import type { Reporter } from "./reporter.ts";
import { Message, parseKey, type Key } from "./shapes.ts";
import type { Memory } from "./sync-checkpoint.ts";

const REMEMBERED = 5_000;
/** Media that are fetched at a time: after a gap there may be thousands, and each has a deadline from when it begins. */
const DOWNLOADS = 3;
/** What the library tells as a message and is none, or is told in another way. */
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

export interface InboundParts {
  readonly page: PageCalls;
  readonly reporter: Reporter;
  readonly addresses: AddressBook;
  readonly memory: Memory;
  /** A message could not be stored; it has to be read back later. */
  readonly onLost: () => void;
}

export class Inbound {
  readonly #parts: InboundParts;
  readonly #told = new Set<string>();
  readonly #downloads = new Semaphore(DOWNLOADS);
  /** Chats that are still to be read back, and what has come in them meanwhile. */
  readonly #held = new Map<string, unknown[]>();

  constructor(parts: InboundParts) {
    this.#parts = parts;
  }

  /** What comes live in these chats waits until what came before it was read back. */
  hold(chats: readonly string[]): void {
    for (const chat of chats) this.#held.set(chat, []);
  }

  /** The chat was read back, or cannot be. */
  release(chat: string): void {
    const waiting = this.#held.get(chat) ?? [];
    this.#held.delete(chat);
    for (const message of waiting) this.receive(message, false);
  }

  /** Takes what the library gives, live or read back. Anything that is not a message is left out. */
  receive(given: unknown, backfill: boolean): void {
    const parsed = Message.safeParse(given);
    const key = parsed.success ? parseKey(parsed.data.id) : null;
    if (!parsed.success || key === null) return;
    const message = parsed.data;
    if (
      NOT_CONTENT.has(message.type) ||
      key.chat === "status@broadcast" ||
      this.#isOwn(message, key) ||
      this.#told.has(message.id)
    )
      return;
    const held = backfill ? undefined : this.#held.get(key.chat);
    if (held !== undefined) return void held.push(given);
    this.#remember(message.id);
    void this.#tell(message, key, backfill);
  }

  /** A message with ack 0 was written in this browser; what the phone sent comes with an ack. */
  #isOwn(message: Message, key: Key): boolean {
    return key.fromMe && (message.ack === undefined || message.ack <= 0 || this.#parts.memory.isOwnSend(key.id));
  }

  #remember(key: string): void {
    this.#told.add(key);
    if (this.#told.size > REMEMBERED) this.#told.delete(this.#told.values().next().value ?? key);
  }

  /** Media are fetched while earlier messages of the chat are still being stored. */
  async #tell(message: Message, key: Key, backfill: boolean): Promise<void> {
    const at = message.t ?? message.timestamp ?? Date.now();
    const leave = this.#parts.memory.enter(at);
    const media = this.#fetch(message);
    const isStored = await this.#parts.reporter.tell(key.chat, async () => ({
      type: "message",
      message: await this.#toInbound(message, key, { at, backfill, media: await media }),
    }));
    leave(isStored);
    if (isStored) return;
    this.#told.delete(message.id);
    this.#parts.onLost();
  }

  /** A message without its media is better than none: the failure shows as null. */
  async #fetch(message: Message): Promise<MediaBytes | null> {
    if (mediaTypeOf(message) === null) return null;
    const facts = { mimetype: message.mimetype, filename: message.filename };
    return this.#downloads.run(() => download(this.#parts.page, message.id, facts)).catch(() => null);
  }

  async #toInbound(
    message: Message,
    key: Key,
    facts: { at: number; backfill: boolean; media: MediaBytes | null },
  ): Promise<InboundMessage> {
    const author = key.author ?? message.author ?? message.from ?? key.chat;
    const [chat, from] = await this.#parts.addresses.resolveAll([key.chat, author]);
    return {
      key: message.id,
      chat: chat!,
      from: from!,
      pushName: message.notifyName ?? null,
      content: toContent(message, facts.media),
      quoted: quotedKey(message, key),
      mentions: message.mentionedJidList ?? [],
      at: facts.at,
      backfill: facts.backfill,
    };
  }
}

/** The key of the quoted message: as the library found it, or put together from what the message says. */
function quotedKey(message: Message, key: Key): string | null {
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
