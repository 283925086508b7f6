/** Messages that are pinned for everyone in their chat, or kept although they would disappear. */
import { z } from "zod";
import { object, route } from "../route.ts";
import { Done } from "./chat.ts";
import { filtered, MessageParams, REFERENCE_PROBLEMS } from "./message.ts";
import { DRIVER_PROBLEMS } from "./session.ts";

export const pinMessage = route({
  method: "POST",
  path: "/messages/:id/pin",
  action: "message.pin",
  permission: "message:send",
  summary: "Pin a message for everyone in its chat",
  ...filtered,
  params: MessageParams,
  body: object({
    seconds: z
      .literal([86_400, 604_800, 2_592_000])
      .default(604_800)
      .describe("For how long: 86400, 604800 or 2592000 seconds; a week by default"),
  }).default({ seconds: 604_800 }),
  responses: { 200: Done },
  problems: [...REFERENCE_PROBLEMS, ...DRIVER_PROBLEMS],
});

export const unpinMessage = route({
  method: "POST",
  path: "/messages/:id/unpin",
  action: "message.unpin",
  permission: "message:send",
  summary: "Take a pinned message down",
  ...filtered,
  params: MessageParams,
  body: object({}).optional(),
  responses: { 200: Done },
  problems: [...REFERENCE_PROBLEMS, ...DRIVER_PROBLEMS],
});

export const keepMessage = route({
  method: "POST",
  path: "/messages/:id/keep",
  action: "message.keep",
  permission: "message:send",
  summary: "Keep a message that would disappear, or no longer",
  ...filtered,
  params: MessageParams,
  body: object({ keep: z.boolean().default(true).describe("false lets it disappear") }).default({ keep: true }),
  responses: { 200: Done },
  problems: [...REFERENCE_PROBLEMS, ...DRIVER_PROBLEMS],
});

export const messageMarkRoutes = [pinMessage, unpinMessage, keepMessage];
