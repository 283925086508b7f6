/** The privacy ids of people, as the sandbox's frames name them. */
import { LRUCache } from "lru-cache";
import { addressOf, type Address } from "../../contracts/address.ts";
import type { WireLids } from "../../contracts/sandbox-wire.ts";

const MAX_REMEMBERED = 10_000;

export class AddressBook {
  readonly #lids = new LRUCache<string, string>({ max: MAX_REMEMBERED });

  learn(lids: WireLids): void {
    for (const [id, lid] of Object.entries(lids)) this.#lids.set(id, lid);
  }

  /** The address of a chat id; without the privacy id of a person whom no frame has named yet. */
  of(chatId: string): Address {
    return addressOf(chatId, this.#lids.get(chatId) ?? null);
  }
}
