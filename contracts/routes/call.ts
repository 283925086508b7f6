/** Calls to a session's account. */
import { z } from "zod";
import { object, route } from "../route.ts";
import { Done } from "./chat.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

export const rejectCall = route({
  method: "POST",
  path: "/sessions/:session/calls/:callId/reject",
  action: "call.reject",
  permission: "call:write",
  summary: "Reject a call that rings",
  description: "The setting `rejectCalls` of a session rejects every call, and can answer with a message.",
  tag: "Calls",
  params: SessionParams.extend({ callId: z.string().min(1).max(100).describe("`id` of the event call.received") }),
  body: object({}).optional(),
  responses: { 200: Done },
  problems: DRIVER_PROBLEMS,
});

export const callRoutes = [rejectCall];
