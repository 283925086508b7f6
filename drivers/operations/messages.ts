/** The operations on messages other than sending. `key` is a WhatsApp key (`true_<chat>_<id>`). */
export interface MessageOperations {
  /**
   * Pins a message for everyone in its chat for so many seconds (a day, a week or 30 days), or takes it down (null).
   * Idempotent. Rejected with `target_not_found` for a message that the account does not have, and with
   * `group_admin_only` where only admins may pin.
   */
  pinMessage(input: { key: string; seconds: number | null }): Promise<void>;

  /**
   * Keeps a message that would disappear, or no longer. Idempotent. Rejected like `pinMessage`; in groups only admins
   * may do it.
   */
  keepMessage(input: { key: string; keep: boolean }): Promise<void>;

  /** Sets after how many seconds messages of a chat disappear; 0 for never. Idempotent. */
  setDisappearing(input: { chatId: string; seconds: number }): Promise<void>;
}
