/** The operations on channels. Messages are sent to them like to any other chat. */
import type { StoredMedia } from "../../contracts/media.ts";

export interface ChannelInfo {
  /** `…@newsletter` */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** The code in the channel's link. */
  readonly invite: string;
  readonly followers: number;
  /** null when the account does not follow it. */
  readonly role: "owner" | "follower" | null;
  readonly muted: boolean;
  /** Unix ms. */
  readonly createdAt: number | null;
}

/** A message that came in a channel. Its media are not downloaded. */
export interface ChannelMessage {
  readonly channelId: string;
  /** WhatsApp's id of the message. */
  readonly id: string;
  /** In WhatsApp's words, such as `chat` and `image`. */
  readonly kind: string;
  readonly text: string | null;
  /** Unix ms. */
  readonly at: number;
}

/**
 * All are rejected with `target_not_found` for a channel that does not exist, and those that change one with
 * `group_admin_only` when the account does not own it.
 */
export interface ChannelOperations {
  /** The channels that the account follows or owns. */
  listChannels(input: Record<string, never>): Promise<readonly ChannelInfo[]>;

  /** One channel, also one that the account does not follow. */
  getChannel(input: { id: string }): Promise<ChannelInfo>;

  /** Channels by a part of their names. */
  findChannels(input: { text: string; limit: number }): Promise<readonly ChannelInfo[]>;

  /** NOT idempotent: after `unknown` there may be a channel. */
  createChannel(input: { name: string; description?: string; media: StoredMedia | null }): Promise<ChannelInfo>;

  /** Changes what is given. Idempotent. */
  updateChannel(input: { id: string; name?: string; description?: string }): Promise<ChannelInfo>;

  deleteChannel(input: { id: string }): Promise<void>;

  /** Idempotent. Rejected with `rejected_by_network` for the account's own channel. */
  followChannel(input: { id: string; follow: boolean }): Promise<void>;

  /** Idempotent. */
  muteChannel(input: { id: string; muted: boolean }): Promise<void>;

  /** Who follows a channel of the account, at most `limit`. */
  listChannelFollowers(input: {
    id: string;
    limit: number;
  }): Promise<readonly { readonly id: string; readonly name: string | null }[]>;
}
