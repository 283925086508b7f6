/** The operations on labels of a business, and on lists of chats, which other accounts have in their place. */

export type LabelKind = "label" | "list";

export interface LabelInfo {
  readonly id: string;
  readonly kind: LabelKind;
  readonly name: string;
  /** Index of the color in WhatsApp's palette. */
  readonly color: number;
  /** The ids of the chats that carry it. */
  readonly chats: readonly string[];
}

/**
 * All are rejected with `business_only` for labels of an account that is not a business, and with
 * `unsupported_by_driver` for lists of one that is.
 */
export interface LabelOperations {
  listLabels(input: { kind: LabelKind }): Promise<readonly LabelInfo[]>;

  /**
   * Creates a label (`id` null), or changes what is given of one; returns it. Creating is NOT idempotent. Rejected with
   * `target_not_found` for an id that does not exist.
   */
  saveLabel(input: { kind: LabelKind; id: string | null; name?: string; color?: number }): Promise<LabelInfo>;

  /** Rejected with `target_not_found` for one that does not exist. */
  deleteLabel(input: { kind: LabelKind; id: string }): Promise<void>;

  /**
   * Puts exactly these labels on a chat. Idempotent. Rejected with `target_not_found` for a chat that is not in the
   * account's list, and for a label that does not exist.
   */
  setChatLabels(input: { kind: LabelKind; chatId: string; labels: readonly string[] }): Promise<void>;
}
