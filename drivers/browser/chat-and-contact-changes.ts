/**
 * Changes of chats, contacts and labels, made here or on the phone. The library has no events for them, so this listens to
 * WhatsApp's own collections in the page. The page passes only the id; the chat or contact is read when the burst is
 * over.
 */
import type { Page } from "puppeteer";
import { z } from "zod";
import { Coalescer } from "../coalescer.ts";
import type { DriverEvent } from "../driver.ts";
import type { UnknownShapes } from "../unknown-shapes.ts";
import type { AddressBook } from "./address-book.ts";
import { readChats } from "./chat-reader.ts";
import type { LabelInfo } from "../operations/labels.ts";
import { readLabels } from "./label-operations.ts";
import type { ChannelInfo } from "../operations/channels.ts";
import { readChannels } from "./channel-operations.ts";
import { readContact } from "./contact-reader.ts";
import type { EventReporter } from "./event-reporter.ts";
import { COLLECTION_EVENTS } from "./library-events.ts";
import type { PageCalls } from "./page-calls.ts";
import { parsePayload } from "./parsing.ts";

declare global {
  var wppWatchesChanges: boolean | undefined;
  var wppChatChanged: ((id: string) => void) | undefined;
  var wppContactChanged: ((id: string) => void) | undefined;
  var wppLabelChanged: ((id: string) => void) | undefined;
  var wppChannelChanged: ((id: string) => void) | undefined;
}

export interface ChangeWatchParts {
  readonly page: PageCalls;
  readonly reporter: EventReporter;
  readonly unknown: UnknownShapes;
  readonly addresses: AddressBook;
  /** ms in which changes of one chat or contact are merged. */
  readonly changeWindow: number;
}

export class ChatAndContactChanges {
  readonly #parts: ChangeWatchParts;
  readonly #chats: Coalescer<string>;
  readonly #contacts: Coalescer<string>;
  readonly #labels: Coalescer<string>;
  readonly #channels: Coalescer<string>;
  readonly #knownChannels = new Map<string, ChannelInfo>();
  /** The labels as they were reported last: a deleted one can no longer be read. */
  readonly #known = new Map<string, LabelInfo>();

  constructor(parts: ChangeWatchParts) {
    this.#parts = parts;
    const { changeWindow, reporter } = parts;
    this.#chats = new Coalescer((id) => void reporter.report(id, () => this.#readChat(id)), changeWindow);
    this.#contacts = new Coalescer((id) => void reporter.report(id, () => this.#readContact(id)), changeWindow);
    this.#channels = new Coalescer((id) => void reporter.report(id, () => this.#readChannel(id)), changeWindow);
    this.#labels = new Coalescer((id) => void reporter.report(`label ${id}`, () => this.#readLabel(id)), changeWindow);
  }

