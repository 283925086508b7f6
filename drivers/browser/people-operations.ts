/** Operations on people: presence, numbers, contacts, profiles and blocking. */
import { z } from "zod";
import { readContact, readContacts } from "./contact-reader.ts";
import type { Handlers } from "./handlers.ts";
import { Serialized } from "./shapes.ts";

const Nothing = z.unknown();
const Existing = z.object({ id: z.string(), wid: Serialized.nullable() });
const Present = z.object({ online: z.boolean(), lastSeen: z.number().nullable() });
const CHECK_WITHIN_MS = 60_000;

/** Runs in the page. After the first subscription to a presence, its data arrives a moment later. */
async function readPresence(id: string): Promise<z.infer<typeof Present>> {
  await WPP.contact.subscribePresence(id);
  const presence = await WPP.whatsapp.PresenceStore.find(WPP.whatsapp.WidFactory.createWid(id));
  for (const end = Date.now() + 1000; !presence.hasData && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const seen = presence.chatstate?.t;
  return { online: presence.isOnline === true, lastSeen: seen ? seen * 1000 : null };
}

/**
 * Runs in the page. Uses WhatsApp's own function: wa-js reports a query without an answer as a number that does not
 * exist.
 */
async function checkNumbers(ids: readonly string[]): Promise<unknown[]> {
  const checked = [];
  for (const id of ids) {
    const found = await WPP.whatsapp.functions.queryWidExists(WPP.whatsapp.WidFactory.createWid(id));
    checked.push({ id, wid: found?.wid ?? null });
  }
  return checked;
}

const isGroup = (id: string): boolean => id.endsWith("@g.us");

type PeopleOperation =
  | "setPresence"
  | "subscribePresence"
  | "getPresence"
  | "checkNumbers"
  | "listContacts"
  | "getContact"
  | "getAbout"
  | "getPicture"
  | "block"
  | "listBlocked";

export const PEOPLE_HANDLERS: Pick<Handlers, PeopleOperation> = {
  setPresence: async ({ page }, { available }) => {
    await page.run(Nothing, (isAvailable) => WPP.conn.markAvailable(isAvailable), available);
  },
  subscribePresence: async ({ page, ids }, { chatIds }) => {
    const people = await ids.resolve(chatIds);
    await page.run(Nothing, (who) => WPP.contact.subscribePresence(who), people);
  },
  getPresence: async ({ page, ids }, { chatId }) => {
    await ids.requirePerson(chatId);
    return page.run(Present, readPresence, chatId);
  },
  checkNumbers: async ({ page, addresses }, { chatIds }) => {
    const checked = await page.run(z.array(Existing), checkNumbers, chatIds, CHECK_WITHIN_MS);
    return Promise.all(
      checked.map(async ({ id, wid }) => ({
        chatId: id,
        exists: wid !== null,
        address: wid === null ? null : await addresses.resolve(wid),
      })),
    );
  },
  listContacts: ({ page, addresses }, { limit }) => readContacts(page, addresses, limit),
  getContact: async ({ page, addresses }, { chatId }) => (await readContact(page, addresses, chatId))?.contact ?? null,
  getAbout: async ({ page, ids }, { chatId }) => {
    if (!isGroup(chatId)) await ids.requirePerson(chatId);
    return { about: await page.run(z.string().nullable(), (id) => WPP.contact.getStatus(id), chatId) };
  },
  getPicture: async ({ page, ids }, { chatId }) => {
    if (!isGroup(chatId)) await ids.requirePerson(chatId);
    return { url: await page.run(z.string().nullable(), (id) => WPP.contact.getProfilePictureUrl(id), chatId) };
  },
  block: async ({ page, ids }, { chatId, blocked }) => {
    await ids.requirePerson(chatId);
    if (blocked) await page.run(Nothing, (id) => WPP.blocklist.blockContact(id), chatId);
    else await page.run(Nothing, (id) => WPP.blocklist.unblockContact(id), chatId);
  },
  listBlocked: async ({ page, addresses }) =>
    addresses.nameAll(await page.run(z.array(Serialized), () => WPP.blocklist.all(), undefined)),
};
