/** Schemas of requests about statuses, channels and communities, and about messages of a chat. */
import { z } from "zod";
import type { WireChannelOperations } from "../contracts/sandbox-wire-channels.ts";
import { channel, chat, empty, group, groupName, limit, messageId, picture } from "./wire-fields.ts";

const description = z.string().max(2048);
const theMessage = { from: chat, id: messageId };
const MAX_SECONDS = 90 * 24 * 3600;

export const channelInputs: { readonly [N in keyof WireChannelOperations]: z.ZodType<WireChannelOperations[N][0]> } = {
  statuses: empty,
  viewStatus: z.strictObject(theMessage),
  channels: empty,
  channel: z.strictObject({ id: channel }),
  createChannel: z.strictObject({
    name: groupName,
    description: description.exactOptional(),
    picture: picture.exactOptional(),
  }),
  updateChannel: z.strictObject({
    id: channel,
    name: groupName.exactOptional(),
    description: description.exactOptional(),
    picture: picture.nullable().exactOptional(),
  }),
  deleteChannel: z.strictObject({ id: channel }),
  followChannel: z.strictObject({ id: channel, follow: z.boolean() }),
  muteChannel: z.strictObject({ id: channel, muted: z.boolean() }),
  findChannels: z.strictObject({ text: z.string().min(1).max(100), limit }),
  channelFollowers: z.strictObject({ id: channel, limit }),
  createCommunity: z.strictObject({ name: groupName, description }),
  linkGroups: z.strictObject({ communityId: group, groups: z.array(group).max(100), link: z.boolean() }),
  deactivateCommunity: z.strictObject({ communityId: group }),
  pastParticipants: z.strictObject({ groupId: group }),
  pinMessage: z.strictObject({ chat, ...theMessage, seconds: z.int().min(1).max(MAX_SECONDS).nullable() }),
  keepMessage: z.strictObject({ chat, ...theMessage, keep: z.boolean() }),
  setEphemeral: z.strictObject({ chat, seconds: z.int().min(0).max(MAX_SECONDS) }),
  messageInfo: z.strictObject({ id: messageId }),
  markPlayed: z.strictObject(theMessage),
};
