/** The operations on statuses (stories). They are posted like messages, to the chat `status@broadcast`. */
import type { Address } from "../../contracts/address.ts";

export interface StatusInfo {
  /** WhatsApp's id of the message. */
  readonly id: string;
  readonly from: Address;
  /** It is the account's own. */
  readonly own: boolean;
  /** In WhatsApp's words, such as `chat` and `image`. */
  readonly kind: string;
  readonly text: string | null;
  /** Unix ms. */
  readonly at: number;
}

export interface StatusOperations {
  /** The statuses of the last day that the account sees, its own too, oldest first. */
  listStatuses(input: Record<string, never>): Promise<readonly StatusInfo[]>;

  /** Views a status: its author sees that. Idempotent. Rejected with `target_not_found` for one that is gone. */
  viewStatus(input: { chatId: string; id: string }): Promise<void>;

  /** Deletes a status of the account for everyone. Rejected with `target_not_found` for one that does not exist. */
  deleteStatus(input: { id: string }): Promise<void>;

  /** Who has viewed a status of the account, and when (Unix ms). Rejected like `deleteStatus`. */
  listStatusViewers(input: {
    id: string;
  }): Promise<readonly { readonly viewer: Address; readonly at: number | null }[]>;
}
