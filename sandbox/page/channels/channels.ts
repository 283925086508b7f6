/** Channels, which WhatsApp calls newsletters inside: the ones that the account follows or owns. */
import type { LiveEvent } from "../../../contracts/sandbox-wire.ts";
import type { WireChannel } from "../../../contracts/sandbox-wire-channels.ts";
import { ChatModel, NewsletterCollection } from "../chats.ts";
import { define } from "../loader.ts";
import { modelOf } from "../model.ts";
import { createWid, type Wid } from "../wid.ts";
import { ask } from "../wire.ts";

interface NewsletterAttributes {
  id: Wid;
  name: string;
  description: string | undefined;
  picture: string | undefined;
  inviteCode: string;
  membershipType: "owner" | "subscriber" | "guest";
  size: number;
  muted: boolean;
  /** Unix seconds. */
  creationTime: number;
}
export class NewsletterMetadataModel extends modelOf<NewsletterAttributes>("newsletterMetadata") {
  iAmAdminOrOwner(): boolean {
    return this.membershipType === "owner";
  }
}

const metadata = new Map<string, NewsletterMetadataModel>();
Object.defineProperty(ChatModel.prototype, "newsletterMetadata", {
  get(this: Partial<ChatModel>) {
    return this.id === undefined ? undefined : metadata.get(this.id.toString());
  },
});

/** Returns the channel's chat; creates it if needed. */
export function channelOf(id: string): ChatModel {
  return (
    NewsletterCollection.get(id) ??
    NewsletterCollection.add(new ChatModel({ ...ChatModel.initial(), id: createWid(id), kind: "chat" }))[0]!
  );
}

/** Shows a channel; one that the account does not follow is taken away. */
export function applyChannel(channel: WireChannel): void {
  if (channel.role === null) return removeChannel(channel.id);
  const model = metadata.get(channel.id) ?? new NewsletterMetadataModel({ id: createWid(channel.id) });
  metadata.set(channel.id, model);
  model.set({
    name: channel.name,
    description: channel.description ?? undefined,
    picture: channel.picture ?? undefined,
    inviteCode: channel.invite,
    membershipType: channel.role === "owner" ? "owner" : "subscriber",
    size: channel.followers,
    muted: channel.muted,
    creationTime: Math.floor(channel.createdAt / 1000),
  });
  channelOf(channel.id).set({ name: channel.name });
  channelOf(channel.id).applyMute(channel.muted ? -1 : 0);
}

function removeChannel(id: string): void {
  metadata.delete(id);
  NewsletterCollection.remove(id);
}

/** Loads the channels after the link. */
export async function loadChannels(): Promise<void> {
  for (const channel of await ask("channels", {})) applyChannel(channel);
}

/** Applies a change that was made on another device, or by the owner. */
export function receiveChannel({ change, channel }: Extract<LiveEvent, { type: "channel" }>): void {
  if (change === "deleted") removeChannel(channel.id);
  else applyChannel(channel);
}

define("WAWebNewsletterCollection", { default: NewsletterCollection });
define("WAWebNewsletterMetadataModel", { default: NewsletterMetadataModel });
