/**
 * The ids that WhatsApp really uses. They can differ from the dialled number: Mexico's 1 and Argentina's 9 after the
 * country code, Brazil's ninth digit. Only the server knows, and it is asked once for each number without a chat. A
 * privacy id without a chat of its own stands for the person's number, where that is known.
 */
import { z } from "zod";
import { MESSAGE_FAILURE_WORDS } from "../../contracts/states.ts";
import { DriverError } from "../../contracts/transport.ts";
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
    if (!IS_PERSON.test(id) || !real.endsWith("@c.us")) return;
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(id, real);
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
 * Runs in the page: the server's ids for the people who have neither a chat nor a contact; null for those whom it does
 * not know.
 */
async function askServer(ids: readonly string[]): Promise<z.infer<typeof Ids>> {
  const { ApiContact, ContactStore, functions, WidFactory } = WPP.whatsapp;
  const real: z.infer<typeof Ids> = {};
  for (const id of ids) {
    const given = WidFactory.createWid(id);
    const number = given.isLid() && WPP.chat.get(id) === undefined ? ApiContact.getPhoneNumber(given) : undefined;
    const wid = number ?? given;
    const isKnown = WPP.chat.get(wid.toString()) !== undefined || ContactStore.get(wid) !== undefined;
    const found = isKnown ? { wid } : await functions.queryWidExists(wid);
    real[id] = found?.wid?.toString() ?? null;
  }
  return real;
}
