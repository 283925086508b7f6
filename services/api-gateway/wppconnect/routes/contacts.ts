/** Contacts and the block list. */
import { z } from "zod";
import { toContact, toWid } from "../../../../compat/wppconnect/shapes.ts";
import * as contacts from "../../../../contracts/routes/contact.ts";
import type { Address } from "../../../../contracts/address.ts";
import { chatOfPath, done, doorRoute, success, Target, toChatIds, type DoorCall } from "../call.ts";

type Contact = z.infer<typeof contacts.Contact>;
type Address_ = z.infer<typeof Address>;
interface Checked {
  readonly data: readonly { exists: boolean; chatId: string | null; phone: string | null; lid: string | null }[];
}

const common = { group: "Contacts", access: "token", live: "session" } as const;
const path = (name: string): string => `/api/:session/${name}`;
const MOST_CONTACTS = 50_000;

/** Asks WhatsApp whether a number has an account. */
export async function checkNumber(call: DoorCall, chatId: string): Promise<Checked["data"][number] | undefined> {
  const { data } = await call.api.call<Checked>(contacts.checkNumbers, {
    params: { session: call.session },
    body: { phones: [chatId.replace(/@c\.us$/, "")] },
  });
  return data[0];
}

function of<T>(call: DoorCall, route: (typeof contacts)["getContact"], id: string): Promise<T> {
  return call.api.call<T>(route, { params: { session: call.session, id } });
}

const statusOf = (checked: Checked["data"][number] | undefined, asked: string): object => ({
  id: toWid(checked?.chatId ?? asked),
  isBusiness: false,
  canReceiveMessage: checked?.exists === true,
  numberExists: checked?.exists === true,
  status: checked?.exists === true ? 200 : 404,
  ...(typeof checked?.lid === "string" ? { lid: toWid(checked.lid) } : {}),
});

const own = (call: DoorCall): { params: { session: string } } => ({ params: { session: call.session } });

export const contactRoutes = [
  doorRoute({
    method: "GET",
    ...common,
    path: path("check-number-status/:phone"),
    summary: "Whether a number is on WhatsApp",
    handle: async (call) => success(statusOf(await checkNumber(call, chatOfPath(call)), chatOfPath(call))),
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("all-contacts"),
    summary: "List the contacts",
    handle: async (call) => {
      const all = await call.api.all<Contact>(contacts.listContacts, own(call), MOST_CONTACTS);
      return success(all.map(toContact));
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("contact/:phone"),
    summary: "Get a contact",
    handle: async (call) => success(toContact(await of<Contact>(call, contacts.getContact, chatOfPath(call)))),
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("contact/pn-lid/:pnLid"),
    summary: "The number of a hidden account, or the other way round",
    handle: async (call) => {
      const asked = call.params["pnLid"] ?? "";
      const id = asked.includes("@") ? asked : `${asked.replace(/\D/g, "")}@c.us`;
      const { address, ...contact } = await of<Contact>(call, contacts.getContact, id);
      return success({
        lid: address.lid === null ? null : toWid(address.lid),
        phoneNumber: address.phone === null ? null : toWid(`${address.phone.slice(1)}@c.us`),
        contact: toContact({ address, ...contact }),
      });
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("profile/:phone"),
    summary: "The account behind a number",
    handle: async (call) => success(statusOf(await checkNumber(call, chatOfPath(call)), chatOfPath(call))),
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("profile-pic/:phone"),
    summary: "The picture of a contact or group",
    handle: async (call) => {
      const id = chatOfPath(call);
      const { url } = await of<{ url: string | null }>(call, contacts.getPicture, id);
      return success({ id: toWid(id), eurl: url, img: url, imgFull: url });
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("profile-status/:phone"),
    summary: "The about text of a contact",
    handle: async (call) => {
      const id = chatOfPath(call);
      const { about } = await of<{ about: string | null }>(call, contacts.getAbout, id);
      return success({ id, status: about ?? "" });
    },
  }),
  doorRoute({
    method: "GET",
    ...common,
    path: path("blocklist"),
    summary: "List the blocked contacts",
    handle: async (call) => {
      const { data } = await call.api.call<{ data: Address_[] }>(contacts.listBlocked, own(call));
      return success(data.map(({ chatId }) => chatId));
    },
  }),
  ...(["block", "unblock"] as const).map((verb) =>
    doorRoute({
      method: "POST",
      ...common,
      path: path(`${verb}-contact`),
      summary: verb === "block" ? "Block contacts" : "Unblock contacts",
      body: Target,
      handle: async (call, body) => {
        const route = verb === "block" ? contacts.blockContact : contacts.unblockContact;
        for (const id of toChatIds(body)) await call.api.call(route, { params: { session: call.session, id } });
        return done(verb === "block" ? "Contact blocked" : "Contact unblocked");
      },
    }),
  ),
];
