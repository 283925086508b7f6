/**
 * Names people in what leaves the driver. In the page a person has two ids: the number and the privacy id (LID), by
 * which an account that has moved to LIDs names everyone. Outside, a person is named by the number wherever it is known,
 * in the keys of messages too, so that a message keeps its key when the account moves. The way in is recipient-ids.ts.
 */
import { z } from "zod";
import { addressOf, type Address } from "../../contracts/address.ts";
import type { DriverEvent } from "../driver.ts";
import type { PageCalls } from "./page-calls.ts";
import { Serialized } from "./shapes.ts";

const MAX_REMEMBERED = 10_000;
const Counterparts = z.record(z.string(), Serialized.nullable());
/** Fields of events that hold people's own words, or the privacy id beside the number. */
const NOT_IDS: ReadonlySet<string> = new Set(["content", "text", "lid", "pushName", "emoji", "options"]);

const isLid = (part: string): boolean => part.endsWith("@lid");

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

  /** The ids in the same order, with the numbers that are known. */
  async nameAll(ids: readonly string[]): Promise<string[]> {
    return ids.some(isLid) ? (await this.resolveAll(ids)).map(({ chatId }) => chatId) : [...ids];
  }

  /** The key of a message, with the numbers that are known. */
  async nameKey(key: string): Promise<string> {
    return (await this.nameIn({ key })).key;
  }

  /** The event, or another value with ids and keys in it, with the numbers that are known. */
  async nameIn<T extends DriverEvent | { readonly key: string }>(value: T): Promise<T> {
    const lids = new Set<string>();
    forEachText(value, (text) => personsIn(text).forEach((id) => lids.add(id)));
    if (lids.size === 0) return value;
    const ids = [...lids];
    const names = await this.nameAll(ids);
    const nameOf = new Map(ids.map((id, index) => [id, names[index] ?? id]));
    return replaceTexts(value, (text) => {
      const persons = personsIn(text);
      return persons.length === 0
        ? text
        : text
            .split("_")
            .map((part) => (persons.includes(part) ? (nameOf.get(part) ?? part) : part))
            .join("_");
    });
  }

  #learn(counterparts: z.infer<typeof Counterparts>): void {
    if (this.#known.size > MAX_REMEMBERED) this.#known.clear();
    for (const [id, other] of Object.entries(counterparts))
      if (other !== null) this.#known.set(id, isLid(id) ? addressOf(other, id) : addressOf(id, other));
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

/** The privacy ids in an id or a key that become numbers: in its own keys of groups the account keeps its privacy id. */
function personsIn(text: string): string[] {
  if (!text.includes("@lid")) return [];
  const [fromMe, chat = "", id, ...author] = text.split("_");
  if (id === undefined) return isLid(text) && chat === "" ? [text] : [];
  if (fromMe !== "true" && fromMe !== "false") return [];
  return [chat, ...(fromMe === "true" ? [] : author)].filter(isLid);
}

function forEachText(value: unknown, visit: (text: string) => void): void {
  if (typeof value === "string") visit(value);
  else if (typeof value === "object" && value !== null)
    for (const [name, part] of Object.entries(value)) if (!NOT_IDS.has(name)) forEachText(part, visit);
}

function replaceTexts<T>(value: T, replace: (text: string) => string): T {
  const replaced = (part: unknown): unknown => {
    if (typeof part === "string") return replace(part);
    if (Array.isArray(part)) return part.map(replaced);
    if (typeof part !== "object" || part === null) return part;
    const entries = Object.entries(part).map(([name, inner]) => [name, NOT_IDS.has(name) ? inner : replaced(inner)]);
    return Object.fromEntries(entries);
  };
  return replaced(value) as T;
}
