/** Operations on channels, which WhatsApp calls newsletters inside. */
import { z } from "zod";
import type { ChannelInfo, ChannelOperations } from "../operations/channels.ts";
import { toDataUrl } from "./account-operations.ts";
import type { Handlers } from "./handlers.ts";
import type { PageCalls } from "./page-calls.ts";

const Nothing = z.unknown();
const CHANGE_WITHIN_MS = 30_000;

const Channel = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  invite: z.string(),
  followers: z.number(),
  role: z.enum(["owner", "follower"]).nullable(),
  muted: z.boolean(),
  createdAt: z.number().nullable(),
});
const Followers = z.array(z.object({ id: z.string(), name: z.string().nullable() }));

/** Runs in the page: the channels that the account follows or owns, or one of them. */
function readOwn(only: string | null): z.infer<typeof Channel>[] {
  interface Metadata {
    readonly name?: string;
    readonly description?: string;
    readonly inviteCode?: string;
    readonly size?: number;
    readonly membershipType?: string;
    readonly creationTime?: number;
  }
  const chats = WPP.whatsapp.NewsletterStore.getModelsArray() as unknown as {
    readonly id: { toString(): string };
    readonly name?: string;
    readonly mute?: { readonly isMuted?: boolean };
    readonly newsletterMetadata?: Metadata;
  }[];
  return chats
    .filter(({ id, newsletterMetadata }) => newsletterMetadata !== undefined && (only === null || String(id) === only))
    .map(({ id, name, mute, newsletterMetadata }) => {
      const { description, inviteCode, size, membershipType, creationTime, name: title } = newsletterMetadata ?? {};
      return {
        id: String(id),
        name: title ?? name ?? "",
        description: description ?? null,
        invite: inviteCode ?? "",
        followers: size ?? 0,
        role: membershipType === "owner" ? ("owner" as const) : ("follower" as const),
        muted: mute?.isMuted === true,
        createdAt: creationTime === undefined ? null : creationTime * 1000,
      };
    });
}

/** Runs in the page: a channel that the account does not follow. */
async function readOther(id: string): Promise<z.infer<typeof Channel>> {
  const query = WPP.whatsapp.functions.queryNewsletterMetadataByJid as (id: string) => Promise<unknown>;
  const found = (await query(id)) as {
    readonly newsletterInviteLinkMetadataMixin: { readonly inviteCode: string };
    readonly newsletterNameMetadataMixin: { readonly nameElementValue: string };
    readonly newsletterSubscribersMetadataMixin?: { readonly subscribersCount?: number };
    readonly newsletterCreationTimeMetadataMixin?: { readonly creationTimeValue?: number };
    readonly newsletterDescriptionMetadataMixin?: {
      readonly descriptionQueryDescriptionResponseMixin?: { readonly elementValue?: string | null };
    };
  };
  const createdAt = found.newsletterCreationTimeMetadataMixin?.creationTimeValue;
  return {
    id,
    name: found.newsletterNameMetadataMixin.nameElementValue,
    description:
      found.newsletterDescriptionMetadataMixin?.descriptionQueryDescriptionResponseMixin?.elementValue ?? null,
    invite: found.newsletterInviteLinkMetadataMixin.inviteCode,
    followers: found.newsletterSubscribersMetadataMixin?.subscribersCount ?? 0,
    role: null,
    muted: false,
    createdAt: createdAt === undefined ? null : createdAt * 1000,
  };
}

/** The channels that the account follows or owns, or one of them. */
export function readChannels(page: PageCalls, id: string | null): Promise<ChannelInfo[]> {
  return page.run(z.array(Channel), readOwn, id);
}

async function read(page: PageCalls, id: string): Promise<ChannelInfo> {
  const [own] = await readChannels(page, id);
  return own ?? page.run(Channel, readOther, id);
}

/** The channel, when the account owns it; the errors of a page without it say nothing. */
async function requireOwner(page: PageCalls, id: string): Promise<void> {
  const { role } = await read(page, id);
  if (role !== "owner") await page.run(Nothing, refuseChange, id);
}

/** Runs in the page. */
function refuseChange(id: string): void {
  throw Object.assign(new Error(id), { code: "group_you_are_not_admin" });
}

async function search(given: { text: string; limit: number }): Promise<z.infer<typeof Channel>[]> {
  const { newsletters } = await WPP.newsletter.search(given.text, { limit: given.limit });
  return newsletters.map((found) => ({
    id: found.idJid,
    name: found.name,
    description: found.description || null,
    invite: found.inviteCode,
    followers: found.subscribersCount,
    role: null,
    muted: false,
    createdAt: found.creationTime ? found.creationTime * 1000 : null,
  }));
}

async function create(given: { name: string; description?: string; picture: string | null }): Promise<string> {
  const { name, description, picture } = given;
  const { idJid } = await WPP.newsletter.create(name, {
    ...(description === undefined ? {} : { description }),
    ...(picture === null ? {} : { picture }),
  });
  return idJid;
}

async function readFollowers({ id, limit }: { id: string; limit: number }): Promise<z.infer<typeof Followers>> {
  const found = (await WPP.newsletter.getSubscribers(id, limit)) as unknown as
    { readonly id: unknown; readonly displayName?: string | null }[] | false;
  return (found || []).map((follower) => ({ id: String(follower.id), name: follower.displayName ?? null }));
}

export const CHANNEL_HANDLERS: Pick<Handlers, keyof ChannelOperations> = {
  listChannels: ({ page }) => readChannels(page, null),
  getChannel: ({ page }, { id }) => read(page, id),
  findChannels: async ({ page }, given) => {
    const own = new Map((await readChannels(page, null)).map((channel) => [channel.id, channel]));
    const found = await page.run(z.array(Channel), search, given);
    return found.slice(0, given.limit).map((channel) => own.get(channel.id) ?? channel);
  },
  createChannel: async ({ page }, { media, ...given }) => {
    const picture = media === null ? null : await toDataUrl(media);
    return read(page, await page.run(z.string(), create, { ...given, picture }, CHANGE_WITHIN_MS));
  },
  updateChannel: async ({ page }, { id, ...change }) => {
    await requireOwner(page, id);
    await page.run(Nothing, (edit) => WPP.newsletter.edit(edit.id, edit.change), { id, change }, CHANGE_WITHIN_MS);
    return { ...(await read(page, id)), ...change };
  },
  deleteChannel: async ({ page }, { id }) => {
    await requireOwner(page, id);
    await page.run(Nothing, (channel) => WPP.newsletter.destroy(channel), id);
  },
  followChannel: async ({ page }, given) => {
    await read(page, given.id);
    await page.run(
      Nothing,
      ({ id, follow }) => (follow ? WPP.newsletter.follow(id) : WPP.newsletter.unfollow(id)),
      given,
    );
  },
  muteChannel: async ({ page }, given) => {
    await read(page, given.id);
    await page.run(Nothing, ({ id, muted }) => WPP.newsletter.mute(id, muted), given);
  },
  listChannelFollowers: async ({ page, addresses }, given) => {
    await requireOwner(page, given.id);
    const followers = await page.run(Followers, readFollowers, given);
    const ids = await addresses.nameAll(followers.map(({ id }) => id));
    return followers.map(({ name }, index) => ({ id: ids[index]!, name }));
  },
};
