/** What a phone holds, as its owner and tests see it: one item per message id, with all that was done to it since. */
import type { SandboxItem } from "../contracts/sandbox.ts";
import type { WireMessage } from "../contracts/sandbox-wire.ts";
import { statusOfAck } from "../contracts/states.ts";
import type { HeldMessage } from "./copies.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Network } from "./network.ts";

export interface InboxQuery {
  readonly direction: "received" | "sent";
  readonly chat: string | null;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A page ends early when its media grow past this: an answer must stay of a size that can be carried. */
const PAGE_MEDIA_LIMIT = 32 * 1024 * 1024;

/** Latest first. Called inside a work. */
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

function toItem({ messages }: Network, held: HeldMessage): SandboxItem {
  const message = JSON.parse(held.body) as WireMessage;
  const item: SandboxItem = {
    id: held.id,
    direction: held.mine === 1 ? "sent" : "received",
    from: held.sender,
    to: message.to,
    chat: held.chat,
    type: message.type as SandboxItem["type"],
    pushName: message.pushName ?? null,
    at: new Date(held.at).toISOString(),
    status: statusOfAck(held.ack) ?? "sent",
    duplicates: held.duplicates,
    reactions: messages.reactionsTo(held.message),
    votes: messages.votesOn(held.message),
    edited: held.edited_text !== null,
    revoked: held.revoked === 1,
  };
  return held.revoked === 1 ? item : { ...item, ...contentOf(message, held), ...mediaOf(messages, held) };
}

/** A message that was taken back shows none of this. */
function contentOf(message: WireMessage, held: HeldMessage): Partial<SandboxItem> {
  const content: Partial<SandboxItem> = {};
  const text = held.edited_text ?? message.text;
  if (text !== undefined) content.text = text;
  if (message.viewOnce !== undefined) content.viewOnce = message.viewOnce;
  if (message.contacts !== undefined) content.contacts = message.contacts;
  if (message.options !== undefined) content.options = message.options;
  if (message.selectableCount !== undefined) content.selectableCount = message.selectableCount;
  if (message.quotedId !== undefined) content.quotedId = message.quotedId;
  if (message.mentions !== undefined) content.mentions = message.mentions;
  if (message.forwarded !== undefined) content.forwarded = message.forwarded;
  const { latitude, longitude } = message;
  if (latitude !== undefined && longitude !== undefined) {
    content.location = { latitude, longitude, name: message.name ?? null, address: message.address ?? null };
  }
  return content;
}

function mediaOf(messages: Network["messages"], held: HeldMessage): Partial<SandboxItem> {
  const media = messages.mediaOf(held);
  if (media === null) return {};
  const size =
    Math.floor((media.data.length * 3) / 4) - (media.data.endsWith("==") ? 2 : media.data.endsWith("=") ? 1 : 0);
  return { media: { base64: media.data, mimetype: media.mimetype, filename: media.filename, size } };
}
