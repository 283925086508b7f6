/** The sandbox's routes: simulated phones, what they do, their messages, and injected faults. */
import { z } from "zod";
import { Address } from "../address.ts";
import { listOf, object, page, route } from "../route.ts";
import { SANDBOX_ACTS, type SandboxAct } from "../sandbox-acts.ts";
import {
  Addressing,
  SandboxChat,
  GroupsPrivacy,
  SandboxFaults,
  SandboxItem,
  SandboxMessage,
  SandboxName,
  SandboxNumber,
  SandboxPhone,
} from "../sandbox.ts";

const TAG = "Sandbox";
const params = object({ phone: SandboxNumber.describe("The phone number, with or without +") });
const faultsQuery = object({
  phone: SandboxNumber.optional().describe(
    "Limits the request to the faults of one phone; by default they apply to all of the tenant's phones",
  ),
});
const refusals = ["not_found", "sandbox_off", "sandbox_refused"] as const;

export const listPhones = route({
  method: "GET",
  path: "/sandbox/phones",
  action: "sandbox.listPhones",
  permission: "sandbox:read",
  summary: "List the simulated phones",
  tag: TAG,
  query: object(page),
  responses: { 200: listOf(SandboxPhone) },
  problems: ["cursor_invalid", "sandbox_off"],
});

export const createPhone = route({
  method: "POST",
  path: "/sandbox/phones",
  action: "sandbox.createPhone",
  permission: "sandbox:write",
  summary: "Create a simulated phone; without a number, one is chosen",
  tag: TAG,
  body: object({
    phone: SandboxNumber.optional().describe(
      "In any form that is dialled; the phone gets the id that WhatsApp would give it, and the other forms lead to it",
    ),
    name: SandboxName.optional(),
    autoRead: z.boolean().default(false).describe("Whether it reads messages automatically"),
    groupsPrivacy: GroupsPrivacy.default("all"),
    addressing: Addressing.default("lid"),
    hidesNumber: z.boolean().default(false).describe("Whether others see its LID only, and no number"),
    business: z.boolean().default(false).describe("Whether it is the account of a business"),
  }),
  responses: { 201: SandboxPhone },
  problems: ["conflict", "sandbox_off"],
});

export const getPhone = route({
  method: "GET",
  path: "/sandbox/phones/:phone",
  action: "sandbox.getPhone",
  permission: "sandbox:read",
  summary: "Get a simulated phone, its linked sessions and who is typing to it",
  tag: TAG,
  params,
  responses: { 200: SandboxPhone },
  problems: refusals,
});

export const changePhone = route({
  method: "PATCH",
  path: "/sandbox/phones/:phone",
  action: "sandbox.changePhone",
  permission: "sandbox:write",
  summary: "Change a phone's name, its network access, its privacy, and whether it reads messages automatically",
  description: "An account that was addressed by numbers can move to LIDs in the middle of a conversation.",
  tag: TAG,
  params,
  body: object({
    name: SandboxName.nullable().optional(),
    autoRead: z.boolean().optional().describe("Whether it reads messages automatically"),
    online: z.boolean().optional().describe("Whether it has network access"),
    groupsPrivacy: GroupsPrivacy.optional(),
    addressing: Addressing.optional(),
    hidesNumber: z.boolean().optional().describe("Whether others see its LID only, and no number"),
  }),
  responses: { 200: SandboxPhone },
  problems: refusals,
});

export const removePhone = route({
  method: "DELETE",
  path: "/sandbox/phones/:phone",
  action: "sandbox.removePhone",
  permission: "sandbox:write",
  summary: "Remove a phone from the network; its sessions are logged out",
  tag: TAG,
  params,
  responses: { 204: null },
  problems: refusals,
});

export const scan = route({
  method: "POST",
  path: "/sandbox/phones/:phone/scan",
  action: "sandbox.scan",
  permission: "sandbox:write",
  summary: "Scan a session's QR code, or enter its pairing code",
  tag: TAG,
  params,
  body: object({
    qr: z.string().min(1).max(1000).optional().describe("The full text of the QR code"),
    code: z
      .string()
      .regex(/^[A-Za-z2-9]{4}-?[A-Za-z2-9]{4}$/, "must be a code such as ABCD-2345")
      .optional(),
  }).refine((body) => (body.qr === undefined) !== (body.code === undefined), {
    path: ["qr"],
    error: "either qr or code is required, but not both",
  }),
  responses: { 200: SandboxPhone },
  problems: refusals,
});

export const sendMessage = route({
  method: "POST",
  path: "/sandbox/phones/:phone/messages",
  action: "sandbox.sendMessage",
  permission: "sandbox:write",
  summary: "Send a message, reaction, edit, revoke or vote from the phone",
  tag: TAG,
  params,
  body: SandboxMessage,
  responses: { 201: z.object({ id: z.string(), chat: Address, at: z.iso.datetime() }) },
  problems: [...refusals, "invalid_phone", "number_not_on_whatsapp"],
});

