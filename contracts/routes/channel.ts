/** Channels: those that a session's account follows, and its own. */
import { z } from "zod";
import { MediaSource } from "../media.ts";
import { object, route } from "../route.ts";
import { Done } from "./chat.ts";
import { DRIVER_PROBLEMS, MEDIA_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Channels";

export const ChannelId = z
  .string()
  .regex(/^\d{5,30}@newsletter$/, "a channel's id such as 120363000000000001@newsletter is expected")
  .describe("Channel id, …@newsletter");
const ChannelParams = SessionParams.extend({ id: ChannelId });

export const Channel = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    invite: z.string().describe("The code in the link https://whatsapp.com/channel/…"),
    followers: z.int().describe("How many follow it"),
    role: z.enum(["owner", "follower"]).nullable().describe("null when the account does not follow it"),
    muted: z.boolean().describe("Whether its messages are shown without a notification"),
    createdAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Channel" });

const Name = z.string().trim().min(1).max(100);
const Description = z.string().max(2_048);
const common = { tag, problems: DRIVER_PROBLEMS };

export const listChannels = route({
  method: "GET",
  path: "/sessions/:session/channels",
  action: "channel.list",
  permission: "channel:read",
  summary: "List the channels that the account follows or owns, or find others by name",
  ...common,
  params: SessionParams,
  query: object({
    find: z.string().min(2).max(100).optional().describe("A part of the name: all channels are searched"),
    limit: z.coerce.number().int().min(1).max(100).default(50).describe("The most channels that are found"),
  }),
  responses: { 200: z.object({ data: z.array(Channel) }) },
});

export const createChannel = route({
  method: "POST",
  path: "/sessions/:session/channels",
  action: "channel.create",
  permission: "channel:write",
  summary: "Create a channel",
  ...common,
  params: SessionParams,
  body: object({
    name: Name,
    description: Description.exactOptional(),
    picture: MediaSource.exactOptional().describe("The channel's picture"),
  }),
  bodyLimit: "media",
  responses: { 201: Channel },
  problems: [...DRIVER_PROBLEMS, ...MEDIA_PROBLEMS],
});

export const getChannel = route({
  method: "GET",
  path: "/sessions/:session/channels/:id",
  action: "channel.get",
  permission: "channel:read",
  summary: "Get a channel, also one that the account does not follow",
  ...common,
  params: ChannelParams,
  responses: { 200: Channel },
});

export const updateChannel = route({
  method: "PATCH",
  path: "/sessions/:session/channels/:id",
  action: "channel.update",
  permission: "channel:write",
  summary: "Change the name or description of the account's channel",
  ...common,
  params: ChannelParams,
  body: object({ name: Name.exactOptional(), description: Description.exactOptional() }).refine(
    (body) => Object.keys(body).length > 0,
    "name or description is expected",
  ),
  responses: { 200: Channel },
});

export const deleteChannel = route({
  method: "DELETE",
  path: "/sessions/:session/channels/:id",
  action: "channel.remove",
  permission: "channel:write",
  summary: "Delete the account's channel for everyone",
  ...common,
  params: ChannelParams,
  responses: { 204: null },
});

function command(verb: "follow" | "unfollow" | "mute" | "unmute", summary: string) {
  return route({
    method: "POST",
    path: `/sessions/:session/channels/:id/${verb}`,
    action: `channel.${verb}`,
    permission: "channel:write",
    summary,
    ...common,
    params: ChannelParams,
    body: object({}).optional(),
    responses: { 200: Done },
  });
}
export const followChannel = command("follow", "Follow a channel");
export const unfollowChannel = command("unfollow", "Follow a channel no longer");
export const muteChannel = command("mute", "Mute a channel");
export const unmuteChannel = command("unmute", "Unmute a channel");

export const listFollowers = route({
  method: "GET",
  path: "/sessions/:session/channels/:id/followers",
  action: "channel.followers",
  permission: "channel:read",
  summary: "List who follows the account's channel",
  ...common,
  params: ChannelParams,
  query: object({
    limit: z.coerce.number().int().min(1).max(1_000).default(100).describe("The most followers that are listed"),
  }),
  responses: {
    200: z.object({
      data: z.array(
        z
          .object({ id: z.string(), name: z.string().nullable().describe("null when it is not shown") })
          .meta({ id: "ChannelFollower" }),
      ),
    }),
  },
});

export const channelRoutes = [
  listChannels,
  createChannel,
  getChannel,
  updateChannel,
  deleteChannel,
  followChannel,
  unfollowChannel,
  muteChannel,
  unmuteChannel,
  listFollowers,
];
