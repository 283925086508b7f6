/** Reads contacts from the page. */
import { z } from "zod";
import type { ContactInfo } from "../driver.ts";
import type { AddressBook } from "./address-book.ts";
import type { PageCalls } from "./page-calls.ts";

const Person = z.object({
  id: z.string(),
  name: z.string().nullable(),
  pushName: z.string().nullable(),
  isBusiness: z.boolean(),
  isBlocked: z.boolean(),
});

/** Selects the contact with the id, or all up to the limit when it is null. */
interface Selection {
  readonly id: string | null;
  readonly limit: number;
}

/** Reads one contact and whether it is blocked; null when the page does not know it. */
export async function readContact(
  page: PageCalls,
  addresses: AddressBook,
  id: string,
): Promise<{ contact: ContactInfo; blocked: boolean } | null> {
  return (await readSelection(page, addresses, { id, limit: 1 }))[0] ?? null;
}

/** Reads the account's contacts. */
export async function readContacts(page: PageCalls, addresses: AddressBook, limit: number): Promise<ContactInfo[]> {
  return (await readSelection(page, addresses, { id: null, limit })).map(({ contact }) => contact);
}

async function readSelection(page: PageCalls, addresses: AddressBook, selection: Selection) {
  const people = await page.run(z.array(Person), readPeople, selection);
  const resolved = await addresses.resolveAll(people.map(({ id }) => id));
  return people.map(({ id: _id, isBlocked, ...person }, index) => ({
    contact: { ...person, address: resolved[index]! },
    blocked: isBlocked,
  }));
}

/** Runs in the page, which may know a person by their number and be asked for their privacy id, or the reverse. */
async function readPeople({ id, limit }: Selection): Promise<z.infer<typeof Person>[]> {
  const { ApiContact, WidFactory } = WPP.whatsapp;
  const readOne = async (one: string) => {
    const wid = WidFactory.createWid(one);
    const other = wid.isLid() ? ApiContact.getPhoneNumber(wid) : ApiContact.getCurrentLid(wid);
    return (await WPP.contact.get(one)) ?? (other ? WPP.contact.get(other.toString()) : undefined);
  };
  const found = id === null ? await WPP.contact.list() : [await readOne(id)];
  const people = found
    .filter((contact) => contact !== undefined)
    .filter((contact) => contact.id.isUser() && (id !== null || !contact.isMe));
  const blocked = new Set(WPP.blocklist.all().map(String));
  return people.slice(0, limit).map((contact) => ({
    id: contact.id.toString(),
    name: contact.name ?? null,
    pushName: contact.pushname ?? null,
    isBusiness: contact.isBusiness === true,
    isBlocked: blocked.has(contact.id.toString()),
  }));
}