export const sendTyping = route({
  method: "POST",
  path: "/sandbox/phones/:phone/typing",
  action: "sandbox.sendTyping",
  permission: "sandbox:write",
  summary: "Show the phone as typing",
  tag: TAG,
  params,
  body: object({
    to: SandboxChat,
    state: z.enum(["typing", "recording", "paused"]).default("typing").describe("paused ends the other two"),
  }),
  responses: { 204: null },
  problems: [...refusals, "invalid_phone", "number_not_on_whatsapp"],
});

export const setPresence = route({
  method: "POST",
  path: "/sandbox/phones/:phone/presence",
  action: "sandbox.setPresence",
  permission: "sandbox:write",
  summary: "Show the phone as online or offline to others",
  tag: TAG,
  params,
  body: object({ state: z.enum(["online", "offline"]).describe("What others see") }),
  responses: { 204: null },
  problems: refusals,
});

export const readChat = route({
  method: "POST",
  path: "/sandbox/phones/:phone/read",
  action: "sandbox.readChat",
  permission: "sandbox:write",
  summary: "Read a chat on the phone; sends read receipts for its unread messages",
  tag: TAG,
  params,
  body: object({
    from: SandboxChat.describe("The chat with a person or a group"),
    played: z.boolean().default(false).describe("Whether to play its audio and video messages too"),
  }),
  responses: { 204: null },
  problems: [...refusals, "invalid_phone"],
});

export const unlinkDevices = route({
  method: "POST",
  path: "/sandbox/phones/:phone/logout",
  action: "sandbox.unlinkDevices",
  permission: "sandbox:write",
  summary: "Log out one linked session on the phone, or all of them",
  tag: TAG,
  params,
  body: object({ device: z.int().min(1).optional().describe("Id of the device; all devices by default") }).default({}),
  responses: { 204: null },
  problems: refusals,
});

export const call = route({
  method: "POST",
  path: "/sandbox/phones/:phone/call",
  action: "sandbox.call",
  permission: "sandbox:write",
  summary: "Call a number; its sessions see the call",
  tag: TAG,
  params,
  body: object({ to: SandboxChat, video: z.boolean().default(false).describe("Whether it is a video call") }),
  responses: { 201: z.object({ id: z.string() }) },
  problems: [...refusals, "invalid_phone", "number_not_on_whatsapp"],
});

const ACT_NAMES = Object.keys(SANDBOX_ACTS) as [SandboxAct, ...SandboxAct[]];

export const act = route({
  method: "POST",
  path: "/sandbox/phones/:phone/acts",
  action: "sandbox.act",
  permission: "sandbox:write",
  summary: "Let the phone do one of the other things that its owner can do",
  description:
    "Such as changing its profile and privacy, managing groups, communities, channels, labels and a catalog, viewing " +
    "a status, or answering a call. The fields of each act's input are listed in docs/sandbox-acts.md. A status is " +
    "posted, and a channel written to, by a message to `status@broadcast` or to the channel's id.",
  tag: TAG,
  params,
  bodyLimit: "media",
  body: object({
    act: z.enum(ACT_NAMES).describe("What the phone does"),
    input: z.record(z.string(), z.unknown()).default({}).describe("The fields of the act"),
  }),
  responses: { 200: z.object({ output: z.unknown().describe("What the phone shows afterwards; often empty") }) },
  problems: [...refusals, "number_not_on_whatsapp"],
});

export const listInbox = route({
  method: "GET",
  path: "/sandbox/phones/:phone/inbox",
  action: "sandbox.listInbox",
  permission: "sandbox:read",
  summary: "List the messages that the phone has received or sent, latest first",
  tag: TAG,
  params,
  query: object({
    ...page,
    direction: z.enum(["received", "sent"]).default("received").describe("Only messages to the phone, or only from it"),
    chat: SandboxChat.optional(),
  }),
  responses: { 200: listOf(SandboxItem) },
  problems: [...refusals, "cursor_invalid", "invalid_phone"],
});

export const getFaults = route({
  method: "GET",
  path: "/sandbox/faults",
  action: "sandbox.getFaults",
  permission: "sandbox:read",
  summary: "Get the injected faults",
  tag: TAG,
  query: faultsQuery,
  responses: { 200: SandboxFaults },
  problems: refusals,
});

export const setFaults = route({
  method: "PUT",
  path: "/sandbox/faults",
  action: "sandbox.setFaults",
  permission: "sandbox:write",
  summary: "Inject faults; they are cleared when the sandbox restarts",
  tag: TAG,
  query: faultsQuery,
  body: SandboxFaults,
  responses: { 200: SandboxFaults },
  problems: refusals,
});

export const sandboxRoutes = [
  listPhones,
  createPhone,
  getPhone,
  changePhone,
  removePhone,
  scan,
  sendMessage,
  sendTyping,
  setPresence,
  readChat,
  unlinkDevices,
  call,
  act,
  listInbox,
  getFaults,
  setFaults,
];
