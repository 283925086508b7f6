/** Sends messages: resolves the chat first, then sends under the id that was chosen for the message. */
import type { z } from "zod";
import { MESSAGE_FAILURE_WORDS } from "../../contracts/states.ts";
import { DriverError, type OutboundMessage, type SendReceipt } from "../../contracts/transport.ts";
import type { AddressBook } from "./address-book.ts";
import type { PageCalls } from "./page-calls.ts";
import type { RecipientIds } from "./recipient-ids.ts";
import { findMentions } from "./mentions.ts";
import { sendPlain, type PlainContent } from "./plain-content.ts";
import { acceptRecipient, findRecipient, Known, requireRecipient, type Recipient } from "./recipients.ts";
import { throwNotSent, toDriverError } from "./refusals.ts";
import { requireKey } from "../target-key.ts";
import type { Acknowledgements } from "./acknowledgements.ts";
import type { SyncCheckpoint } from "./sync-checkpoint.ts";
import type { OwnChanges } from "./own-changes.ts";
import { changeMessage, SEND_DEFAULTS, sendForward, sendMedia, Sent } from "./outbound-content.ts";

const FIND_WITHIN_MS = 10_000;

export interface SendingParts {
  readonly page: PageCalls;
  readonly addresses: AddressBook;
  readonly ids: RecipientIds;
  readonly checkpoint: SyncCheckpoint;
  readonly own: OwnChanges;
  readonly acknowledgements: Acknowledgements;
}

export class Sending {
  readonly #page: PageCalls;
  readonly #addresses: AddressBook;
  readonly #ids: RecipientIds;
  readonly #checkpoint: SyncCheckpoint;
  readonly #own: OwnChanges;
  readonly #acknowledgements: Acknowledgements;

  constructor({ page, addresses, ids, checkpoint, own, acknowledgements }: SendingParts) {
    this.#acknowledgements = acknowledgements;
    this.#page = page;
    this.#addresses = addresses;
    this.#ids = ids;
    this.#checkpoint = checkpoint;
    this.#own = own;
  }

  /**
   * Sends and resolves on the server's acknowledgement. If the page has the message already, waits for its ack and does
   * not send again.
   */
  async send(message: OutboundMessage): Promise<SendReceipt> {
    // A file takes as long as its upload.
    if ("media" in message.content) return this.#send(message);
    const end = this.#acknowledgements.begin(message.waId);
    try {
      const receipt = await this.#send(message);
      end("answered");
      return receipt;
    } catch (error) {
      const failure = toDriverError(error);
      const isAnswered = failure.kind === "rejected" && failure.failure === "rejected_by_network";
      end(isAnswered ? "answered" : failure.kind === "unknown" ? "unanswered" : "not_sent");
      throw failure;
    }
  }

