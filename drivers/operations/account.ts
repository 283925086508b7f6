/** The operations on the account itself: its profile, its privacy settings, its devices and its calls. */
import type { Privacy, PrivacySetting } from "../../contracts/privacy.ts";
import type { StoredMedia } from "../../contracts/media.ts";

/** What an account shows of itself. */
export interface ProfileInfo {
  /** The name that others see who have not saved the account. */
  readonly name: string | null;
  readonly about: string | null;
  /** Where the picture can be fetched; null when there is none. */
  readonly pictureUrl: string | null;
  readonly isBusiness: boolean;
}

/** What a business shows of itself. */
export interface BusinessProfileInfo {
  readonly description: string;
  readonly address: string;
  readonly email: string;
  readonly websites: readonly string[];
  readonly categories: readonly { readonly id: string; readonly name: string }[];
  /** Opening hours by day (`mon` … `sun`) as the network has them; null when none are set. */
  readonly hours: Readonly<Record<string, unknown>> | null;
}

/** A device that the account is linked to. */
export interface DeviceInfo {
  /** 0 is the phone. */
  readonly device: number;
  /** It is the one of this session. */
  readonly own: boolean;
}

export interface AccountOperations {
  getProfile(input: Record<string, never>): Promise<ProfileInfo>;

  /** Changes what is given. Idempotent. */
  setProfile(input: { name?: string; about?: string }): Promise<void>;

  /**
   * Sets the picture of the account (`groupId` null) or of a group; null removes it. Idempotent. Rejected with
   * `group_admin_only` where only admins may change it, and with `media_rejected` for what is not a picture.
   */
  setPicture(input: { groupId: string | null; media: StoredMedia | null }): Promise<void>;

  /** The account's own. Rejected with `business_only` when the account is not a business. */
  getOwnBusinessProfile(input: Record<string, never>): Promise<BusinessProfileInfo>;

  /** The profile of a person's business; null for an account that is not a business. */
  getBusinessProfile(input: { chatId: string }): Promise<BusinessProfileInfo | null>;

  /** Changes what is given. Rejected with `business_only` when the account is not a business. Idempotent. */
  setBusinessProfile(input: {
    description?: string;
    address?: string;
    email?: string;
    websites?: readonly string[];
    hours?: Readonly<Record<string, unknown>>;
  }): Promise<void>;

  getPrivacy(input: Record<string, never>): Promise<Privacy>;

  /**
   * Changes one setting; `people` replaces the list of whom it excludes, or of `status` includes. Idempotent. Rejected
   * with `unsupported_by_driver` for a setting that cannot be changed from a linked device.
   */
  setPrivacy(input: { setting: PrivacySetting; value: string; people?: readonly string[] }): Promise<void>;

  /** The devices of the account that this one knows. */
  listDevices(input: Record<string, never>): Promise<readonly DeviceInfo[]>;

  /** Rejects a call that rings. Rejected with `target_not_found` when it no longer does. */
  rejectCall(input: { callId: string }): Promise<void>;

  /** Saves a person under a name in the account's address book. Idempotent. */
  saveContact(input: { chatId: string; name: string }): Promise<void>;

  /** Removes a person from the account's address book. Idempotent. */
  removeContact(input: { chatId: string }): Promise<void>;

  /** The ids of the groups that both the account and the person are in. */
  listCommonGroups(input: { chatId: string }): Promise<readonly string[]>;
}
