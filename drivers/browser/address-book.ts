/** Resolves ids to addresses: the page knows which privacy id belongs to which number. */
import { z } from "zod";
import { addressOf, phoneOf, type Address } from "../../contracts/address.ts";
import type { PageCalls } from "./page-calls.ts";
import { Serialized } from "./shapes.ts";

const MAX_REMEMBERED = 10_000;
const Counterparts = z.record(z.string(), Serialized.nullable());

export class AddressBook {
  readonly #page: PageCalls;
  readonly #known = new Map<string, Address>();

  constructor(page: PageCalls) {
    this.#page = page;
  }

  async resolve(id: string): Promise<Address> {
    return (await this.resolveAll([id]))[0] ?? addressOf(id);
  }

  /**
   * The addresses in the order of the ids. Parts that the page does not know are null, and are looked up again next
   * time.
   */
  async resolveAll(ids: readonly string[]): Promise<Address[]> {
    const people = [...new Set(ids)].filter((id) => /@(?:c\.us|lid)$/.test(id) && !this.#known.has(id));
    if (people.length > 0) this.#learn(await this.#ask(people));
    return ids.map((id) => this.#known.get(id) ?? addressOf(id));
  }

  #learn(counterparts: z.infer<typeof Counterparts>): void {
    if (this.#known.size > MAX_REMEMBERED) this.#known.clear();
    for (const [id, other] of Object.entries(counterparts)) {
      if (other !== null)
        this.#known.set(
          id,
          id.endsWith("@lid") ? { chatId: id, phone: phoneOf(other), lid: id } : addressOf(id, other),
        );
    }
  }

  /** An incomplete address is better than a lost message, so after a failure the ids stay unresolved. */
  async #ask(ids: readonly string[]): Promise<z.infer<typeof Counterparts>> {
    const asked = this.#page.run(
      Counterparts,
      (wanted) => {
        const { ApiContact, WidFactory } = WPP.whatsapp;
        const entries = wanted.map((id) => {
          const wid = WidFactory.createWid(id);
          return [id, (wid.isLid() ? ApiContact.getPhoneNumber(wid) : ApiContact.getCurrentLid(wid)) ?? null];
        });
        return Object.fromEntries(entries);
      },
      ids,
    );
    return asked.catch(() => ({}));
  }
}
