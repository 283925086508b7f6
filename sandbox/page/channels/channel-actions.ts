/** A user's actions on channels, in the forms of the real client's requests. */
import type { WireChannel } from "../../../contracts/sandbox-wire-channels.ts";
import type { ChatModel } from "../chats.ts";
import { define } from "../loader.ts";
import type { Wid } from "../wid.ts";
import { ask, RefusedError } from "../wire.ts";
import { applyChannel } from "./channels.ts";

/** The parts of a channel, as the real server returns them. */
function mixins({ id, name, description, invite, followers, createdAt }: WireChannel): object {
  return {
    idJid: id,
    newsletterInviteLinkMetadataMixin: { inviteCode: invite },
    newsletterNameMetadataMixin: { nameElementValue: name },
    newsletterStateMetadataMixin: { stateType: "active" },
    newsletterSubscribersMetadataMixin: { subscribersCount: followers },
    newsletterCreationTimeMetadataMixin: { creationTimeValue: Math.floor(createdAt / 1000) },
    newsletterDescriptionMetadataMixin: { descriptionQueryDescriptionResponseMixin: { elementValue: description } },
  };
}

interface NewChannel {
  name: string;
  description: string | null;
  picture: string | null;
}

async function createNewsletterQuery({ name, description, picture }: NewChannel): Promise<object> {
  const channel = await ask("createChannel", {
    name,
    ...(description === null ? {} : { description }),
    ...(picture === null ? {} : { picture }),
  });
  applyChannel(channel);
  return mixins(channel);
}

interface Edited {
  editName: boolean;
  editDescription: boolean;
  editPicture: boolean;
}

async function editNewsletterMetadataAction(
  chat: ChatModel,
  edited: Edited,
  values: { name?: string; description?: string; picture?: string | null },
): Promise<void> {
  const change = {
    ...(edited.editName && values.name !== undefined ? { name: values.name } : {}),
    ...(edited.editDescription && values.description !== undefined ? { description: values.description } : {}),
    ...(edited.editPicture && values.picture !== undefined ? { picture: values.picture } : {}),
  };
  applyChannel(await ask("updateChannel", { id: chat.id.toString(), ...change }));
}

async function deleteNewsletter(id: string): Promise<boolean> {
  await ask("deleteChannel", { id });
  return true;
}

/** wa-js reads the status of an error. */
async function follow(id: string, isFollowed: boolean): Promise<void> {
  try {
    applyChannel(await ask("followChannel", { id, follow: isFollowed }));
  } catch (error) {
    if (error instanceof RefusedError) throw Object.assign(error, { status: error.statusCode });
    throw error;
  }
}

const MUTED = -1;
async function mute(id: Wid | string, isMuted: boolean): Promise<void> {
  applyChannel(await ask("muteChannel", { id: String(id), muted: isMuted }));
}

interface Search {
  searchText: string;
  limit: number;
}

async function search({ searchText, limit }: Search): Promise<object> {
  const found = await ask("findChannels", { text: searchText, limit });
  const result = found.map((channel) => ({
    id: channel.id,
    idJid: channel.id,
    thread_metadata: {
      name: { text: channel.name },
      description: { text: channel.description ?? "" },
      picture: { direct_path: channel.picture ?? "" },
      subscribers_count: String(channel.followers),
      creation_time: String(Math.floor(channel.createdAt / 1000)),
      invite: channel.invite,
      verification: "unverified",
      handle: null,
    },
  }));
  return { xwa2_newsletters_directory_search: { result, page_info: { has_next_page: false, end_cursor: null } } };
}

async function getNewsletterSubscribers(id: string, limit: number): Promise<{ followers: object[] }> {
  const followers = await ask("channelFollowers", { id, limit: Math.max(1, limit) });
  return {
    followers: followers.map(({ id: jid, name, role, at }) => ({ id: jid, displayName: name, role, followTime: at })),
  };
}

define("WAWebNewsletterCreateQueryJob", { createNewsletterQuery });
define("WAWebNewsletterEditMetadataAction", { editNewsletterMetadataAction });
define("WAWebNewsletterDeleteJob", { deleteNewsletter });
define("WAWebNewsletterMetadataQueryJob", {
  queryNewsletterMetadataByJid: async (id: string) => mixins(await ask("channel", { id })),
});
define("WAWebMexJoinNewsletterJob", { mexJoinNewsletter: (id: string) => follow(id, true) });
define("WAWebMexLeaveNewsletterJob", { mexLeaveNewsletter: (id: string) => follow(id, false) });
define("WAWebNewsletterToggleAdminActivityMuteStateAction", {
  toggleNewsletterAdminActivityMuteStateAction: (id: Wid, state: number) => mute(id, state === MUTED),
});
define("WAWebWamEnumChannelEventSurface", { CHANNEL_EVENT_SURFACE: { CHANNEL_UPDATES_HOME: 1, CHANNEL_PROFILE: 2 } });
define("WAWebMexFetchNewsletterDirectorySearchResultsJob", { mexFetchNewsletterDirectorySearchResults: search });
define("WAWebNewsletterSubscriberListQueryJob", { getNewsletterSubscribers });
define("WAWebNewsletterGatingUtils", { getMaxSubscriberNumber: () => 1000, NewsletterABPropConfig: {} });
