/** Sending messages. */
import { z } from "zod";
import { editMessage } from "../../../../contracts/routes/message.ts";
import { postStatus } from "../../../../contracts/routes/status.ts";
import type { Message } from "../../../../contracts/message.ts";
import { doorRoute, Flag, success, Target, type Answer, type DoorCall } from "../call.ts";
import { kindOf, mediaOf } from "../files.ts";
import { sendTo, sentId } from "../sending.ts";

const common = { method: "POST", group: "Messages", access: "token", live: "phones" } as const;
const path = (name: string): string => `/api/:session/${name}`;

const Options = z
  .looseObject({ quotedMsg: z.string().optional(), mentionedList: z.array(z.string()).optional() })
  .optional()
  .describe("`quotedMsg`: the id of a message to answer; `mentionedList`: whom the text mentions");

/** The parts of a message that the library takes as options. */
function optionsOf(options: z.infer<typeof Options>, quotedMessageId?: string): Record<string, unknown> {
  const replyTo = quotedMessageId ?? options?.quotedMsg;
  const mentions = options?.mentionedList;
  return { ...(replyTo === undefined || replyTo === "" ? {} : { replyTo }), ...(mentions ? { mentions } : {}) };
}

const FileBody = Target.extend({
  path: z.string().optional().describe("An http(s) URL; files of the server are not read"),
  base64: z.string().optional().describe("Base64, with or without the head of a data URL"),
  filename: z.string().optional(),
  message: z.string().optional().describe("The caption"),
  caption: z.string().optional(),
  quotedMessageId: z.string().optional(),
  isViewOnce: Flag,
  options: Options,
});

async function sendFile(call: DoorCall, body: z.infer<typeof FileBody>): Promise<Answer> {
  const media = mediaOf(call, body);
  const type = kindOf(media);
  const caption = body.caption ?? body.message;
  return sendTo(call, body, {
    type,
    media,
    ...(caption === undefined || caption === "" || type === "audio" ? {} : { caption }),
    ...(body.isViewOnce && (type === "image" || type === "video") ? { viewOnce: true } : {}),
    ...optionsOf(body.options, body.quotedMessageId),
  });
}

const fileRoute = (name: string, summary: string) =>
  doorRoute({
    ...common,
    path: path(name),
    summary,
    body: FileBody,
    differs: "`path` is an http(s) URL or a data URL: a path of the server's own files is refused",
    handle: sendFile,
  });

const VoiceBody = Target.extend({
  path: z.string().optional().describe("An http(s) URL"),
  base64Ptt: z.string().optional(),
  base64: z.string().optional(),
  filename: z.string().optional(),
  quotedMessageId: z.string().optional(),
  isPtt: z.unknown().optional(),
});

async function sendVoice(call: DoorCall, body: z.infer<typeof VoiceBody>): Promise<Answer> {
  const { path: from, base64Ptt, base64, quotedMessageId } = body;
  const media = mediaOf(call, { path: from, base64: base64Ptt ?? base64 });
  return sendTo(call, body, {
    type: body.isPtt === false ? "audio" : "voice",
    media,
    ...optionsOf(undefined, quotedMessageId),
  });
}

const Sticker = Target.extend({ path: z.string().optional(), base64: z.string().optional() });
const stickerRoute = (name: string, summary: string) =>
  doorRoute({
    ...common,
    path: path(name),
    summary,
    body: Sticker,
    differs: "`path` is an http(s) URL or a data URL: a path of the server's own files is refused",
    handle: async (call, body) => sendTo(call, body, { type: "sticker", media: mediaOf(call, body) }),
  });

export const sendingRoutes = [
  doorRoute({
    ...common,
    path: path("send-message"),
    summary: "Send a text",
    body: Target.extend({ message: z.coerce.string(), options: Options }),
    handle: (call, body) => sendTo(call, body, { type: "text", text: body.message, ...optionsOf(body.options) }),
  }),
  doorRoute({
    ...common,
    live: "session",
    path: path("edit-message"),
    summary: "Edit a text",
    body: z.looseObject({ id: z.string(), newText: z.string() }),
    handle: async (call, { id, newText }) =>
      success(sentId(await call.api.call<Message>(editMessage, { params: { id }, body: { text: newText } })), 201),
  }),
  fileRoute("send-image", "Send an image, or any file by its type"),
  fileRoute("send-file", "Send a file"),
  fileRoute("send-file-base64", "Send a file"),
  stickerRoute("send-sticker", "Send a sticker"),
  stickerRoute("send-sticker-gif", "Send a moving sticker"),
  doorRoute({
    ...common,
    path: path("send-reply"),
    summary: "Answer a message",
    body: Target.extend({ message: z.string(), messageId: z.string() }),
    handle: (call, body) => sendTo(call, body, { type: "text", text: body.message, replyTo: body.messageId }),
  }),
  doorRoute({
    ...common,
    path: path("send-voice"),
    summary: "Send a voice message",
    body: VoiceBody,
    handle: sendVoice,
  }),
  doorRoute({
    ...common,
    path: path("send-voice-base64"),
    summary: "Send a voice message",
    body: VoiceBody,
    handle: sendVoice,
  }),
  doorRoute({
    ...common,
    live: "session",
    path: path("send-status"),
    summary: "Post a text as a status",
    body: z.looseObject({ message: z.string() }),
    handle: async (call, { message }) => {
      const posted = await call.api.call<Message>(postStatus, {
        params: { session: call.session },
        body: { type: "text", text: message },
      });
      return success([sentId(posted)], 201);
    },
  }),
  doorRoute({
    ...common,
    path: path("send-link-preview"),
    summary: "Send a link with its preview",
    body: Target.extend({ url: z.string(), caption: z.string().optional() }),
    handle: (call, body) =>
      sendTo(call, body, {
        type: "text",
        text: body.caption === undefined || body.caption === "" ? body.url : `${body.caption}\n${body.url}`,
        linkPreview: true,
      }),
  }),
  doorRoute({
    ...common,
    path: path("send-location"),
    summary: "Send a place",
    body: Target.extend({
      lat: z.coerce.number(),
      lng: z.coerce.number(),
      title: z.string().optional(),
      address: z.string().optional(),
    }),
    handle: (call, body) => {
      const name = body.title ?? body.address;
      return sendTo(call, body, {
        type: "location",
        latitude: body.lat,
        longitude: body.lng,
        ...(name === undefined ? {} : { name }),
        ...(body.address === undefined ? {} : { address: body.address }),
      });
    },
  }),
  doorRoute({
    ...common,
    path: path("send-mentioned"),
    summary: "Send a text that mentions people",
    body: Target.extend({ message: z.string(), mentioned: z.array(z.string()) }),
    handle: (call, body) => sendTo(call, body, { type: "text", text: body.message, mentions: body.mentioned }),
  }),
];
