/** Single messages: reading, marking, forwarding and deleting them. */
import { z } from "zod";
import { toMessage } from "../../../../compat/wppconnect/shapes.ts";
import type { Message, Poll } from "../../../../contracts/message.ts";
import * as messages from "../../../../contracts/routes/message.ts";
import {
  doorRoute,
  Flag,
  FlagOn,
  raw,
  success,
  Target,
  toChatId,
  toChatIds,
  type Answer,
  type DoorCall,
} from "../call.ts";
import { ownOf, queue, sentAs, sentId } from "../sending.ts";

const common = { group: "Messages", access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;

const found = (call: DoorCall, id: string): Promise<Message> =>
  call.api.call<Message>(messages.getMessage, { params: { id } });

/** One id, or several. */
const Ids = z.union([z.string(), z.array(z.string())]).transform((ids) => (Array.isArray(ids) ? ids : [ids]));

async function readMedia(call: DoorCall, id: string): Promise<Answer> {
  const message = await found(call, id);
  const data = await call.api.call<unknown>(messages.getMedia, { params: { id } });
  return raw({ base64: (await toBuffer(data)).toString("base64"), mimetype: message.media?.mimetype ?? "" });
}

/** The bytes of a download, which is a stream when another process holds the file. */
async function toBuffer(data: unknown): Promise<Buffer> {
  if (Buffer.isBuffer(data)) return data;
  const chunks: Uint8Array[] = [];
  for await (const chunk of data as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export const messageRoutes = [
  doorRoute({
    method: "GET",
    group: "Messages",
    access: "token",
    path: path("get-media-by-message/:messageId"),
    summary: "Download the media of a message",
    handle: (call) => readMedia(call, call.params["messageId"] ?? ""),
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("download-media"),
    summary: "Download the media of a message",
    body: z.looseObject({ messageId: z.string() }),
    handle: (call, { messageId }) => readMedia(call, messageId),
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("message-by-id/:messageId"),
    summary: "Get a message",
    handle: async (call) =>
      success({ data: toMessage(await found(call, call.params["messageId"] ?? ""), await ownOf(call)) }),
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("reactions/:id"),
    summary: "Read who reacted to a message",
    handle: async (call) => {
      const id = call.params["id"] ?? "";
      const { reactions } = await found(call, id);
      const own = await ownOf(call);
      const emojis = [...new Set(Object.values(reactions))];
      return success({
        reactionByMe: reactions[own ?? ""] ?? null,
        reactions: emojis.map((emoji) => ({
          id: emoji,
          aggregateEmoji: emoji,
          hasReactionByMe: reactions[own ?? ""] === emoji,
          senders: Object.entries(reactions)
            .filter(([, given]) => given === emoji)
            .map(([sender]) => ({ msgId: id, reactionText: emoji, senderUserJid: sender })),
        })),
      });
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("votes/:id"),
    summary: "Read the votes of a poll",
    handle: async (call) => {
      const id = call.params["id"] ?? "";
      const { options } = await call.api.call<Poll>(messages.getPoll, { params: { id } });
      const chosen = new Map<string, { name: string }[]>();
      for (const { name, voters } of options)
        for (const { chatId } of voters) chosen.set(chatId, [...(chosen.get(chatId) ?? []), { name }]);
      const { chat } = await found(call, id);
      return success({
        msgId: id,
        chatId: chat.chatId,
        votes: [...chosen].map(([sender, selectedOptions]) => ({ sender, selectedOptions })),
      });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("delete-message"),
    summary: "Delete messages for everyone",
    body: Target.partial().extend({ messageId: Ids, onlyLocal: Flag }),
    differs: "a message is deleted for everyone; with `onlyLocal` nothing is done, and the answer is 501",
    handle: async (call, { messageId, onlyLocal }) => {
      if (onlyLocal) return raw({ status: "error", message: "messages are deleted for everyone only" }, 501);
      for (const id of messageId) await call.api.call(messages.revokeMessage, { params: { id } });
      return success({ message: "Message deleted" });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("react-message"),
    summary: "React to a message, or take the reaction back",
    body: z.looseObject({ msgId: z.string(), reaction: z.union([z.string(), z.literal(false), z.null()]) }),
    handle: async (call, { msgId, reaction }) => {
      const { chat } = await found(call, msgId);
      await queue(call, chat.chatId, {
        type: "reaction",
        messageId: msgId,
        emoji: reaction === false ? "" : (reaction ?? ""),
      });
      return success({ message: "Reaction sended" });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    live: "phones",
    path: path("forward-messages"),
    summary: "Forward messages",
    body: Target.extend({ messageId: Ids }),
    handle: async (call, body) => {
      const own = await ownOf(call);
      const sent: unknown[] = [];
      for (const to of toChatIds(body))
        for (const id of body.messageId)
          sent.push(
            toMessage(await call.api.call<Message>(messages.forwardMessage, { params: { id }, body: { to } }), own),
          );
      return sentAs(sent);
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    path: path("star-message"),
    summary: "Star messages, or take the star away",
    body: z.looseObject({ messageId: Ids, star: FlagOn }),
    handle: async (call, { messageId, star }) => {
      for (const id of messageId) await call.api.call(messages.starMessage, { params: { id }, body: { star } });
      return success({ message: "Message starred" });
    },
  }),
  doorRoute({
    method: "POST",
    ...common,
    live: "phones",
    path: path("contact-vcard"),
    summary: "Send contact cards",
    body: Target.extend({
      contactsId: z.union([z.string(), z.array(z.string())]),
      name: z.string().nullish(),
    }),
    handle: async (call, body) => {
      const ids = Array.isArray(body.contactsId) ? body.contactsId : [body.contactsId];
      const contacts = ids.map((id) => {
        const phone = `+${id.replace(/@.*/, "").replace(/\D/g, "")}`;
        return { name: body.name ?? phone, phone };
      });
      const sent = await queue(call, toChatId(body), { type: "contact", contacts });
      return success([sentId(sent)]);
    },
  }),
];
