/** Sending: the chat is resolved first, then the message goes out under the key that was chosen for it. */
import { z } from "zod";
import type { Address } from "../../contracts/address.ts";
import { DriverError, type OutboundMessage, type SendReceipt } from "../driver.ts";
import type { AddressBook } from "./address-book.ts";
import type { PageCalls } from "./page-calls.ts";
import { toDriverError } from "./refusals.ts";
import type { Memory } from "./memory.ts";
import type { OwnChanges } from "./own-changes.ts";
import { changeMessage, sendForward, sendMedia, sendPlain, Sent } from "./outbound-content.ts";

const FIND_WITHIN_MS = 10_000;

const Target = z.object({ chat: z.string().nullable(), isMember: z.boolean(), maySend: z.boolean(), ownId: z.string() });
const Known = z.object({ ack: z.number(), t: z.number() }).nullable();

export interface Recipient {
  readonly chat: string;
  readonly key: string;
}

export interface SendingParts {
  readonly page: PageCalls;
  readonly addresses: AddressBook;
  readonly memory: Memory;
  readonly own: OwnChanges;
}

export class Sending {
  readonly #page: PageCalls;
  readonly #addresses: AddressBook;
  readonly #memory: Memory;
  readonly #own: OwnChanges;

  constructor({ page, addresses, memory, own }: SendingParts) {
    this.#page = page;
    this.#addresses = addresses;
    this.#memory = memory;
    this.#own = own;
  }

