/** The sandbox's routes: pretend phones, what they do and have received, and faults on demand. */
import { z } from "zod";
import { Address } from "../address.ts";
import { listOf, object, page, route } from "../route.ts";
import {
  SandboxChat,
  SandboxFaults,
  SandboxItem,
  SandboxMessage,
  SandboxName,
  SandboxNumber,
  SandboxPhone,
} from "../sandbox.ts";

const TAG = "Sandbox";
const params = object({ phone: SandboxNumber.describe("The number, with or without +") });
const faultsQuery = object({
  phone: SandboxNumber.optional().describe("The faults of one phone; those of all of the tenant's phones when absent"),
});
const refusals = ["not_found", "sandbox_off", "sandbox_refused"] as const;

export const listPhones = route({
  method: "GET",
  path: "/sandbox/phones",
  action: "sandbox.listPhones",
  permission: "sandbox:read",
  summary: "Lists the pretend phones",
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
  summary: "Makes a pretend phone; its number is chosen when none is given",
  tag: TAG,
  body: object({ phone: SandboxNumber.optional(), name: SandboxName.optional(), autoRead: z.boolean().default(false) }),
  responses: { 201: SandboxPhone },
  problems: ["conflict", "sandbox_off"],
});

export const getPhone = route({
  method: "GET",
  path: "/sandbox/phones/:phone",
  action: "sandbox.getPhone",
  permission: "sandbox:read",
  summary: "A pretend phone, its linked sessions and who is typing to it",
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
  summary: "Changes a phone's name, whether it has network, and whether it reads by itself",
  tag: TAG,
  params,
  body: object({
    name: SandboxName.nullable().optional(),
    autoRead: z.boolean().optional(),
    online: z.boolean().optional(),
  }),
  responses: { 200: SandboxPhone },
  problems: refusals,
});

export const removePhone = route({
  method: "DELETE",
  path: "/sandbox/phones/:phone",
  action: "sandbox.removePhone",
  permission: "sandbox:write",
  summary: "Takes a phone off the network; its sessions are logged out",
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
  summary: "Scans a session's QR code, or enters its pairing code",
  tag: TAG,
  params,
  body: object({
    qr: z.string().min(1).max(1000).optional().describe("The full text of the QR code"),
    code: z
      .string()
      .regex(/^[A-Za-z2-9]{4}-?[A-Za-z2-9]{4}$/, "a code such as ABCD-2345 is expected")
      .optional(),
  }).refine((body) => (body.qr === undefined) !== (body.code === undefined), {
    path: ["qr"],
    error: "either qr or code is expected",
  }),
  responses: { 200: SandboxPhone },
  problems: refusals,
});

export const sendMessage = route({
  method: "POST",
  path: "/sandbox/phones/:phone/messages",
  action: "sandbox.sendMessage",
  permission: "sandbox:write",
  summary: "Sends from the phone: a message, reaction, edit, revoke or vote",
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
  summary: "Shows the phone as typing",
  tag: TAG,
  params,
  body: object({ to: SandboxChat, state: z.enum(["typing", "recording", "paused"]).default("typing") }),
  responses: { 204: null },
  problems: [...refusals, "invalid_phone", "number_not_on_whatsapp"],
});

export const setPresence = route({
  method: "POST",
  path: "/sandbox/phones/:phone/presence",
  action: "sandbox.setPresence",
  permission: "sandbox:write",
  summary: "Shows the phone as online or offline to others",
  tag: TAG,
  params,
  body: object({ state: z.enum(["online", "offline"]) }),
  responses: { 204: null },
  problems: refusals,
});

export const readChat = route({
  method: "POST",
  path: "/sandbox/phones/:phone/read",
  action: "sandbox.readChat",
  permission: "sandbox:write",
  summary: "Reads a chat: read receipts go out for what was unread",
  tag: TAG,
  params,
  body: object({
    from: SandboxChat.describe("The chat: a person or a group"),
    played: z.boolean().default(false).describe("Also plays its voice messages"),
  }),
  responses: { 204: null },
  problems: [...refusals, "invalid_phone"],
});

export const unlinkDevices = route({
  method: "POST",
  path: "/sandbox/phones/:phone/logout",
  action: "sandbox.unlinkDevices",
  permission: "sandbox:write",
  summary: "Logs a linked session out on the phone, or all of them",
  tag: TAG,
  params,
  body: object({ device: z.int().min(1).optional().describe("All devices when absent") }).default({}),
  responses: { 204: null },
  problems: refusals,
});

export const call = route({
  method: "POST",
  path: "/sandbox/phones/:phone/call",
  action: "sandbox.call",
  permission: "sandbox:write",
  summary: "Calls someone; the sessions of that number see the call",
  tag: TAG,
  params,
  body: object({ to: SandboxChat, video: z.boolean().default(false) }),
  responses: { 201: z.object({ id: z.string() }) },
  problems: [...refusals, "invalid_phone", "number_not_on_whatsapp"],
});

export const listInbox = route({
  method: "GET",
  path: "/sandbox/phones/:phone/inbox",
  action: "sandbox.listInbox",
  permission: "sandbox:read",
  summary: "What the phone has received, or sent, latest first",
  tag: TAG,
  params,
  query: object({ ...page, direction: z.enum(["received", "sent"]).default("received"), chat: SandboxChat.optional() }),
  responses: { 200: listOf(SandboxItem) },
  problems: [...refusals, "cursor_invalid", "invalid_phone"],
});

export const getFaults = route({
  method: "GET",
  path: "/sandbox/faults",
  action: "sandbox.getFaults",
  permission: "sandbox:read",
  summary: "What goes wrong on purpose now",
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
  summary: "Sets what goes wrong on purpose; they are forgotten when the sandbox restarts",
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
  listInbox,
  getFaults,
  setFaults,
];
