/** A phone's messages as its owner and tests see them: one item per message id, with everything done to it since. */
import type { SandboxItem } from "../contracts/sandbox.ts";
import type { WireContact, WireMessage } from "../contracts/sandbox-wire.ts";
import { statusOfAck } from "../contracts/states.ts";
import { parseVcard } from "../contracts/vcard.ts";
import type { MessageCopy } from "./copies.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Network } from "./network.ts";

export interface InboxQuery {
  readonly direction: "received" | "sent";
  readonly chat: string | null;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A page ends early when its media exceed this (characters of Base64), so that answers stay small enough to send. */
const PAGE_MEDIA_LIMIT = 32 * 1024 * 1024;

/** Returns a page, latest first. Must be called inside a transaction. */
export function readInbox(
  network: Network,
  account: string,
  query: InboxQuery,
): { data: SandboxItem[]; nextCursor: string | null } {
  const before = query.cursor === undefined ? null : Number(decodeCursor(query.cursor, /^\d{1,15}$/)[0]);
  const rows = network.copies.page(account, query.direction === "sent", query.chat, before, query.limit + 1);
  const data: SandboxItem[] = [];
  let mediaSize = 0;
  for (const row of rows.slice(0, query.limit)) {
    const item = toItem(network, row);
    mediaSize += item.media?.base64.length ?? 0;
    if (mediaSize > PAGE_MEDIA_LIMIT && data.length > 0) break;
    data.push(item);
  }
  const last = rows[data.length - 1];
  return { data, nextCursor: rows.length > data.length && last !== undefined ? encodeCursor(last.n) : null };
}

function toItem({ messages }: Network, copy: MessageCopy): SandboxItem {
  const message = JSON.parse(copy.body) as WireMessage;
  const row = messages.get(copy.message);
  const pinnedUntil = row?.pinned_until ?? null;
  const item: SandboxItem = {
    id: copy.id,
    direction: copy.mine === 1 ? "sent" : "received",
    from: copy.sender,
    to: message.to,
    chat: copy.chat,
    type: message.type as SandboxItem["type"],
    pushName: message.pushName ?? null,
    at: new Date(copy.at).toISOString(),
    status: statusOfAck(copy.ack) ?? "sent",
    duplicates: copy.duplicates,
    reactions: messages.reactionsTo(copy.message),
    votes: messages.votesOn(copy.message),
    edited: copy.edited_text !== null,
    revoked: copy.revoked === 1,
    pinnedUntil: pinnedUntil === null ? null : new Date(pinnedUntil).toISOString(),
    kept: row?.kept === 1,
  };
  return copy.revoked === 1 ? item : { ...item, ...contentOf(message, copy), ...mediaOf(messages, copy) };
}

/** A revoked message shows none of this. */
function contentOf(message: WireMessage, copy: MessageCopy): Partial<SandboxItem> {
  const content: Partial<SandboxItem> = {};
  const text = copy.edited_text ?? message.text;
  if (text !== undefined) content.text = text;
  if (message.viewOnce !== undefined) content.viewOnce = message.viewOnce;
  if (message.seconds !== undefined) content.seconds = message.seconds;
  if (message.waveform !== undefined) content.waveform = message.waveform;
  if (message.contacts !== undefined) content.contacts = message.contacts.map(toShownCard);
  if (message.options !== undefined) content.options = message.options;
  if (message.selectableCount !== undefined) content.selectableCount = message.selectableCount;
  if (message.quotedId !== undefined) content.quotedId = message.quotedId;
  if (message.mentions !== undefined) content.mentions = message.mentions;
  if (message.forwarded !== undefined) content.forwarded = message.forwarded;
  if (message.details !== undefined) content.details = message.details;
  const { latitude, longitude } = message;
  if (latitude !== undefined && longitude !== undefined) {
    content.location = { latitude, longitude, name: message.name ?? null, address: message.address ?? null };
  }
  return content;
}

function toShownCard({ vcard }: WireContact): NonNullable<SandboxItem["contacts"]>[number] {
  const { name, phone } = parseVcard(vcard);
  return { name, phone, vcard };
}

function mediaOf(messages: Network["messages"], copy: MessageCopy): Partial<SandboxItem> {
  const media = messages.mediaOf(copy);
  if (media === null) return {};
  const size =
    Math.floor((media.data.length * 3) / 4) - (media.data.endsWith("==") ? 2 : media.data.endsWith("=") ? 1 : 0);
  return { media: { base64: media.data, mimetype: media.mimetype, filename: media.filename, size } };
}