  /** Sends and resolves on the server's acknowledgement. A message that the page has already is waited for, not sent again. */
  async send(message: OutboundMessage): Promise<SendReceipt> {
    try {
      const recipient = await this.#resolve(message);
      this.#memory.noteSend(message.waId);
      const known = await this.#lookUp(recipient.key);
      const { ack, at } = known === null ? toResult(await this.#dispatch(message, recipient)) : await this.#awaitAck(recipient.key);
      return { key: recipient.key, chat: await this.#address(recipient.chat), ack, at };
    } catch (error) {
      throw toDriverError(error);
    }
  }

  /** What the page knows of a message. One that it has and the server has not acknowledged is neither sent nor unknown. */
  async find(message: Pick<OutboundMessage, "waId" | "to">): Promise<SendReceipt | null> {
    try {
      const target = await this.#page.run(Target, findChat, message.to);
      if (target.chat === null) return null;
      const recipient = recipientOf(target.chat, message.waId, target.ownId);
      if ((await this.#lookUp(recipient.key)) === null) return null;
      const { ack, at } = await this.#awaitAck(recipient.key);
      return { key: recipient.key, chat: await this.#address(recipient.chat), ack, at };
    } catch (error) {
      throw toDriverError(error);
    }
  }

  #address(chat: string): Promise<Address> {
    return this.#addresses.resolve(chat);
  }

  /** The chat as WhatsApp names it, and the full key; a recipient to whom nothing can be sent is rejected. */
  async #resolve({ to, waId }: Pick<OutboundMessage, "waId" | "to">): Promise<Recipient> {
    const target = await this.#page.run(Target, findChat, to);
    const isGroup = to.endsWith("@g.us");
    if (target.chat === null) {
      const failure = isGroup ? "not_group_member" : "number_not_on_whatsapp";
      throw new DriverError("rejected", `${to} is ${isGroup ? "not a group of this account" : "not on WhatsApp"}`, failure);
    }
    if (!target.isMember) throw new DriverError("rejected", "this account is not in the group", "not_group_member");
    if (!target.maySend) throw new DriverError("rejected", "only admins may send to the group", "group_admin_only");
    return recipientOf(target.chat, waId, target.ownId);
  }

  #lookUp(key: string): Promise<z.infer<typeof Known>> {
    return this.#page.run(Known, findMessage, key);
  }

  async #awaitAck(key: string): Promise<{ ack: number; at: number }> {
    const { ack, t } = (await this.#page.run(Known, awaitAck, { key, ms: FIND_WITHIN_MS }, FIND_WITHIN_MS * 2)) ?? { ack: 0, t: 0 };
    if (ack < 0) throw new DriverError("rejected", "WhatsApp did not take the message", "rejected_by_network");
    if (ack === 0) throw new DriverError("unknown", "the message is in the page, and WhatsApp has not acknowledged it yet");
    return { ack, at: t * 1000 };
  }

  #dispatch(message: OutboundMessage, recipient: Recipient): Promise<z.infer<typeof Sent>> {
    const { content } = message;
    const options = {
      messageId: recipient.key,
      waitForAck: true,
      ...(message.quoted === undefined ? {} : { quotedMsg: message.quoted }),
      ...(message.mentions === undefined ? {} : { mentionedList: [...message.mentions] }),
    };
    switch (content.type) {
      case "text":
      case "location":
      case "contact":
      case "poll":
        return sendPlain(this.#page, { chat: recipient.chat, content, options });
      case "image":
      case "video":
      case "audio":
      case "voice":
      case "document":
      case "sticker":
        return sendMedia(this.#page, { chat: recipient.chat, content, options });
      case "forward":
        return sendForward(this.#page, { chat: recipient.chat, content, options });
      case "reaction":
      case "edit":
      case "revoke":
        this.#own.note(content.target);
        return changeMessage(this.#page, content, message.waId);
      default:
        throw new DriverError("rejected", `a message of kind ${content.kind} cannot be sent`, "unsupported_by_driver");
    }
  }
}

/** In groups the own privacy id is a part of the key. */
function recipientOf(chat: string, waId: string, ownId: string): Recipient {
  return { chat, key: ["true", chat, waId, ...(chat.endsWith("@g.us") ? [ownId] : [])].join("_") };
}

function toResult(sent: z.infer<typeof Sent>): { ack: number; at: number } {
  const at = sent.t === null ? Date.now() : sent.t * 1000;
  if (sent.result === "OK" || sent.ack >= 1) return { ack: Math.max(1, sent.ack), at };
  if (sent.ack < 0) throw new DriverError("rejected", `WhatsApp did not take the message: ${sent.result ?? "no reason given"}`, "rejected_by_network");
  throw new DriverError("unknown", `WhatsApp Web says ${sent.result ?? "nothing"} of the message`);
}

/** Runs in the page. A number is asked for natively: wa-js takes a question that nobody answered for a number that does not exist. */
async function findChat(to: string): Promise<z.infer<typeof Target>> {
  const { functions, GroupMetadataStore, UserPrefs, WidFactory } = WPP.whatsapp;
  const wid = WidFactory.createWid(to);
  const ownId = String(UserPrefs.getMaybeMeLidUser() ?? UserPrefs.getMaybeMePnUser());
  const nobody = { chat: null, isMember: false, maySend: false, ownId };
  let chat = WPP.chat.get(to);
  if (chat === undefined && wid.isGroup()) return nobody;
  if (chat === undefined && wid.isUser() && !(await functions.queryWidExists(wid))) return nobody;
  chat ??= await WPP.chat.find(to);
  if (!wid.isGroup()) return { chat: chat.id.toString(), isMember: true, maySend: true, ownId };
  const group = await GroupMetadataStore.find(chat.id);
  const isAdmin = group.participants.iAmAdmin();
  return { chat: chat.id.toString(), isMember: group.participants.iAmMember(), maySend: isAdmin || group.announce !== true, ownId };
}

/** Runs in the page: the message from memory or from the page's database. */
async function findMessage(key: string): Promise<z.infer<typeof Known>> {
  try {
    const message = await WPP.chat.getMessageById(key);
    return { ack: message.ack ?? 0, t: message.t ?? 0 };
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "msg_not_found" || code === "chat_not_found") return null;
    throw error;
  }
}

/** Runs in the page: the message as soon as it has an ack, or as it is when the time is over. */
async function awaitAck({ key, ms }: { key: string; ms: number }): Promise<z.infer<typeof Known>> {
  const message = await WPP.chat.getMessageById(key);
  for (const end = Date.now() + ms; message.ack === 0 && Date.now() < end;) await new Promise((resolve) => setTimeout(resolve, 50));
  return { ack: message.ack ?? 0, t: message.t ?? 0 };
}
