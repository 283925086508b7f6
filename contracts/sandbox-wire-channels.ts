/** The sandbox's wire protocol: statuses, channels and communities, and what is done to messages of a chat. */
import type { WireGroup, WireMessage } from "./sandbox-wire-messages.ts";

/** The chat to which statuses are sent. */
export const STATUS_CHAT = "status@broadcast";

/** A channel, which WhatsApp calls a newsletter inside. */
export interface WireChannel {
  /** `<digits>@newsletter` */
  id: string;
  name: string;
  description: string | null;
  /** A `data:` URL. */
  picture: string | null;
  invite: string;
  createdAt: number;
  followers: number;
  /** What the account is in it; null when it does not follow it. */
  role: "owner" | "follower" | null;
  muted: boolean;
}

/** How far one of the receivers has acknowledged a message; times in Unix ms. */
export interface WireReceipt {
  by: string;
  deliveredAt: number | null;
  readAt: number | null;
  playedAt: number | null;
}

type Nothing = Record<string, never>;

export interface WireChannelOperations {
  /** The statuses of the last 24 hours that the account sees, its own too, oldest first. */
  statuses: [Nothing, WireMessage[]];
  /** Marks a status as viewed. */
  viewStatus: [{ from: string; id: string }, Nothing];
  /** The channels that the account follows or owns. */
  channels: [Nothing, WireChannel[]];
  channel: [{ id: string }, WireChannel];
  createChannel: [{ name: string; description?: string; picture?: string }, WireChannel];
  /** Changes what is given; owners only. */
  updateChannel: [{ id: string; name?: string; description?: string; picture?: string | null }, WireChannel];
  deleteChannel: [{ id: string }, Nothing];
  followChannel: [{ id: string; follow: boolean }, WireChannel];
  muteChannel: [{ id: string; muted: boolean }, WireChannel];
  findChannels: [{ text: string; limit: number }, WireChannel[]];
  /** Owners only. */
  channelFollowers: [{ id: string; limit: number }, { id: string; name: string | null; role: string; at: number }[]];
  /** A community, and its group for announcements, in which everyone of the community is. */
  createCommunity: [{ name: string; description: string }, { community: WireGroup; announcements: WireGroup }];
  /** Links groups to the community, or takes them out of it. */
  linkGroups: [{ communityId: string; groups: string[]; link: boolean }, { done: string[]; failed: string[] }];
  /** The groups of a deactivated community go on without it. */
  deactivateCommunity: [{ communityId: string }, Nothing];
  pastParticipants: [{ groupId: string }, { id: string; at: number; removed: boolean }[]];
  /** Pins a message for everyone in the chat; without `seconds` it is taken down. */
  pinMessage: [{ chat: string; from: string; id: string; seconds: number | null }, { at: number }];
  /** Keeps a message that would disappear. */
  keepMessage: [{ chat: string; from: string; id: string; keep: boolean }, { at: number }];
  /** Sets after how many seconds messages of the chat disappear; 0 for never. */
  setEphemeral: [{ chat: string; seconds: number }, Nothing];
  /** Who has received a message of the account. */
  messageInfo: [{ id: string }, WireReceipt[]];
  /** Plays a voice message, audio or video that the account has received. */
  markPlayed: [{ from: string; id: string }, Nothing];
}
