/**
 * The ids that WhatsApp really uses. They can differ from the dialled number: Mexico's 1 and Argentina's 9 after the
 * country code, Brazil's ninth digit. Only the server knows, and it is asked once for each number without a chat.
 */
import { z } from "zod";
import type { PageCalls } from "./page-calls.ts";

const MAX_REMEMBERED = 10_000;
const ASK_WITHIN_MS = 60_000;
const Ids = z.record(z.string(), z.string());

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
    if (!id.endsWith("@c.us") || !real.endsWith("@c.us")) return;
    if (this.#known.size >= MAX_REMEMBERED) this.#known.clear();
    this.#known.set(id, real);
  }

  /** The ids in the same order. One that is not on WhatsApp stays as it is: the operation itself reports that. */
  async resolve(ids: readonly string[]): Promise<string[]> {
    const people = [...new Set(ids)].filter((id) => id.endsWith("@c.us") && !this.#known.has(id));
    if (people.length > 0) {
      const real = await this.#page.run(Ids, askServer, people, ASK_WITHIN_MS);
      for (const [id, found] of Object.entries(real)) this.note(id, found);
    }
    return ids.map((id) => this.known(id));
  }
}

/** Runs in the page: the server's ids for the numbers that have neither a chat nor a contact. */
async function askServer(ids: readonly string[]): Promise<Record<string, string>> {
  const { ContactStore, functions, WidFactory } = WPP.whatsapp;
  const real: Record<string, string> = {};
  for (const id of ids) {
    const wid = WidFactory.createWid(id);
    const isKnown = WPP.chat.get(id) !== undefined || ContactStore.get(wid) !== undefined;
    const found = isKnown ? { wid } : await functions.queryWidExists(wid);
    if (found?.wid) real[id] = found.wid.toString();
  }
  return real;
}