  async #send(given: OutboundMessage): Promise<SendReceipt> {
    if (given.quoted !== undefined) requireKey(given.quoted);
    if ("target" in given.content) requireKey(given.content.target);
    const message = await this.#withPageKeys(given).catch(throwNotSent);
    const { content } = message;
    if (isPlain(content)) return this.#sendPlain(message, content);
    const parts = { page: this.#page, ids: this.#ids };
    const recipient = await requireRecipient(parts, message).catch(throwNotSent);
    const mentions = await findMentions({ page: this.#page, ids: this.#ids }, message).catch(throwNotSent);
    this.#checkpoint.noteSend(message.waId);
    try {
      const { ack, at } =
        recipient.known === null
          ? toResult(await this.#dispatch({ ...message, ...(mentions && { mentions }) }, content, recipient))
          : await this.#awaitAck(message.waId, recipient.key);
      return {
        key: await this.#addresses.nameKey(recipient.key),
        chat: await this.#addresses.resolve(recipient.chat),
        ack,
        at,
      };
    } catch (error) {
      throw toDriverError(error);
    }
  }

  /** The message with the keys that the page has for those that it refers to. */
  async #withPageKeys(message: OutboundMessage): Promise<OutboundMessage> {
    const { content, quoted } = message;
    if (quoted === undefined && !("target" in content)) return message;
    return {
      ...message,
      ...(quoted === undefined ? {} : { quoted: await this.#ids.resolveKey(quoted) }),
      content: "target" in content ? { ...content, target: await this.#ids.resolveKey(content.target) } : content,
    };
  }

  /** Content without a file: the recipient is found and the message sent in one call. */
  async #sendPlain(message: OutboundMessage, content: PlainContent): Promise<SendReceipt> {
    const { to, waId } = message;
    const mentions = await findMentions({ page: this.#page, ids: this.#ids }, message).catch(throwNotSent);
    const { messageId: _chosenInPage, ...options } = this.#options({
      ...message,
      ...(mentions && { mentions }),
    });
    this.#checkpoint.noteSend(waId);
    try {
      const { found, sent } = await sendPlain(this.#page, { to: this.#ids.known(to), waId, content, options });
      const { chat, key } = acceptRecipient({ page: this.#page, ids: this.#ids }, to, found);
      const { ack, at } = sent === null ? await this.#awaitAck(waId, key) : toResult(sent);
      return { key: await this.#addresses.nameKey(key), chat: await this.#addresses.resolve(chat), ack, at };
    } catch (error) {
      throw toDriverError(error);
    }
  }

  #options(message: OutboundMessage, key = "") {
    return {
      ...SEND_DEFAULTS,
      messageId: key,
      ...(message.quoted === undefined ? {} : { quotedMsg: message.quoted }),
      ...(message.mentions === undefined ? {} : { mentionedList: [...message.mentions] }),
    };
  }

  /**
   * Looks a message up in the page. Rejects with `unknown` for one that the server has not acknowledged: it may still
   * be sent.
   */
  async find(message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null> {
    try {
      const recipient = await findRecipient({ page: this.#page, ids: this.#ids }, message);
      if (recipient === null || recipient.known === null) return null;
      const { ack, at } = await this.#awaitAck(message.waId, recipient.key);
      return {
        key: await this.#addresses.nameKey(recipient.key),
        chat: await this.#addresses.resolve(recipient.chat),
        ack,
        at,
      };
    } catch (error) {
      throw toDriverError(error);
    }
  }

  async #awaitAck(waId: string, key: string): Promise<{ ack: number; at: number }> {
    const { ack, t } = (await this.#page.run(Known, awaitAck, { key, ms: FIND_WITHIN_MS }, FIND_WITHIN_MS * 2)) ?? {
      ack: 0,
      t: 0,
    };
    if (ack < 0) throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.rejected_by_network, "rejected_by_network");
    if (ack >= 1) this.#acknowledgements.note(waId);
    if (ack === 0) throw new DriverError("unknown", "WhatsApp has not acknowledged the message yet");
    return { ack, at: t * 1000 };
  }

  #dispatch(message: OutboundMessage, content: OtherContent, recipient: Recipient): Promise<z.infer<typeof Sent>> {
    const options = this.#options(message, recipient.key);
    switch (content.type) {
      case "image":
      case "video":
      case "gif":
      case "audio":
      case "voice":
      case "document":
      case "sticker":
        return sendMedia(this.#page, { chat: recipient.chat, content, options });
      case "forward":
        return sendForward(this.#page, { chat: recipient.chat, content, options });
      case "edit":
      case "reaction":
        this.#own.note(`${content.type} ${content.target}`);
        return changeMessage(this.#page, content, message.waId);
      case "revoke":
        return changeMessage(this.#page, content, message.waId);
      default:
        throw new DriverError("rejected", `a message of kind ${content.kind} cannot be sent`, "unsupported_by_driver");
    }
  }
}

type OutboundContent = OutboundMessage["content"];
type OtherContent = Exclude<OutboundContent, PlainContent>;

function isPlain(content: OutboundContent): content is PlainContent {
  return !("media" in content || "target" in content) && content.type !== "unknown";
}

/** Results of a send that say no more than that it was refused. */
const NO_REASON: ReadonlySet<string | null> = new Set([null, "ERROR_UNKNOWN"]);

function toResult(sent: z.infer<typeof Sent>): { ack: number; at: number } {
  const at = sent.t === null ? Date.now() : sent.t * 1000;
  if (sent.result === "OK" || sent.ack >= 1) return { ack: Math.max(1, sent.ack), at };
  if (sent.ack < 0)
    throw new DriverError(
      "rejected",
      NO_REASON.has(sent.result) ? MESSAGE_FAILURE_WORDS.rejected_by_network : `WhatsApp refused it: ${sent.result}`,
      "rejected_by_network",
    );
  throw new DriverError("unknown", `WhatsApp Web returned ${sent.result ?? "no result"} for the message`);
}

/** Runs in the page: waits until the message has an ack, at most `ms`. */
async function awaitAck({ key, ms }: { key: string; ms: number }): Promise<z.infer<typeof Known>> {
  const message = await WPP.chat.getMessageById(key);
  for (const end = Date.now() + ms; message.ack === 0 && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return { ack: message.ack ?? 0, t: message.t ?? 0 };
}
