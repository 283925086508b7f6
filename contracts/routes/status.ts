/** Statuses (stories): posted by a session's account, and those of its contacts. */
import { z } from "zod";
import { Address } from "../address.ts";
import { MediaSource } from "../media.ts";
import { Message } from "../message.ts";
import { object, route } from "../route.ts";
import { Done } from "./chat.ts";
import { SENDING_PROBLEMS } from "./message.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Status";
const StatusParams = SessionParams.extend({
  id: z.string().min(4).max(100).describe("WhatsApp's id of the status: `id` of a list, or `waId` of a post"),
});

export const Status = z
  .object({
    id: z.string().describe("WhatsApp's id of the message"),
    from: Address,
    own: z.boolean().describe("Whether it is the account's own"),
    kind: z.string().describe("In WhatsApp's words, such as chat, image or video"),
    text: z.string().nullable().describe("The text, or the caption; null for none"),
    at: z.iso.datetime(),
  })
  .meta({ id: "Status" });

const caption = z.string().max(1_024).optional();
const media = MediaSource;
export const PostStatus = z
  .discriminatedUnion("type", [
    object({ type: z.literal("text"), text: z.string().min(1).max(700) }).meta({
      id: "PostTextStatus",
      title: "PostTextStatus",
    }),
    object({ type: z.literal("image"), media, caption }).meta({ id: "PostImageStatus", title: "PostImageStatus" }),
    object({ type: z.literal("video"), media, caption }).meta({ id: "PostVideoStatus", title: "PostVideoStatus" }),
  ])
  .meta({ id: "PostStatus", title: "PostStatus" });

export const postStatus = route({
  method: "POST",
  path: "/sessions/:session/status",
  action: "message.postStatus",
  permission: "status:write",
  summary: "Queue a status; it is sent like a message, and followed like one",
  description: "Who sees it is a privacy setting of the account: PATCH /sessions/{session}/privacy.",
  tag,
  params: SessionParams,
  body: PostStatus,
  bodyLimit: "media",
  responses: { 202: Message },
  problems: SENDING_PROBLEMS,
});

export const listStatuses = route({
  method: "GET",
  path: "/sessions/:session/status",
  action: "channel.statuses",
  permission: "status:read",
  summary: "List the statuses of the last day that the account sees, its own too, oldest first",
  tag,
  params: SessionParams,
  responses: { 200: z.object({ data: z.array(Status) }) },
  problems: DRIVER_PROBLEMS,
});

export const deleteStatus = route({
  method: "DELETE",
  path: "/sessions/:session/status/:id",
  action: "channel.deleteStatus",
  permission: "status:write",
  summary: "Delete a status of the account for everyone",
  tag,
  params: StatusParams,
  responses: { 204: null },
  problems: DRIVER_PROBLEMS,
});

export const viewStatus = route({
  method: "POST",
  path: "/sessions/:session/status/:id/view",
  action: "channel.viewStatus",
  permission: "status:write",
  summary: "View a status of a contact, who sees that",
  tag,
  params: StatusParams,
  body: object({ from: z.string().min(3).max(200).describe("Who posted it: a phone number or a WhatsApp id") }),
  responses: { 200: Done },
  problems: DRIVER_PROBLEMS,
});

export const listStatusViewers = route({
  method: "GET",
  path: "/sessions/:session/status/:id/viewers",
  action: "channel.statusViewers",
  permission: "status:read",
  summary: "List who has viewed a status of the account",
  tag,
  params: StatusParams,
  responses: {
    200: z.object({
      data: z.array(z.object({ viewer: Address, at: z.iso.datetime().nullable() }).meta({ id: "StatusViewer" })),
    }),
  },
  problems: DRIVER_PROBLEMS,
});

export const statusRoutes = [postStatus, listStatuses, deleteStatus, viewStatus, listStatusViewers];
