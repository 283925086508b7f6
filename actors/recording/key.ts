/**
 * WhatsApp keys: `true_<chat>_<id>` for messages of this account, `false_<chat>_<id>` for others', in groups followed
 * by the author.
 */

/** True for the key of a message that this account has sent. */
export function isOwnKey(key: string): boolean {
  return key.startsWith("true_");
}

/**
 * The `wa_id` of the message's row: the id alone for messages of this account, which we chose, and the whole key for
 * others'.
 */
export function waIdOfKey(key: string): string {
  return isOwnKey(key) ? (key.split("_")[2] ?? key) : key;
}
