/** WhatsApp keys: `true_<chat>_<id>` for own messages, `false_<chat>_<id>` for others', in groups with the author after it. */

/** True for the key of a message that this account has sent. */
export function isOwnKey(key: string): boolean {
  return key.startsWith("true_");
}

/** What the messages table knows the message by: the id alone for own messages (it was ours to choose), the whole key for others'. */
export function waIdOfKey(key: string): string {
  return isOwnKey(key) ? (key.split("_")[2] ?? key) : key;
}
