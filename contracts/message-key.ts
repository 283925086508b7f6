/**
 * WhatsApp's message keys: `true_<chat>_<id>` for messages of the account, `false_<chat>_<id>` for those of others,
 * with the author after it in groups.
 */

export interface MessageKey {
  readonly fromMe: boolean;
  readonly chat: string;
  readonly id: string;
  /** In groups only. */
  readonly author: string | null;
}

/** Parses a key; null when the text is not one. */
export function parseKey(text: string): MessageKey | null {
  const [fromMe, chat, id, author = null] = text.split("_");
  if ((fromMe !== "true" && fromMe !== "false") || chat === undefined || id === undefined) return null;
  return { fromMe: fromMe === "true", chat, id, author };
}

/**
 * The key under which an earlier version, which named people by their LIDs where the page did, has stored a message of
 * another person; null when there is no such key.
 */
export function keyWithLid(key: string, lid: string | null): string | null {
  const parsed = parseKey(key);
  if (lid === null || parsed === null || parsed.fromMe || !parsed.chat.endsWith("@c.us")) return null;
  return `false_${lid}_${parsed.id}`;
}

/** True for the key of a message that this account has sent. */
export function isOwnKey(key: string): boolean {
  return key.startsWith("true_");
}

/** WhatsApp's id of the message, alone. A text that is not a key is an id already. */
export function idOfKey(key: string): string {
  return parseKey(key)?.id ?? key;
}

/**
 * The `wa_id` of the message's row: the id alone for messages of this account, which we chose, and the whole key for
 * others'.
 */
export function waIdOfKey(key: string): string {
  return isOwnKey(key) ? idOfKey(key) : key;
}
