/** Operations on channels. */
import { readFile } from "node:fs/promises";
import type { WireChannel } from "../../contracts/sandbox-wire-channels.ts";
import type { ChannelInfo, ChannelOperations } from "../operations/channels.ts";
import type { Request } from "./requests.ts";

export function toChannelInfo({ picture: _picture, ...channel }: WireChannel): ChannelInfo {
  return channel;
}

export function channelOperations(request: Request): ChannelOperations {
  return {
    listChannels: async () => (await request("channels", {})).map(toChannelInfo),
    getChannel: async ({ id }) => toChannelInfo(await request("channel", { id })),
    findChannels: async (input) => (await request("findChannels", input)).map(toChannelInfo),
    createChannel: async ({ media, ...given }) => {
      const picture =
        media === null ? null : `data:${media.mimetype};base64,${(await readFile(media.path)).toString("base64")}`;
      return toChannelInfo(await request("createChannel", picture === null ? given : { ...given, picture }));
    },
    updateChannel: async (change) => toChannelInfo(await request("updateChannel", change)),
    deleteChannel: async ({ id }) => {
      await request("deleteChannel", { id });
    },
    followChannel: async (input) => {
      await request("followChannel", input);
    },
    muteChannel: async (input) => {
      await request("muteChannel", input);
    },
    listChannelFollowers: async (input) => {
      const followers = await request("channelFollowers", input);
      return followers.map(({ id, name }) => ({ id, name }));
    },
  };
}
