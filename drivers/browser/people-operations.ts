/** Who is there: presence, numbers, contacts, profiles, and who is blocked. */
import { z } from "zod";
import type { Works } from "./operations.ts";
import { Serialized } from "./shapes.ts";

const Nothing = z.unknown();
const Person = z.object({
  id: z.string(),
  name: z.string().nullable(),
  pushName: z.string().nullable(),
  isBusiness: z.boolean(),
});
const Existing = z.object({ id: z.string(), wid: Serialized.nullable() });
const Present = z.object({ online: z.boolean(), lastSeen: z.number().nullable() });
const CHECK_WITHIN_MS = 60_000;

/** Runs in the page. The first answer of a presence that was not asked for before comes a moment after the question. */
async function readPresence(id: string): Promise<z.infer<typeof Present>> {
  await WPP.contact.subscribePresence(id);
  const presence = await WPP.whatsapp.PresenceStore.find(WPP.whatsapp.WidFactory.createWid(id));
  for (const end = Date.now() + 1000; !presence.hasData && Date.now() < end;)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const seen = presence.chatstate?.t;
  return { online: presence.isOnline === true, lastSeen: seen ? seen * 1000 : null };
}

/** Runs in the page. Natively, because wa-js takes a question that nobody answered for a number that does not exist. */
async function checkNumbers(ids: readonly string[]): Promise<unknown[]> {
  const checked = [];
  for (const id of ids) {
    const found = await WPP.whatsapp.functions.queryWidExists(WPP.whatsapp.WidFactory.createWid(id));
    checked.push({ id, wid: found?.wid ?? null });
  }
  return checked;
}

/** Runs in the page: one contact, or as many as are asked for. */
async function readContacts({ id, limit }: { id: string | null; limit: number }): Promise<z.infer<typeof Person>[]> {
  const found = id === null ? await WPP.contact.list() : [await WPP.contact.get(id)];
  const people = found
    .filter((contact) => contact !== undefined)
    .filter((contact) => contact.id.isUser() && (id !== null || !contact.isMe));
  return people.slice(0, limit).map((contact) => ({
    id: contact.id.toString(),
    name: contact.name ?? null,
    pushName: contact.pushname ?? null,
    isBusiness: contact.isBusiness === true,
  }));
}

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

async function listPeople(
  { page, addresses }: Parameters<Works["getContact"]>[0],
  input: { id: string | null; limit: number },
) {
  const people = await page.run(z.array(Person), readContacts, input);
  const triples = await addresses.resolveAll(people.map(({ id }) => id));
  return people.map(({ id: _id, ...person }, index) => ({ ...person, address: triples[index]! }));
}

export const PEOPLE_OPERATIONS: Pick<Works, PeopleOperation> = {
  setPresence: async ({ page }, { available }) => {
    await page.run(Nothing, (isAvailable) => WPP.conn.markAvailable(isAvailable), available);
  },
  subscribePresence: async ({ page }, { chatIds }) => {
    await page.run(Nothing, (ids) => WPP.contact.subscribePresence(ids), [...chatIds]);
  },
  getPresence: ({ page }, { chatId }) => page.run(Present, readPresence, chatId),
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
  listContacts: (connection, { limit }) => listPeople(connection, { id: null, limit }),
  getContact: async (connection, { chatId }) => (await listPeople(connection, { id: chatId, limit: 1 }))[0] ?? null,
  getAbout: async ({ page }, { chatId }) => ({
    about: await page.run(z.string().nullable(), (id) => WPP.contact.getStatus(id), chatId),
  }),
  getPicture: async ({ page }, { chatId }) => ({
    url: await page.run(z.string().nullable(), (id) => WPP.contact.getProfilePictureUrl(id), chatId),
  }),
  block: async ({ page }, { chatId, blocked }) => {
    if (blocked) await page.run(Nothing, (id) => WPP.blocklist.blockContact(id), chatId);
    else await page.run(Nothing, (id) => WPP.blocklist.unblockContact(id), chatId);
  },
  listBlocked: ({ page }) => page.run(z.array(Serialized), () => WPP.blocklist.all(), undefined),
};
