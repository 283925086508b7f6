/** Contacts of a session's account, numbers on WhatsApp, and blocked contacts. */
import { z } from "zod";
import { Address } from "../address.ts";
import { FieldError } from "../errors.ts";
import { Recipient } from "../message-fields.ts";
import { listOf, object, page, route } from "../route.ts";
import { Done } from "./chat.ts";
import { BusinessProfile } from "./profile.ts";
import { DRIVER_PROBLEMS, SessionParams } from "./session.ts";

const tag = "Contacts";
const ContactParams = SessionParams.extend({
  id: z.string().min(3).max(200).describe("The contact: a phone number, or a WhatsApp id such as 15550100002@c.us"),
});

export const Contact = z
  .object({
    address: Address,
    name: z.string().nullable().describe("Name in the phone's address book"),
    pushName: z.string().nullable(),
    isBusiness: z.boolean(),
  })
  .meta({ id: "Contact" });

export const CheckedNumber = z
  .object({
    input: z.string().describe("The number as it was given"),
    exists: z.boolean().describe("Whether the number is on WhatsApp"),
    chatId: z.string().nullable(),
    phone: z.string().nullable(),
    lid: z.string().nullable(),
    error: FieldError.nullable().describe("Why the number cannot be read; null when it was checked"),
  })
  .meta({
    id: "CheckedNumber",
    description: "One result for each number, in the same order. chatId is the id that WhatsApp uses for the number",
  });

export const listContacts = route({
  method: "GET",
  path: "/sessions/:session/contacts",
  action: "contact.list",
  permission: "contact:read",
  summary: "List the account's contacts",
  tag,
  params: SessionParams,
  query: object(page),
  responses: { 200: listOf(Contact) },
  problems: ["cursor_invalid", ...DRIVER_PROBLEMS],
});

export const getContact = route({
  method: "GET",
  path: "/sessions/:session/contacts/:id",
  action: "contact.get",
  permission: "contact:read",
  summary: "Get a contact",
  tag,
  params: ContactParams,
  responses: { 200: Contact },
  problems: DRIVER_PROBLEMS,
});

export const checkNumbers = route({
  method: "POST",
  path: "/sessions/:session/contacts/check",
  action: "contact.check",
  permission: "contact:read",
  summary: "Check whether numbers are on WhatsApp; a result for each, also for those that cannot be read",
  tag,
  params: SessionParams,
  body: object({ phones: z.array(Recipient).min(1).max(100) }),
  responses: { 200: z.object({ data: z.array(CheckedNumber) }) },
  problems: DRIVER_PROBLEMS,
});

function blocking(verb: "block" | "unblock", summary: string) {
  return route({
    method: "POST",
    path: `/sessions/:session/contacts/:id/${verb}`,
    action: `contact.${verb}`,
    permission: "contact:write",
    summary,
    tag,
    params: ContactParams,
    body: object({}).optional(),
    responses: { 200: Done },
    problems: DRIVER_PROBLEMS,
  });
}
export const blockContact = blocking("block", "Block a contact");
export const unblockContact = blocking("unblock", "Unblock a contact");

export const getPicture = route({
  method: "GET",
  path: "/sessions/:session/contacts/:id/picture",
  action: "contact.picture",
  permission: "contact:read",
  summary: "Get the URL of a contact's picture",
  tag,
  params: ContactParams,
  responses: {
    200: z.object({ url: z.string().nullable().describe("null when there is none, or when it is hidden") }),
  },
  problems: DRIVER_PROBLEMS,
});

export const getAbout = route({
  method: "GET",
  path: "/sessions/:session/contacts/:id/about",
  action: "contact.about",
  permission: "contact:read",
  summary: "Get a contact's about text",
  tag,
  params: ContactParams,
  responses: { 200: z.object({ about: z.string().nullable().describe("null when it is hidden") }) },
  problems: DRIVER_PROBLEMS,
});

export const listBlocked = route({
  method: "GET",
  path: "/sessions/:session/blocklist",
  action: "contact.blocklist",
  permission: "contact:read",
  summary: "List blocked contacts",
  tag,
  params: SessionParams,
  responses: { 200: z.object({ data: z.array(Address) }) },
  problems: DRIVER_PROBLEMS,
});

export const saveContact = route({
  method: "PUT",
  path: "/sessions/:session/contacts/:id",
  action: "contact.save",
  permission: "contact:write",
  summary: "Save a contact in the account's address book, or rename it",
  tag,
  params: ContactParams,
  body: object({ name: z.string().trim().min(1).max(100).describe("Name in the address book") }),
  responses: { 200: Contact },
  problems: DRIVER_PROBLEMS,
});

export const removeContact = route({
  method: "DELETE",
  path: "/sessions/:session/contacts/:id",
  action: "contact.remove",
  permission: "contact:write",
  summary: "Remove a contact from the account's address book",
  tag,
  params: ContactParams,
  responses: { 204: null },
  problems: DRIVER_PROBLEMS,
});

export const listCommonGroups = route({
  method: "GET",
  path: "/sessions/:session/contacts/:id/groups",
  action: "contact.commonGroups",
  permission: "contact:read",
  summary: "List the ids of the groups in common with a contact",
  tag,
  params: ContactParams,
  responses: { 200: z.object({ data: z.array(z.string()).describe("Group ids, …@g.us") }) },
  problems: DRIVER_PROBLEMS,
});

export const getContactBusiness = route({
  method: "GET",
  path: "/sessions/:session/contacts/:id/business",
  action: "contact.business",
  permission: "contact:read",
  summary: "Get the business profile of a contact; 404 when it is not a business",
  tag,
  params: ContactParams,
  responses: { 200: BusinessProfile },
  problems: DRIVER_PROBLEMS,
});

export const contactRoutes = [
  listContacts,
  getContact,
  saveContact,
  removeContact,
  listCommonGroups,
  getContactBusiness,
  checkNumbers,
  blockContact,
  unblockContact,
  getPicture,
  getAbout,
  listBlocked,
];
