/**
 * The ids that the page uses for people, in whichever way a request names them. They can differ from the dialled number:
 * Mexico's 1 and Argentina's 9 after the country code, Brazil's ninth digit. Only the server knows, and it is asked once
 * for each number without a chat. In an account that has moved to privacy ids (LIDs) they stand for the numbers, in
 * others the numbers for them. The way out is address-book.ts.
 */
import { z } from "zod";
import { MESSAGE_FAILURE_WORDS } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
import { parseKey } from "../../contracts/message-key.ts";
import type { PageCalls } from "./page-calls.ts";

const IS_PERSON = /@(?:c\.us|lid)$/;
const MAX_REMEMBERED = 10_000;
const ASK_WITHIN_MS = 60_000;
const Ids = z.record(z.string(), z.string().nullable());

export class RecipientIds {
  readonly #page: PageCalls;
  readonly #known = new Map<string, string>();

  constructor(page: PageCalls) {
    this.#page = page;
  }

  /** The id that the server has returned for this one; the same id when it was not asked. */
  known(id: string): string {
    return this.#known.get(id) ?? id;
  }

  /** Records the server's answer. */
  note(id: string, real: string): void {
    if (!IS_PERSON.test(id)) return;
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(id, real);
  }

  /** The page was loaded again: the account may have moved meanwhile. */
  forget(): void {
    this.#known.clear();
  }

  /** The key by which the page has a message. A text that is not a key stays as it is. */
  async resolveKey(text: string): Promise<string> {
    const key = parseKey(text);
    if (key === null) return text;
    const people = [key.chat, ...(key.fromMe || key.author === null ? [] : [key.author])];
    const [chat, author = key.author] = await this.resolve(people);
    return [key.fromMe, chat, key.id, ...(author === null ? [] : [author])].join("_");
  }

  /** The ids in the same order. One that is not on WhatsApp stays as it is: the operation itself reports that. */
  async resolve(ids: readonly string[]): Promise<string[]> {
    const people = [...new Set(ids)].filter((id) => IS_PERSON.test(id) && !this.#known.has(id));
    if (people.length > 0) await this.#ask(people);
    return ids.map((id) => this.known(id));
  }

  /** Rejects with `number_not_on_whatsapp` for a person whom the server does not know. */
  async requirePerson(id: string): Promise<void> {
    if (this.#known.has(id)) return;
    if ((await this.#ask([id]))[id] === null)
      throw new DriverError("rejected", MESSAGE_FAILURE_WORDS.number_not_on_whatsapp, "number_not_on_whatsapp");
  }

  async #ask(people: readonly string[]): Promise<z.infer<typeof Ids>> {
    const real = await this.#page.run(Ids, askServer, people, ASK_WITHIN_MS);
    for (const [id, found] of Object.entries(real)) if (found !== null) this.note(id, found);
    return real;
  }
}

/**
 * Runs in the page: the ids that it has a chat or a contact for, or the server's; null for people whom neither knows.
 */
async function askServer(ids: readonly string[]): Promise<z.infer<typeof Ids>> {
  const { ApiContact, ContactStore, functions, Lid1X1MigrationUtils, WidFactory } = WPP.whatsapp;
  type Wid = ReturnType<typeof WidFactory.createWid>;
  const isMoved = Lid1X1MigrationUtils?.isLidMigrated() === true;
  const otherOf = (wid: Wid): Wid | undefined =>
    (wid.isLid() ? ApiContact.getPhoneNumber(wid) : ApiContact.getCurrentLid(wid)) ?? undefined;
  /** Both ids of a person, the one by which the account names people first. */
  const idsOf = (wid: Wid): Wid[] => {
    const other = otherOf(wid);
    if (other === undefined) return [wid];
    return wid.isLid() === isMoved ? [wid, other] : [other, wid];
  };
  const findKnown = (candidates: readonly Wid[]): Wid | undefined =>
    candidates.find((wid) => WPP.chat.get(wid.toString()) !== undefined) ??
    candidates.find((wid) => ContactStore.get(wid) !== undefined);
  const real: z.infer<typeof Ids> = {};
  for (const id of ids) {
    const candidates = idsOf(WidFactory.createWid(id));
    const known = findKnown(candidates);
    const asked = candidates.find((wid) => !wid.isLid()) ?? candidates[0]!;
    const found = known ?? (await functions.queryWidExists(asked))?.wid;
    const all = found === undefined ? [] : idsOf(WidFactory.createWid(found.toString()));
    real[id] = (known ?? findKnown(all) ?? all[0])?.toString() ?? null;
  }
  return real;
}
