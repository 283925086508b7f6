/** The operations about statuses, channels and communities, and about messages of a chat. */
import type { WireChannelOperations } from "../contracts/sandbox-wire-channels.ts";
import type { Accounts } from "./accounts.ts";
import type { Channels } from "./channels.ts";
import type { Communities } from "./communities.ts";
import type { Groups } from "./groups.ts";
import type { MessageMarks } from "./message-marks.ts";
import type { OperationsOf } from "./operations.ts";
import type { Statuses } from "./statuses.ts";

interface Parts {
  readonly accounts: Accounts;
  readonly channels: Channels;
  readonly communities: Communities;
  readonly groups: Groups;
  readonly marks: MessageMarks;
  readonly statuses: Statuses;
}

export function channelOperations(parts: Parts): OperationsOf<WireChannelOperations> {
  return {
    ...statusOperations(parts),
    ...channelsOf(parts),
    ...communityOperations(parts),
    ...messageOperations(parts),
  };
}

function statusOperations({ statuses }: Parts) {
  return {
    statuses: ({ account }) => statuses.of(account),
    viewStatus: ({ account }, { from, id }) => {
      statuses.view(account, from, id);
      return {};
    },
  } satisfies Partial<OperationsOf<WireChannelOperations>>;
}

function channelsOf({ accounts, channels }: Parts) {
  return {
    channels: ({ account }) => channels.of(account),
    channel: ({ account }, { id }) => channels.get(account, id),
    createChannel: ({ account }, input) => channels.create(account, input),
    updateChannel: ({ account }, { id, ...change }) => channels.update(account, id, change),
    deleteChannel: ({ account }, { id }) => {
      channels.remove(account, id);
      return {};
    },
    followChannel: ({ account }, { id, follow }) => channels.follow(account, id, follow),
    muteChannel: ({ account }, { id, muted }) => channels.mute(account, id, muted),
    findChannels: ({ account }, { text, limit }) => channels.find(account, text, limit),
    channelFollowers: ({ account }, { id, limit }) =>
      channels.followers(account, id, limit).map((follower) => ({
        id: follower.account,
        name: accounts.get(follower.account).name,
        role: "follower",
        at: follower.at,
      })),
  } satisfies Partial<OperationsOf<WireChannelOperations>>;
}

function communityOperations({ communities, groups }: Parts) {
  return {
    createCommunity: ({ account }, { name, description }) => communities.create(account, name, description),
    linkGroups: ({ account }, input) => communities.link(account, input),
    deactivateCommunity: ({ account }, { communityId }) => {
      communities.deactivate(account, communityId);
      return {};
    },
    pastParticipants: ({ account }, { groupId }) => groups.pastParticipants(account, groupId),
  } satisfies Partial<OperationsOf<WireChannelOperations>>;
}

function messageOperations({ marks }: Parts) {
  return {
    pinMessage: ({ account }, input) => marks.pin(account, input),
    keepMessage: ({ account }, input) => marks.keep(account, input),
    setEphemeral: ({ account }, { chat, seconds }) => {
      marks.setEphemeral(account, chat, seconds);
      return {};
    },
    messageInfo: ({ account }, { id }) => marks.info(account, id),
    markPlayed: ({ account }, { from, id }) => {
      marks.play(account, from, id);
      return {};
    },
  } satisfies Partial<OperationsOf<WireChannelOperations>>;
}
