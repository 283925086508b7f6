/** Orders of products, and the notes of businesses about their chats. */
import { randomBytes, randomInt } from "node:crypto";
import type { WireNote, WireOrder } from "../contracts/sandbox-wire-business.ts";
import type { Account, Accounts } from "./accounts.ts";
import { requireBusiness } from "./business-profiles.ts";
import type { Catalog } from "./catalog.ts";
import type { Clock } from "./clock.ts";
import { Refusal } from "./refusal.ts";
import type { Store } from "./store.ts";

interface NoteRow {
  readonly id: number;
  readonly chat: string;
  readonly content: string;
  readonly created_at: number;
  readonly modified_at: number;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly accounts: Accounts;
  readonly catalog: Catalog;
}

export class Orders {
  readonly #parts: Parts;
  readonly #insert;
  readonly #find;
  readonly #note;
  readonly #setNote;

  constructor(parts: Parts) {
    const { store } = parts;
    this.#parts = parts;
    this.#insert = store.run("INSERT INTO orders VALUES (?, ?)");
    this.#find = store.one<{ content: string }>("SELECT content FROM orders WHERE id = ?");
    this.#note = store.one<NoteRow>("SELECT * FROM notes WHERE owner = ? AND chat = ?");
    this.#setNote = store.run(
      `INSERT INTO notes (owner, chat, content, created_at, modified_at) VALUES (?1, ?2, ?3, ?4, ?4)
       ON CONFLICT (owner, chat) DO UPDATE SET content = excluded.content, modified_at = excluded.modified_at`,
    );
  }

  create(
    buyer: Account,
    input: { seller: string; items: readonly { product: string; quantity: number }[] },
  ): WireOrder {
    const { accounts, catalog, clock } = this.#parts;
    const seller = accounts.require(buyer.tenant, input.seller);
    let currency = "";
    const items = input.items.map(({ product: id, quantity }) => {
      const product = catalog.product(buyer, seller.id, id);
      if (product === null) throw new Refusal("target_not_found", `${seller.id} does not offer product ${id}`);
      currency ||= product.currency;
      return { product: id, name: product.name, price: product.price ?? 0, quantity };
    });
    const order: WireOrder = {
      id: String(randomInt(1e11, 1e12)),
      token: randomBytes(24).toString("base64"),
      seller: seller.id,
      buyer: buyer.id,
      items,
      total: items.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
      currency,
      createdAt: clock.now(),
    };
    this.#insert(order.id, JSON.stringify(order));
    return order;
  }

  /** The order, for its two parties, who know its token. */
  get(account: Account, id: string, token: string): WireOrder {
    const row = this.#find(id);
    const order = row === undefined ? undefined : (JSON.parse(row.content) as WireOrder);
    if (order === undefined || order.token !== token || ![order.seller, order.buyer].includes(account.id))
      throw new Refusal("target_not_found", `there is no order ${id}`);
    return order;
  }

  note(account: Account, chat: string): WireNote | null {
    requireBusiness(account);
    const row = this.#note(account.id, this.#chatOf(account, chat));
    if (row === undefined) return null;
    const { id, content, created_at: createdAt, modified_at: modifiedAt } = row;
    return { id: String(id), chat: row.chat, content, createdAt, modifiedAt };
  }

  setNote(account: Account, chat: string, content: string): WireNote {
    requireBusiness(account);
    this.#setNote(account.id, this.#chatOf(account, chat), content, this.#parts.clock.now());
    return this.note(account, chat)!;
  }

  #chatOf(account: Account, chat: string): string {
    return this.#parts.accounts.find(account.tenant, chat)?.id ?? chat;
  }
}
