/** The keys of messages from the point of view of one account. */
import type { MessageKey } from "../../contracts/message-key.ts";

/** The account's own ids; in groups its keys carry the privacy id. */
export interface Self {
  readonly id: string;
  readonly lid: string;
}

/** The key of a message that `from` wrote. */
export function keyOf(self: Self, chat: string, id: string, from: string): string {
  const fromMe = from === self.id || from === self.lid;
  const base = `${fromMe}_${chat}_${id}`;
  if (!chat.endsWith("@g.us")) return base;
  return `${base}_${fromMe ? self.lid : from}`;
}

/** The id of the person who wrote the message with this key. */
export function senderOf(self: Self, key: MessageKey): string {
  if (key.fromMe) return self.id;
  return key.author ?? key.chat;
}
