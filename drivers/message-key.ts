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
