/**
 * WhatsApp's message keys: `true_<chat>_<id>` for own ones, `false_<chat>_<id>` for others', with the author after it
 * in groups.
 */

export interface MessageKey {
  readonly fromMe: boolean;
  readonly chat: string;
  readonly id: string;
  /** In groups only. */
  readonly author: string | null;
}

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

/** Null for a text that is not a key. */
export function parseKey(text: string): MessageKey | null {
  const [fromMe, chat, id, author = null] = text.split("_");
  if ((fromMe !== "true" && fromMe !== "false") || chat === undefined || id === undefined) return null;
  return { fromMe: fromMe === "true", chat, id, author };
}

/** Who wrote the message with this key. */
export function senderOf(self: Self, key: MessageKey): string {
  if (key.fromMe) return self.id;
  return key.author ?? key.chat;
}
