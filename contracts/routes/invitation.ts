/** Invitations to groups, sent to people who cannot be added. */
import { z } from "zod";
import { Message } from "../message.ts";
import { Recipient } from "../message-fields.ts";
import { object, route } from "../route.ts";
import { GroupParams } from "./group.ts";
import { SENDING_PROBLEMS } from "./message.ts";
import { DRIVER_PROBLEMS } from "./session.ts";

export const inviteToGroup = route({
  method: "POST",
  path: "/sessions/:session/groups/:id/invitations",
  action: "message.invite",
  permission: "message:send",
  summary: "Send someone the group's invite link; for people who cannot be added to it",
  description:
    "A text with the link, which is queued like any other message. Its link must be readable: see GET …/invite.",
  tag: "Groups",
  params: GroupParams,
  body: object({
    to: Recipient,
    text: z.string().trim().min(1).max(1_000).optional().describe("Above the link"),
  }),
  responses: { 202: Message },
  problems: [...new Set([...SENDING_PROBLEMS, ...DRIVER_PROBLEMS])],
});
