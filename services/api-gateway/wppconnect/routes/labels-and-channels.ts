/** Labels, statuses and channels. */
import { z } from "zod";
import * as channels from "../../../../contracts/routes/channel.ts";
import { labels } from "../../../../contracts/routes/label.ts";
import { postStatus } from "../../../../contracts/routes/status.ts";
import type { Message } from "../../../../contracts/message.ts";
import type { Label } from "../../../../contracts/routes/label.ts";
import { doorRoute, raw, success, toChatIds, type DoorCall } from "../call.ts";
import { mediaOf } from "../files.ts";
import { sentId } from "../sending.ts";

type LabelView = z.infer<typeof Label>;

const common = { access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;
const own = (call: DoorCall): { params: { session: string } } => ({ params: { session: call.session } });
const withId = (call: DoorCall, id: string): { params: { session: string; id: string } } => ({
  params: { session: call.session, id },
});
const Ids = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());

const toLabel = ({ id, name, color, chats }: LabelView): object => ({ id, name, color, count: chats.length });

async function allLabels(call: DoorCall): Promise<LabelView[]> {
  return (await call.api.call<{ data: LabelView[] }>(labels.list, own(call))).data;
}

export const labelRoutes = [
  doorRoute({
    method: "POST",
    group: "Labels",
    ...common,
    path: path("add-new-label"),
    summary: "Create a label",
    body: z.looseObject({
      name: z.string(),
      options: z.looseObject({ labelColor: z.coerce.number().int().optional() }).optional(),
    }),
    handle: async (call, { name, options }) => {
      const color = options?.labelColor;
      // The library also takes a color as a number of red, green and blue, which labels no longer have.
      const body = color === undefined || color < 0 || color > 19 ? { name } : { name, color };
      return success(toLabel(await call.api.call<LabelView>(labels.create, { ...own(call), body })), 201);
    },
  }),
  doorRoute({
    method: "POST",
    group: "Labels",
    ...common,
    path: path("add-or-remove-label"),
    summary: "Put labels on chats, or take them off",
    body: z.looseObject({
      chatIds: Ids,
      options: z.array(z.looseObject({ labelId: z.coerce.string(), type: z.enum(["add", "remove"]) })),
    }),
    handle: async (call, { chatIds, options }) => {
      const known = await allLabels(call);
      for (const chatId of toChatIds({ phone: chatIds, isGroup: false, isNewsletter: false, isLid: false })) {
        const carried = new Set(known.filter(({ chats }) => chats.includes(chatId)).map(({ id }) => id));
        for (const { labelId, type } of options) {
          if (type === "add") carried.add(labelId);
          else carried.delete(labelId);
        }
        await call.api.call(labels.setOfChat, {
          params: { session: call.session, chatId },
          body: { labels: [...carried] },
        });
      }
      return success(chatIds, 201);
    },
  }),
  doorRoute({
    method: "GET",
    group: "Labels",
    ...common,
    path: path("get-all-labels"),
    summary: "List the labels",
    handle: async (call) => success((await allLabels(call)).map(toLabel)),
  }),
  doorRoute({
    method: "PUT",
    group: "Labels",
    ...common,
    path: path("delete-all-labels"),
    summary: "Delete every label",
    handle: async (call) => {
      for (const { id } of await allLabels(call)) await call.api.call(labels.remove, withId(call, id));
      return success(true);
    },
  }),
  doorRoute({
    method: "PUT",
    group: "Labels",
    ...common,
    path: path("delete-label/:id"),
    summary: "Delete a label",
    handle: async (call) => {
      await call.api.call(labels.remove, withId(call, call.params["id"] ?? ""));
      return success(true);
    },
  }),
];

const story = (kind: "image" | "video") =>
  doorRoute({
    method: "POST",
    group: "Status",
    ...common,
    path: path(`send-${kind}-storie`),
    summary: `Post ${kind === "image" ? "an image" : "a video"} as a status`,
    body: z.looseObject({ path: z.string().optional(), base64: z.string().optional(), caption: z.string().optional() }),
    handle: async (call, { caption, ...given }) => {
      const posted = await call.api.call<Message>(postStatus, {
        ...own(call),
        body: { type: kind, media: mediaOf(call, given), ...(caption === undefined ? {} : { caption }) },
      });
      return success([sentId(posted)], 201);
    },
  });

export const statusRoutes = [
  doorRoute({
    method: "POST",
    group: "Status",
    ...common,
    path: path("send-text-storie"),
    summary: "Post a text as a status",
    body: z.looseObject({ text: z.string() }),
    differs: "colors and fonts of `options` are WhatsApp's own",
    handle: async (call, { text }) => {
      const posted = await call.api.call<Message>(postStatus, { ...own(call), body: { type: "text", text } });
      return success([sentId(posted)], 201);
    },
  }),
  story("image"),
  story("video"),
];

type Channel = z.infer<typeof channels.Channel>;

const toNewsletter = ({ id, name, description, invite, createdAt, followers }: Channel): object => ({
  idJid: id,
  inviteCode: invite,
  inviteLink: `https://whatsapp.com/channel/${invite}`,
  name,
  description: description ?? "",
  state: "active",
  creationTime: createdAt === null ? null : Math.floor(Date.parse(createdAt) / 1000),
  subscribersCount: followers,
});

const NewsletterChange = z.looseObject({ name: z.string().optional(), description: z.string().optional() });

export const newsletterRoutes = [
  doorRoute({
    method: "POST",
    group: "Newsletters",
    ...common,
    path: path("newsletter"),
    summary: "Create a channel",
    body: z.looseObject({
      name: z.string(),
      options: z.looseObject({ description: z.string().optional(), picture: z.string().optional() }).optional(),
    }),
    handle: async (call, { name, options }) => {
      const picture = options?.picture;
      const body = {
        name,
        ...(options?.description === undefined ? {} : { description: options.description }),
        ...(picture === undefined ? {} : { picture: mediaOf(call, { base64: picture }) }),
      };
      return raw(toNewsletter(await call.api.call<Channel>(channels.createChannel, { ...own(call), body })), 201);
    },
  }),
  doorRoute({
    method: "PUT",
    group: "Newsletters",
    ...common,
    path: path("newsletter/:id"),
    summary: "Change a channel",
    body: NewsletterChange,
    differs: "the picture stays: only name and description change",
    handle: async (call, { name, description }) => {
      const body = { ...(name === undefined ? {} : { name }), ...(description === undefined ? {} : { description }) };
      const changed = await call.api.call<Channel>(channels.updateChannel, {
        ...withId(call, call.params["id"] ?? ""),
        body,
      });
      return raw(toNewsletter(changed), 201);
    },
  }),
  doorRoute({
    method: "DELETE",
    group: "Newsletters",
    ...common,
    path: path("newsletter/:id"),
    summary: "Delete a channel",
    handle: async (call) => {
      await call.api.call(channels.deleteChannel, withId(call, call.params["id"] ?? ""));
      return raw(true);
    },
  }),
  doorRoute({
    method: "POST",
    group: "Newsletters",
    ...common,
    path: path("mute-newsletter/:id"),
    summary: "Mute a channel",
    handle: async (call) => {
      await call.api.call(channels.muteChannel, withId(call, call.params["id"] ?? ""));
      return raw(true, 201);
    },
  }),
];