  /** Exposes the functions that the page calls. They survive a reload. */
  async expose(page: Page): Promise<void> {
    const put = (changes: Coalescer<string>, source: string) => (given: unknown) => {
      const id = parsePayload(z.string(), given, this.#parts.unknown, source);
      if (id !== undefined) changes.put(id, id);
    };
    await page.exposeFunction("wppChatChanged", put(this.#chats, "wppChatChanged"));
    await page.exposeFunction("wppContactChanged", put(this.#contacts, "wppContactChanged"));
    await page.exposeFunction("wppChannelChanged", put(this.#channels, "wppChannelChanged"));
    await page.exposeFunction("wppLabelChanged", put(this.#labels, "wppLabelChanged"));
  }

  /** Attaches the listeners; does nothing in a page that has them. */
  async watch(): Promise<void> {
    await this.#parts.page.run(z.null(), watchCollections, COLLECTION_EVENTS);
    for (const label of (await readLabels(this.#parts, null)).labels) this.#known.set(label.id, label);
    for (const channel of await readChannels(this.#parts.page, null)) this.#knownChannels.set(channel.id, channel);
  }

  /** Reports the waiting changes immediately, and ignores later ones. Idempotent. */
  close(): void {
    this.#chats.close();
    this.#contacts.close();
    this.#labels.close();
    this.#channels.close();
  }

  /** A chat that no longer exists was deleted; it is reported as an empty one. */
  async #readChat(id: string): Promise<DriverEvent> {
    const { page, addresses } = this.#parts;
    const [chat] = await readChats(page, addresses, { id, limit: 1 });
    if (chat !== undefined) return { type: "chat", chat };
    const gone = { name: null, unread: 0, lastAt: null, archived: false, pinned: false, mutedUntil: null };
    return { type: "chat", chat: { chat: await addresses.resolve(id), ...gone } };
  }

  async #readContact(id: string): Promise<DriverEvent | null> {
    const found = await readContact(this.#parts.page, this.#parts.addresses, id);
    return found === null ? null : { type: "contact", contact: found.contact, blocked: found.blocked };
  }

  async #readChannel(id: string): Promise<DriverEvent | null> {
    const [channel] = await readChannels(this.#parts.page, id);
    const known = this.#knownChannels.get(id);
    if (channel === undefined) {
      this.#knownChannels.delete(id);
      return known === undefined ? null : { type: "channel", channel: { ...known, role: null }, gone: true };
    }
    this.#knownChannels.set(id, channel);
    return { type: "channel", channel, gone: false };
  }

  async #readLabel(id: string): Promise<DriverEvent | null> {
    const [label] = (await readLabels(this.#parts, id)).labels;
    const known = this.#known.get(id);
    if (label === undefined) {
      this.#known.delete(id);
      return known === undefined ? null : { type: "label", label: { ...known, chats: [] }, deleted: true };
    }
    this.#known.set(id, label);
    return { type: "label", label, deleted: false };
  }
}

type Changed = { id: { toString(): string }; isMe?: boolean };

/** Runs in the page. */
function watchCollections(events: typeof COLLECTION_EVENTS): void {
  if (globalThis.wppWatchesChanges === true) return;
  globalThis.wppWatchesChanges = true;
  const { BlocklistStore, ChatStore, ContactStore } = WPP.whatsapp;
  /** A rising count or a new time means a new message, which is not a change of the chat. */
  const isNewMessage = (event: string, now: unknown, before: unknown): boolean => {
    if (event === "change:t") return Boolean(now);
    if (event !== "change:unreadCount") return false;
    const [count, previous] = [Number(now), Number(before ?? 0)];
    return previous < 0 ? count > 0 : count >= previous;
  };
  for (const event of Object.keys(events.chats))
    ChatStore.on(event, (chat: Changed, now: unknown, before: unknown) => {
      if (!isNewMessage(event, now, before)) globalThis.wppChatChanged?.(chat.id.toString());
    });
  for (const event of Object.keys(events.contacts))
    ContactStore.on(event, (contact: Changed, _now: unknown, before: unknown) => {
      // A push name that was not known before comes with a person's first message; it has not changed.
      const isFirst = event === "change:pushname" && before === undefined;
      if (!isFirst && contact.isMe !== true) globalThis.wppContactChanged?.(contact.id.toString());
    });
  for (const event of Object.keys(events.blocklist))
    BlocklistStore.on(event, (entry: Changed) => globalThis.wppContactChanged?.(entry.id.toString()));
  watchLabels();
  const channels = WPP.whatsapp.NewsletterStore as unknown as {
    on(event: string, listener: (channel: Changed) => void): void;
  };
  for (const event of Object.keys(events.channels))
    channels.on(event, (channel) => globalThis.wppChannelChanged?.(channel.id.toString()));

  /** A label's chats are a collection of its own. */
  function watchLabels(): void {
    interface Watched {
      on(event: string, listener: (label: Label) => void): void;
    }
    type Label = Changed & { labelItemCollection: Watched };
    const labels = WPP.whatsapp.LabelStore as unknown as Watched & { getModelsArray(): Label[] };
    const report = (label: Label): void => globalThis.wppLabelChanged?.(label.id.toString());
    const watchItems = (label: Label): void => {
      for (const event of Object.keys(events.labelItems)) label.labelItemCollection.on(event, () => report(label));
    };
    for (const label of labels.getModelsArray()) watchItems(label);
    labels.on("add", watchItems);
    for (const event of Object.keys(events.labels)) labels.on(event, report);
  }
}
